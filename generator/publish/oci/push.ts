/** A release to a registry: what there is to do, and doing it, with the tag as the last write of each chart. */
import { GeneratorError } from '../../errors.ts';
import type { Change } from '../change.ts';
import type { Release, ReleaseChart } from '../release.ts';
import { type Artifact, type Blob, chartArtifact } from './manifest.ts';
import { type OwnerPush, ownerArtifact, ownerChange, ownerTag, pushOwner } from './owner.ts';
import type { OciRepository } from './repository.ts';
import { referrersTag, sbomArtifact, withReferrer } from './sbom.ts';
import { type Registry, tagOf } from './target.ts';

interface Push {
  readonly repository: OciRepository;
  /** oci://HOST/PATH/NAME. */
  readonly place: string;
  readonly tag: string;
  readonly chart: Artifact;
  readonly sbom: Artifact;
  /** Digest of what the tag names now. */
  readonly there: string | undefined;
  readonly hasSbom: boolean;
  /** Where the publisher says whose repository it is. */
  readonly owner?: OwnerPush | undefined;
}

/**
 * Looks at every chart before anything is written. Throws a GeneratorError where a tag names other content: who has pulled
 * it would get something else under the same version. `ownerOf` gives the artifacthub-repo.yml of a chart.
 */
export async function planPushes(
  { created, charts }: Release,
  registry: Registry,
  open: (name: string) => OciRepository,
  ownerOf: (chart: string) => string | undefined,
): Promise<Push[]> {
  const pushes: Push[] = [];
  for (const chart of charts) {
    const push = await planPush(chart, created, registry, open);
    pushes.push({ ...push, owner: await planOwner(push, ownerOf(chart.metadata.name)) });
  }
  return pushes;
}

async function planPush(
  released: ReleaseChart,
  created: string,
  { host, path }: Registry,
  open: (name: string) => OciRepository,
) {
  const { name, version } = released.metadata;
  const repository = open(`${path}/${name}`);
  const chart = chartArtifact(released, created);
  const sbom = sbomArtifact(released.sbom, chart.manifest, created);
  const push = { repository, place: `oci://${host}/${path}/${name}`, tag: tagOf(version), chart, sbom };
  const there = await repository.digestOf(push.tag);
  refuseOther(push.place, push.tag, there, chart.manifest);
  return { ...push, there, hasSbom: (await repository.digestOf(sbom.manifest.digest)) !== undefined };
}

async function planOwner({ repository, place }: Push, text: string | undefined): Promise<OwnerPush | undefined> {
  if (text === undefined) return undefined;
  return { repository, place, artifact: ownerArtifact(text), there: await repository.digestOf(ownerTag) };
}

function refuseOther(place: string, tag: string, there: string | undefined, { digest }: Blob): void {
  if (there === undefined || there === digest) return;
  throw new GeneratorError(
    `${place}:${tag}: is published already, with other content (${there}, not ${digest}); give the chart a new version, and pack it again.`,
  );
}

export function changesOf({ place, tag, chart, sbom, there, hasSbom, owner }: Push): Change[] {
  const of = (isThere: boolean, what: string, { manifest, blobs }: Artifact): Change => ({
    action: isThere ? 'keep' : 'add',
    what,
    digest: manifest.digest,
    size: blobs.reduce((sum, { size }) => sum + size, manifest.size),
  });
  return [
    of(hasSbom, `${place}@${sbom.manifest.digest} (SBOM)`, sbom),
    of(there !== undefined, `${place}:${tag}`, chart),
    ...(owner ? [ownerChange(owner)] : []),
  ];
}

/** Statuses by which a registry says that it does not take such an artifact. */
const unsupported = [400, 404, 405, 415, 422];

/** Returns what was really changed. Throws a GeneratorError; then the tag does not exist, or names the whole chart. */
export async function push(one: Push, talk: (text: string) => void): Promise<Change[]> {
  const { repository, place, tag, chart, sbom, there, hasSbom } = one;
  const blobs = [...(hasSbom ? [] : sbom.blobs), ...(there === undefined ? chart.blobs : [])];
  for (const item of blobs) await repository.putBlob(item);
  const took = hasSbom || (await pushSbom(one));
  if (!took) talk(`${place}: the registry takes no SBOM beside the chart; it is left out\n`);
  if (there === undefined) {
    // Once more, right before: registries know no condition for a write.
    refuseOther(place, tag, await repository.digestOf(tag), chart.manifest);
    await repository.putManifest(tag, chart.manifest);
    refuseOther(place, tag, await repository.digestOf(tag), chart.manifest);
  }
  if (one.owner) await pushOwner(one.owner);
  const changes = changesOf(one);
  return took ? changes : changes.slice(1);
}

/** False where the registry takes no such artifact. */
async function pushSbom({ repository, chart, sbom }: Push): Promise<boolean> {
  const answer = await repository.putManifest(sbom.manifest.digest, sbom.manifest, unsupported);
  if (unsupported.includes(answer.status)) return false;
  // A registry that keeps the list of what refers to a manifest says so.
  if (answer.headers['oci-subject'] !== undefined) return true;
  const tag = referrersTag(chart.manifest);
  const list = withReferrer(await repository.manifest(tag), sbom);
  if (list === undefined) return true;
  return !unsupported.includes((await repository.putManifest(tag, list, unsupported)).status);
}
