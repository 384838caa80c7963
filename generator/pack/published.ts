/** What was published already: a version that has been seen never changes. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { GeneratorError } from '../errors.ts';
import { isMap } from '../values/maps.ts';
import { manifestFile } from './release-manifest.ts';

export interface PublishedVersion {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the package in lower-case hexadecimal; empty where none is said. */
  readonly digest: string;
  /** RFC 3339, as it stands there. */
  readonly created?: string;
  /** The file that says so. */
  readonly source: string;
}

const indexFile = 'index.yaml';

/**
 * The versions in an index.yaml, in a release.json, or in those of a folder; none where a folder holds no package, as before the
 * first publish. Throws a usage error for anything else.
 */
export function readPublished(path: string): PublishedVersion[] {
  const sources = sourcesAt(path);
  return sources.flatMap(source => {
    const document = parsed(source);
    const found = indexVersions(document) ?? manifestVersions(document);
    if (found === undefined) throw refuse(source, 'is neither the index of a repository nor a release.json');
    return found.map(version => ({ ...version, source }));
  });
}

const refuse = (path: string, what: string) =>
  new GeneratorError(`${path || '--published'}: ${what}; name an index.yaml, a release.json, or a folder with one.`, 2);

function sourcesAt(path: string): string[] {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (path === '' || entry === undefined)
    throw refuse(path, path === '' ? 'is empty' : 'there is no such file or folder');
  if (!entry.isDirectory()) return [path];
  const found = [indexFile, manifestFile].map(name => join(path, name)).filter(existsSync);
  if (found.length === 0 && readdirSync(path).some(name => name.endsWith('.tgz')))
    throw refuse(path, 'holds packages, but neither index.yaml nor release.json');
  return found;
}

function parsed(path: string): unknown {
  try {
    // JSON is YAML. Every scalar as a text: a digest may look like a number.
    return load(readFileSync(path, 'utf8'), { schema: FAILSAFE_SCHEMA });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refuse(path, `cannot be read${code === undefined ? ' as YAML' : ` (${code})`}`);
  }
}

type Found = Omit<PublishedVersion, 'source'>;
const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Helm writes the digest of an entry as plain hexadecimal: pkg/repo/index.go; others put the name of the algorithm in front. */
function version(name: unknown, entry: Readonly<Record<string, unknown>>, created: unknown): Found | undefined {
  const [chart, number] = [text(name), text(entry.version)];
  const digest = (text(entry.digest) ?? '').replace(/^sha256:/, '');
  if (chart === undefined || number === undefined) return undefined;
  const date = text(created);
  return { name: chart, version: number, digest, ...(date === undefined ? {} : { created: date }) };
}

const all = (found: readonly (Found | undefined)[]) => found.filter(f => f !== undefined);

function indexVersions(document: unknown): Found[] | undefined {
  if (!isMap(document) || !isMap(document.entries)) return undefined;
  return Object.entries(document.entries).flatMap(([name, versions]) =>
    all((Array.isArray(versions) ? versions : []).filter(isMap).map(entry => version(name, entry, entry.created))),
  );
}

function manifestVersions(document: unknown): Found[] | undefined {
  if (!isMap(document) || !Array.isArray(document.charts)) return undefined;
  const { charts, created } = document;
  return all(
    charts.filter(isMap).map(chart => {
      const digest = isMap(chart.package) ? chart.package.sha256 : undefined;
      return version(chart.name, { version: chart.version, digest }, created);
    }),
  );
}

/** The package of a published version, where it lies beside what names it. */
export function packageBeside({ source, name, version: number }: PublishedVersion): Uint8Array | undefined {
  const path = join(dirname(source), `${name}-${number}.tgz`);
  return existsSync(path) ? readFileSync(path) : undefined;
}
