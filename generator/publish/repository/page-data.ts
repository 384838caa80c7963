/** What the page of a repository shows, from its index and the packages that lie beside it. */

import { mainChart } from '../../charts.ts';
import { installationPictures } from '../../diagram/index.ts';
import { sha256 } from '../../output/sums.ts';
import { readChart } from '../../pack/read-archive.ts';
import type { PageData, PageVersion } from '../../page/index.ts';
import type { Publisher } from '../../publisher/publisher.ts';
import { isMap } from '../../values/maps.ts';
import { sortedByKey } from '../chart-metadata.ts';
import type { ReadFile } from '../release.ts';
import type { Entry, RepositoryIndex } from './index-file.ts';
import { signKeyOf } from './key-beside.ts';

/** Values and README of older versions are in their packages: with those of hundreds, the page would have megabytes. */
const withContents = 3;

/** The charts by name; `readFile` reads in the folder of the repository. What it refuses there is not shown, and no failure. */
export async function pageData(
  index: RepositoryIndex,
  readStrictly: ReadFile,
  { provider, repository, signKey }: Publisher,
  url?: string,
): Promise<PageData> {
  const readFile: ReadFile = name => {
    try {
      return readStrictly(name);
    } catch {
      return undefined;
    }
  };
  const charts = [];
  for (const [name, entries] of Object.entries(sortedByKey(Object.fromEntries(index.entries)))) {
    const versions = [];
    for (const [i, entry] of entries.entries()) versions.push(await pageVersion(entry, readFile, i < withContents));
    charts.push({ name, versions });
  }
  const address = url ?? repository;
  const key = await signKeyOf(signKey, readFile);
  return {
    title: provider ? `Helm charts of ${provider}` : 'Helm charts',
    ...(address && { address }),
    ...(key && { signKey: key }),
    charts,
    ...(index.entries.has(mainChart) && { pictures: installationPictures() }),
  };
}

const texts = ['appVersion', 'kubeVersion', 'description', 'created'] as const;

async function pageVersion(entry: Entry, readFile: ReadFile, isNew: boolean): Promise<PageVersion> {
  const file = Array.isArray(entry.urls) ? String(entry.urls[0] ?? '') : '';
  const digest = String(entry.digest ?? '').replace(/^sha256:/, '');
  const name = file.slice(file.lastIndexOf('/') + 1);
  const given = texts.filter(key => typeof entry[key] === 'string').map(key => [key, entry[key]]);
  return {
    version: entry.version,
    ...Object.fromEntries(given),
    digest,
    file,
    signed: name !== '' && readFile(`${name}.prov`) !== undefined,
    ...(entry.deprecated === true && { deprecated: true }),
    ...(isMap(entry.annotations) && { annotations: entry.annotations as Record<string, string> }),
    ...(isNew && name !== '' ? await contents(readFile(name), digest, name) : {}),
  };
}

/** Nothing where the package is elsewhere, or another one, or not one that we can read: the index is what counts. */
async function contents(data: Uint8Array | undefined, digest: string, name: string): Promise<Partial<PageVersion>> {
  if (data === undefined || sha256(data) !== digest) return {};
  const files = await readChart(data, name).catch(() => new Map<string, Uint8Array>());
  const text = (path: string) => files.has(path) && new TextDecoder().decode(files.get(path));
  const [values, readme, schema] = [text('values.yaml'), text('README.md'), objectOf(text('values.schema.json'))];
  return { ...(values && { values }), ...(readme && { readme }), ...(schema && { schema }) };
}

function objectOf(text: string | false): object | undefined {
  try {
    const read: unknown = text ? JSON.parse(text) : undefined;
    return isMap(read) ? read : undefined;
  } catch {
    return undefined;
  }
}
