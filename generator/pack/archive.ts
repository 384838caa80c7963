import { gzipSync } from 'fflate';
import { createTar } from 'nanotar';
import { GeneratorError } from '../errors.ts';
import { isPlainPath } from '../output/sums.ts';

export interface Archive {
  readonly fileName: string;
  readonly data: Uint8Array;
}

/** 1980-01-01T00:00:00Z, the oldest date that every archive format can say. In seconds, as SOURCE_DATE_EPOCH is. */
export const defaultMtime = 315_532_800;

/** Where gzip's four bytes for the date end. */
const maximumMtime = 0xff_ff_ff_ff;

/** Helm and people look for these first. */
const firstFiles = ['Chart.yaml', 'values.yaml', 'values.schema.json'];

/** Bytes of the name field of a tar header; nanotar cuts a longer name without a word. */
const maximumName = 100;

/** A tar file ends with two blocks of zeros; nanotar leaves them out when the files happen to fill its last record. */
const endOfTar = 1024;

/**
 * A Helm chart as `<name>-<version>.tgz`, from path in the chart -> content. The bytes depend on the arguments alone: not on
 * the order of `files`, the machine, its clock, time zone, user or umask.
 *
 * Throws a GeneratorError for a name, version or path that Helm or tar could not carry, for a chart without Chart.yaml, and
 * for an `mtime` that is no date of 1970 to 2106 in whole seconds.
 */
export function packChart(
  name: string,
  version: string,
  files: ReadonlyMap<string, string | Uint8Array>,
  { mtime = defaultMtime }: { mtime?: number | undefined } = {},
): Archive {
  checkChart(name, version, files, mtime);
  const attrs = { mode: '644', uid: 0, gid: 0, user: '', group: '', mtime: mtime * 1000 };
  const entries = inOrder([...files.keys()]).map(path => ({
    name: `${name}/${path}`,
    data: files.get(path) ?? '',
  }));
  // All attributes, as nanotar's own defaults are the clock, user 1000 and mode 0664; its mtime is in milliseconds.
  const tar = createTar(entries, { attrs });
  const ended = new Uint8Array(tar.length + endOfTar);
  ended.set(tar);
  // fflate is plain JavaScript: zlib's output differs between processors. `mem` is given because its default is computed
  // with a logarithm, which two engines may round differently.
  const data = gzipSync(ended, { level: 9, mem: 8, mtime: mtime * 1000 });
  return { fileName: `${name}-${version}.tgz`, data };
}

function inOrder(paths: readonly string[]): string[] {
  const rest = paths.filter(path => !firstFiles.includes(path)).sort();
  return [...firstFiles.filter(path => paths.includes(path)), ...rest];
}

function checkChart(name: string, version: string, files: ReadonlyMap<string, unknown>, mtime: number): void {
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    throw new GeneratorError(`${JSON.stringify(name)}: is no chart name; use lower-case letters, digits and "-"`);
  }
  if (!/^\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/.test(version)) {
    throw new GeneratorError(`${name}: ${JSON.stringify(version)} is no version; use one such as 1.2.3`);
  }
  if (!Number.isInteger(mtime) || mtime < 0 || mtime > maximumMtime) {
    throw new GeneratorError(`${name}: ${mtime} is no date; use whole seconds from 0 to ${maximumMtime}`);
  }
  if (!files.has('Chart.yaml')) throw new GeneratorError(`${name}: has no Chart.yaml; add it to the files`);
  for (const path of files.keys()) checkEntry(name, path);
}

function checkEntry(name: string, path: string): void {
  if (!isPlainPath(path)) {
    throw new GeneratorError(`${name}: ${JSON.stringify(path)} is no path in a chart; use a relative one with "/"`);
  }
  const length = new TextEncoder().encode(`${name}/${path}`).length;
  if (length > maximumName) {
    throw new GeneratorError(
      `${name}/${path}: has ${length} bytes, tar takes ${maximumName}; use shorter names of files or folders`,
    );
  }
}
