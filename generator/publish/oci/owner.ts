/**
 * artifacthub-repo.yml in the repository of a chart, under a tag of its own, as Artifact Hub's documentation has it pushed
 * with oras. Without a date, so that the same file stays the same artifact.
 * Source: https://artifacthub.io/docs/topics/repositories/helm-charts/#oci-support
 */
import type { Change } from '../change.ts';
import { type Artifact, blob, descriptor, goJson, imageManifest } from './manifest.ts';
import type { OciRepository } from './repository.ts';

export const ownerTag = 'artifacthub.io';

export function ownerArtifact(text: string): Artifact {
  const config = blob('application/vnd.cncf.artifacthub.config.v1+yaml', '');
  const layer = blob('application/vnd.cncf.artifacthub.repository-metadata.layer.v1.yaml', text);
  const title = { 'org.opencontainers.image.title': 'artifacthub-repo.yml' };
  const manifest = {
    schemaVersion: 2,
    mediaType: imageManifest,
    config: descriptor(config),
    layers: [{ ...descriptor(layer), annotations: title }],
  };
  return { manifest: blob(imageManifest, goJson(manifest)), blobs: [layer, config] };
}

export interface OwnerPush {
  readonly repository: OciRepository;
  /** oci://HOST/PATH/NAME. */
  readonly place: string;
  readonly artifact: Artifact;
  /** Digest of what the tag names now. */
  readonly there: string | undefined;
}

export function ownerChange({ place, artifact: { manifest, blobs }, there }: OwnerPush): Change {
  const action = there === undefined ? 'add' : there === manifest.digest ? 'keep' : 'replace';
  const size = blobs.reduce((sum, one) => sum + one.size, manifest.size);
  return { action, what: `${place}:${ownerTag}`, digest: manifest.digest, size };
}

/** Unlike a version, the tag may be moved: the owners change. */
export async function pushOwner(push: OwnerPush): Promise<void> {
  const { repository, artifact } = push;
  if (ownerChange(push).action === 'keep') return;
  for (const item of artifact.blobs) await repository.putBlob(item);
  await repository.putManifest(ownerTag, artifact.manifest);
}
