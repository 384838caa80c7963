/**
 * index.yaml of a classic repository: read, merged and written without losing what others have put there.
 * Source of its shape: https://helm.sh/docs/topics/chart_repository/#the-index-file
 */
import { CORE_SCHEMA, dump, FAILSAFE_SCHEMA, load, mergeTag } from 'js-yaml';
import { parse, rcompare, type SemVer } from 'semver';
import { GeneratorError } from '../../errors.ts';
import { isMap } from '../../values/maps.ts';
import { sortedByKey } from '../chart-metadata.ts';

/** A version of a chart: the fields of its Chart.yaml, and urls, created and digest. Unknown fields stay. */
export type Entry = Readonly<Record<string, unknown>> & { readonly version: string };

export interface RepositoryIndex {
  /** The fields beside entries, as they were read. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** By name of the chart, newest version first. */
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
}

const emptyIndex: RepositoryIndex = { fields: {}, entries: new Map() };

/**
 * Throws a GeneratorError for a text that is no index, and for one that could not be written back as it was: then nothing
 * may be published, or somebody's entries would be lost. An empty text is an empty index.
 */
export function parseIndex(text: string, where: string): RepositoryIndex {
  const refuse = (what: string) => {
    throw new GeneratorError(`${where}: ${what}.`);
  };
  if (text.trim() === '') return emptyIndex;
  let read: unknown;
  try {
    read = load(text, { schema: CORE_SCHEMA.withTags(mergeTag) }) ?? {};
    refuseLossy(read, load(text, { schema: FAILSAFE_SCHEMA.withTags(mergeTag) }), '', refuse);
  } catch (error) {
    if (error instanceof GeneratorError) throw error;
    refuse('cannot be read as YAML; restore it from a copy, or make it anew with helm repo index');
  }
  const isIndex = isMap(read) && ('entries' in read || 'apiVersion' in read || Object.keys(read).length === 0);
  const { entries = {}, ...fields } = isIndex ? (read as Record<string, unknown>) : { entries: [] };
  if (!isMap(entries ?? {}) || (fields.apiVersion ?? 'v1') !== 'v1')
    refuse('is no index of a repository; name the folder of one, or move this file away');
  return { fields, entries: new Map(Object.entries(entries ?? {}).map(([name, list]) => [name, checked(name, list)])) };

  function checked(name: string, list: unknown): Entry[] {
    if (!Array.isArray(list)) refuse(`entries.${name} is no list; restore the file from a copy`);
    return (list as unknown[]).map((entry, i) => {
      const at = `entries.${name}[${i}]`;
      if (!isMap(entry) || typeof entry.version !== 'string')
        return refuse(`${at} has no version in quotes; add it, or remove the entry`) as never;
      for (const field of ['deprecated', 'removed'])
        if (typeof (entry[field] ?? false) !== 'boolean') refuse(`${at}.${field} is no boolean; write true or false`);
      return entry as Entry;
    });
  }
}

/** A number such as 1.10 would come back as 1.1: read as text (`raw`), it tells how it was written. */
function refuseLossy(value: unknown, raw: unknown, path: string, refuse: (what: string) => void): void {
  if (typeof value === 'number' && typeof raw === 'string' && String(value) !== raw)
    refuse(`${path.slice(1)} is the number ${raw.slice(0, 40)}, which would not stay as it is; put it in quotes`);
  if (value === null || typeof value !== 'object' || raw === null || typeof raw !== 'object') return;
  for (const [key, item] of Object.entries(value))
    refuseLossy(item, (raw as Record<string, unknown>)[key], `${path}.${key}`, refuse);
}

export interface Addition {
  readonly name: string;
  readonly entry: Entry & { readonly digest: string };
}

export interface Merged {
  readonly index: RepositoryIndex;
  /** Those that were not there before. */
  readonly added: readonly Addition[];
}

/**
 * Adds versions, and keeps every other entry and field. `created`, in RFC 3339, becomes the date of the index, unless that
 * is a later one already. Throws a GeneratorError where a version is there with another digest: users may have it.
 */
export function mergeIndex(
  index: RepositoryIndex,
  additions: readonly Addition[],
  created: string,
  where: string,
): Merged {
  const entries = new Map(index.entries);
  const added = additions.filter(({ name, entry }) => !isThere(entries.get(name) ?? [], name, entry, where));
  for (const { name, entry } of added) entries.set(name, newestFirst([...(entries.get(name) ?? []), entry]));
  if (added.length === 0) return { index, added };
  const { generated } = index.fields;
  const isLater = typeof generated === 'string' && Date.parse(generated) > Date.parse(created);
  return { index: { fields: { ...index.fields, generated: isLater ? generated : created }, entries }, added };
}

function isThere(list: readonly Entry[], name: string, { version, digest }: Addition['entry'], where: string): boolean {
  const found = list.find(entry => entry.version === version);
  if (found === undefined) return false;
  if (String(found.digest ?? '').replace(/^sha256:/, '') === digest) return true;
  throw new GeneratorError(
    `${where}: ${name} ${version} is published already, with ${found.digest ? 'other content' : 'no digest to compare'}; give the chart a new version, and pack it again.`,
  );
}

/** Versions that are none by the rules of semantic versioning come last, in the order that they had. */
function newestFirst(list: readonly Entry[]): Entry[] {
  const parsed = list.map(entry => ({ entry, semver: parse(entry.version, { loose: true }) }));
  const order = (a: SemVer | null, b: SemVer | null) =>
    a && b ? rcompare(a, b) || b.compareBuild(a) : a ? -1 : b ? 1 : 0;
  return parsed.sort((a, b) => order(a.semver, b.semver)).map(({ entry }) => entry);
}

/** The same index, the same text: charts by name, whatever the order in which they were published. */
export function indexText({ fields, entries }: RepositoryIndex): string {
  const { apiVersion = 'v1', generated, ...others } = fields;
  const sorted = sortedByKey(Object.fromEntries([...entries].map(([name, list]) => [name, newestFirst(list)])));
  const whole = { apiVersion, entries: sorted, ...others, ...(generated === undefined ? {} : { generated }) };
  return dump(whole, { lineWidth: -1, noRefs: true });
}
