import {
  chmodSync,
  closeSync,
  existsSync,
  fchmodSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { GeneratorError } from '../errors.ts';

/** Files that wait, complete, beside the ones they will replace. */
export interface Staging {
  readonly waiting: { readonly temporary: string; readonly target: string }[];
  /** Folders that were made for them, outermost first. */
  readonly folders: string[];
}

/** `where: cannot be ..., (EACCES); what to do`; our own errors pass as they are. */
function failure(where: string, what: string, error: unknown, todo: string): GeneratorError {
  if (error instanceof GeneratorError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new GeneratorError(`${where}: cannot be ${what} (${code}); ${todo}`);
}

/**
 * Makes a folder and its parents with mode 0755, whatever the umask, and notes in `made` the ones that were not there. Not
 * with mkdirSync's `recursive`, which narrows or widens the mode by the umask, and never returns for a path below /proc.
 */
export function makeFolders(folder: string, made: string[]): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder), made);
  try {
    mkdirSync(folder, 0o755);
  } catch (error) {
    // Another process was first.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw error;
  }
  made.push(folder);
  chmodSync(folder, 0o755);
}

/**
 * A new file with exactly this mode, and this date in seconds since 1970. It is never open to more people: a umask can only
 * narrow what `open` asks for.
 */
function createFile(path: string, data: string | Uint8Array, mode: number, date?: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    fchmodSync(file, mode);
    writeFileSync(file, data);
    if (date !== undefined) futimesSync(file, date, date);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/**
 * Writes each file (path, content) beside its target, where a rename is atomic; `mode` may differ by path, `date` is in
 * seconds since 1970, or now. Contents may be made one by one, as they are written. On any failure it removes what it made, folders included, and throws a
 * GeneratorError: nothing has changed then.
 */
export function stage(
  files: Iterable<readonly [string, string | Uint8Array]>,
  mode: number | ((path: string) => number) = 0o644,
  date?: number,
): Staging {
  const staging: Staging = { waiting: [], folders: [] };
  let whole = false;
  try {
    for (const [target, data] of files) {
      stageOne(staging, target, data, { mode: typeof mode === 'number' ? mode : mode(target), date });
    }
    whole = true;
  } finally {
    if (!whole) discard(staging);
  }
  return staging;
}

function stageOne(
  staging: Staging,
  target: string,
  data: string | Uint8Array,
  { mode, date }: { mode: number; date: number | undefined },
): void {
  try {
    makeFolders(dirname(target), staging.folders);
    const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    // A killed run may have left one: process numbers repeat, above all in containers.
    rmSync(temporary, { force: true });
    createFile(temporary, data, mode, date);
    staging.waiting.push({ temporary, target });
  } catch (error) {
    throw failure(target, 'written', error, 'nothing was changed; check permissions and free space, then run again');
  }
}

/** Removes the temporary files and the folders that were made for them, unless these hold something by now. */
function discard({ waiting, folders }: Staging): void {
  for (const { temporary } of waiting) rmSync(temporary, { force: true });
  for (const folder of folders.toReversed()) removeEmptyFolder(folder);
}

/** True when the folder is away now (or was before), false when it holds something. */
export function removeEmptyFolder(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') return true;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw failure(folder, 'removed', error, 'remove it by hand');
  }
}

/**
 * Removes the obsolete files, then puts the staged ones in place, in their order. A failure leaves the rest as it was and
 * no temporary file behind; a second run completes the work.
 */
export function putInPlace(staging: Staging, obsolete: readonly string[] = []): void {
  let path = '';
  try {
    for (path of obsolete) rmSync(path, { force: true });
    for (const { temporary, target } of staging.waiting) {
      path = target;
      renameSync(temporary, target);
    }
  } catch (error) {
    discard(staging);
    throw failure(path, 'replaced', error, 'check what stands there and its permissions, then run again');
  }
}

function isFreeOrFile(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
  } catch (error) {
    throw failure(path, 'written', error, 'check the folders above it and their permissions');
  }
}

/**
 * Throws a GeneratorError where something other than a file stands: a rename would replace a link, or a device such as
 * /dev/null, by a plain file.
 */
export function refuseSpecial(path: string): void {
  if (!isFreeOrFile(path)) {
    throw new GeneratorError(`${path}: is not an ordinary file; name a file or a free path`);
  }
}

/** Replaces one file whole; missing parent folders are made. Throws a GeneratorError where no ordinary file stands. */
export function writeWhole(
  path: string,
  data: string | Uint8Array,
  { mode = 0o644 }: { mode?: number | undefined } = {},
): void {
  refuseSpecial(path);
  putInPlace(stage(new Map([[path, data]]), mode));
}

/** Writes a file that must not exist yet; missing parent folders are made. Throws a GeneratorError when it exists. */
export function writeNew(path: string, data: string | Uint8Array, { mode }: { mode: number }): void {
  try {
    makeFolders(dirname(path), []);
    createFile(path, data, mode);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new GeneratorError(`${path}: exists already; move it away or name another file`);
    }
    throw failure(path, 'written', error, 'check permissions and free space');
  }
}
