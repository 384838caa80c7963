import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GeneratorError } from '../errors.ts';
import { parseSums, sha256 } from './sums.ts';
import { type Found, isOurs, knownPaths, recordPath, type Tree } from './tree.ts';

/** Runs a look at the disk; its failure becomes a GeneratorError, absence is no failure. */
function look<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error;
    throw new GeneratorError(`${path}: cannot be read (${String(code)}); check permissions`);
  }
}

/** What stands at `path` below `root`; a parent that is no real folder counts as an obstacle. Absent: undefined. */
function inspect(root: string, path: string): Found | undefined {
  const parts = path.split('/');
  for (const index of parts.keys()) {
    const at = parts.slice(0, index + 1).join('/');
    const entry = look(at, () => lstatSync(join(root, at), { throwIfNoEntry: false }));
    if (entry === undefined) return undefined;
    if (entry.isSymbolicLink()) return { kind: 'blocked', at, by: 'symbolic link' };
    if (!entry.isFile() && !entry.isDirectory()) return { kind: 'blocked', at, by: 'special file' };
    if (entry.isFile() && at !== path) return { kind: 'blocked', at, by: 'file' };
    if (entry.isDirectory() && at === path) return { kind: 'blocked', at, by: 'folder' };
  }
  return { kind: 'file', hash: look(path, () => sha256(readFileSync(join(root, path)))) };
}

/** Text of the record; undefined before the first run. */
function readRecord(root: string): string | undefined {
  const found = inspect(root, recordPath);
  if (found?.kind === 'blocked') {
    throw new GeneratorError(`${found.at}: is a ${found.by} where the record of generated files goes; move it away`);
  }
  return found === undefined ? undefined : look(recordPath, () => readFileSync(join(root, recordPath), 'utf8'));
}

/** Refuses what could never be put on disk, or would leave the two places that are ours. */
function checkPaths(wanted: ReadonlySet<string>, recorded: ReadonlySet<string>): void {
  for (const path of wanted) {
    const isInsideFile = path.split('/').some((_, index, parts) => wanted.has(parts.slice(0, index).join('/')));
    if (!isOurs(path) || isInsideFile) {
      throw new GeneratorError(
        `${path}: is no path for a generated file; use one below charts/ that no other stands in`,
      );
    }
  }
  for (const path of recorded) {
    if (isOurs(path)) continue;
    throw new GeneratorError(`${recordPath}: names ${path}, which is not ours; restore this file from version control`);
  }
}

/** The wanted, the recorded and the real tree, and the record's text. Throws a GeneratorError for a broken record. */
export function readTree(root: string, files: ReadonlyMap<string, string>): Tree & { readonly record?: string } {
  const record = readRecord(root);
  const recorded = parseSums(record ?? '', recordPath);
  checkPaths(new Set(files.keys()), new Set(recorded.keys()));
  const wanted = new Map([...files].map(([path, text]) => [path, sha256(text)]));
  const found = new Map<string, Found>();
  for (const path of knownPaths({ wanted, recorded })) {
    const entry = inspect(root, path);
    if (entry !== undefined) found.set(path, entry);
  }
  return { wanted, recorded, found, ...(record === undefined ? {} : { record }) };
}

/** Everything below charts/ that is not a folder, but the record; links are listed, never followed. */
export function listCharts(root: string, folder = 'charts'): string[] {
  if (inspect(root, folder) === undefined) return [];
  const entries = look(folder, () => readdirSync(join(root, folder), { withFileTypes: true }));
  return entries.flatMap(entry => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return listCharts(root, path);
    return path === recordPath ? [] : [path];
  });
}
