/** What a classic repository gets from a release, decided before anything is written. */
import { sha256 } from '../../output/sums.ts';
import { repositoryPage } from '../../page/index.ts';
import { ownerFile } from '../../publisher/owner-file.ts';
import type { Publisher } from '../../publisher/publisher.ts';
import type { Change } from '../change.ts';
import { sortedByKey } from '../chart-metadata.ts';
import type { ReadFile, Release, ReleaseChart } from '../release.ts';
import { type Addition, indexText, mergeIndex, parseIndex } from './index-file.ts';
import { pageData } from './page-data.ts';

export const indexFile = 'index.yaml';

export interface PlannedFile extends Change {
  readonly data: Uint8Array;
  /** Packages and what belongs to one of them never change; index.yaml and the pages do. */
  readonly isImmutable: boolean;
}

export interface PlanOptions {
  readonly publisher: Publisher;
  /** Address of the repository in the index; relative addresses without it. */
  readonly url?: string | undefined;
  /** The index to add to. */
  readonly index: { readonly text: string; readonly where: string };
}

/**
 * The files in the order in which they are written: index.yaml is the last, so that it names nothing that is not there
 * whole. `readFile` reads in the folder of the repository. Throws a GeneratorError when a version is published already with
 * other content, and for an index that cannot be kept as it is.
 */
export async function planRepository(
  release: Release,
  readFile: ReadFile,
  options: PlanOptions,
): Promise<PlannedFile[]> {
  const { publisher, url, index } = options;
  const before = parseIndex(index.text, index.where);
  const additions = release.charts.map(chart => addition(chart, release.created, url));
  const { index: after, added } = mergeIndex(before, additions, release.created, index.where);
  const file = (what: string, data: Uint8Array, isImmutable: boolean): PlannedFile => {
    const there = readFile(what);
    const digest = sha256(data);
    const action = there === undefined ? 'add' : sha256(there) === digest ? 'keep' : 'replace';
    return { action, what, digest: `sha256:${digest}`, size: data.length, data, isImmutable };
  };
  const text = (what: string, content: string) => file(what, new TextEncoder().encode(content), false);
  const files = release.charts
    .flatMap(({ package: packed, provenance, sbom }) => [sbom, ...(provenance ? [provenance] : []), packed])
    .map(({ name, data }) => file(name, data, true));
  const keys = release.keys.map(({ name, data }) => file(name, data, false));
  const own = new Map([...keys, ...files].map(({ what, data }) => [what, data]));
  const page = repositoryPage(await pageData(after, name => own.get(name) ?? readFile(name), publisher, url));
  const owner = ownerFile(publisher);
  return [
    ...keys,
    ...files,
    ...(owner === undefined ? [] : [text('artifacthub-repo.yml', owner)]),
    text('index.html', page),
    // Without a new version, it stays as others have written it.
    text(indexFile, added.length === 0 && index.text !== '' ? index.text : indexText(after)),
  ];
}

function addition({ metadata, package: packed }: ReleaseChart, created: string, url?: string): Addition {
  const address = url === undefined ? packed.name : `${url.replace(/\/+$/, '')}/${packed.name}`;
  const entry = { ...metadata, created, digest: packed.sha256, urls: [address] };
  return { name: metadata.name, entry: sortedByKey<unknown>(entry) as Addition['entry'] };
}
