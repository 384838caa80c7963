/** Files of a folder that others read while it is written: a release, or a repository of charts. */
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GeneratorError } from '../errors.ts';
import { makeFolders } from './replace.ts';

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** Content of a file; undefined where there is none. Throws a GeneratorError for a link, and for what cannot be read. */
export function readIfThere(path: string): Uint8Array | undefined {
  try {
    if (!lstatSync(path).isFile())
      throw new GeneratorError(`${path}: is not an ordinary file; replace it by a file, or move it away.`);
    return readFileSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (error instanceof GeneratorError) throw error;
    throw new GeneratorError(`${path}: cannot be read (${codeOf(error)}); check the path and its permissions.`);
  }
}

/**
 * With mode 0755, whatever the umask: a web server must read what is published there, and nobody else write it. Throws a
 * GeneratorError where something other than a folder stands, and when none can be made.
 */
export function makeFolder(folder: string): void {
  try {
    makeFolders(folder, []);
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: 'EEXIST' });
  } catch (error) {
    throw new GeneratorError(`${folder}: is no folder, and none can be made (${codeOf(error)}); name another one.`);
  }
}

/**
 * Removes what runs that were killed have left beside the files that they wrote (see `stage`). Only for a holder of the
 * folder's lock: nobody else writes then.
 */
export function removeLeftOvers(folder: string): void {
  if (!existsSync(folder)) return;
  const left = readdirSync(folder).filter(name => /^\..+\.(tgz|prov|json|ya?ml|html|gpg|asc)\.\d+\.tmp$/.test(name));
  for (const name of left) rmSync(join(folder, name), { force: true });
}
