/**
 * The SBOM of a chart beside it in the registry, where scanners look for it: an artifact that refers to the chart.
 * Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests-with-subject
 */
import { isMap } from '../../values/maps.ts';
import type { ReleaseFile } from '../release.ts';
import { type Artifact, type Blob, blob, type Descriptor, descriptor, goJson, imageManifest } from './manifest.ts';

export const imageIndex = 'application/vnd.oci.image.index.v1+json';
const cycloneDx = 'application/vnd.cyclonedx+json';

export function sbomArtifact({ name, data }: ReleaseFile, subject: Descriptor, created: string): Artifact {
  const config = blob('application/vnd.oci.empty.v1+json', '{}');
  const layer = blob(cycloneDx, data);
  const manifest = {
    schemaVersion: 2,
    mediaType: imageManifest,
    artifactType: cycloneDx,
    config: descriptor(config),
    layers: [{ ...descriptor(layer), annotations: { 'org.opencontainers.image.title': name } }],
    subject: descriptor(subject),
    annotations: { 'org.opencontainers.image.created': created },
  };
  return { manifest: blob(imageManifest, goJson(manifest)), blobs: [layer, config] };
}

/** The tag by which clients find what refers to a manifest, in a registry that does not keep that list itself. */
export const referrersTag = (subject: Descriptor): string => subject.digest.replace(':', '-');

/** The list under that tag with the SBOM in it; undefined when it is in it already. Other entries stay. */
export function withReferrer(existing: string | undefined, sbom: Artifact): Blob | undefined {
  const list: unknown = existing === undefined ? {} : JSON.parse(existing);
  const manifests = isMap(list) && Array.isArray(list.manifests) ? list.manifests : [];
  if (manifests.some(m => isMap(m) && m.digest === sbom.manifest.digest)) return undefined;
  const added = { ...descriptor(sbom.manifest), artifactType: cycloneDx };
  return blob(
    imageIndex,
    goJson({ schemaVersion: 2, mediaType: imageIndex, ...(isMap(list) ? list : {}), manifests: [...manifests, added] }),
  );
}
