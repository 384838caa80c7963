import { createHash } from 'node:crypto';
import { GeneratorError } from '../errors.ts';

/** SHA-256 in lower-case hexadecimal; text counts as UTF-8. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * True for a relative path with `/` between its parts that stays below its root. Backslashes and control characters are
 * out because sha256sum writes them escaped, and because they are never meant.
 */
export function isPlainPath(path: string): boolean {
  return !/[\\\p{Cc}]/u.test(path) && path.split('/').every(part => part !== '' && part !== '.' && part !== '..');
}

/** Path -> hash, as the text that `sha256sum -c` reads: `<hex>  <path>`, sorted by code unit, one line each. */
export function sumsText(sums: ReadonlyMap<string, string>): string {
  return [...sums.keys()]
    .sort()
    .map(path => `${sums.get(path)}  ${path}\n`)
    .join('');
}

/**
 * The reverse of `sumsText`. Throws a GeneratorError with `where` and the line number for any other line, for a path
 * that is not plain and for a path that comes twice: a merge leaves such lines, and trusting them could delete files.
 * `todo` says what to do then.
 */
export function parseSums(
  text: string,
  where: string,
  todo = 'restore this file from version control, or delete it and generate with --force',
): Map<string, string> {
  const sums = new Map<string, string>();
  for (const [index, line] of text.replace(/\n$/, '').split('\n').entries()) {
    if (text === '') break;
    const [, hash, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (hash === undefined || path === undefined || !isPlainPath(path) || sums.has(path)) {
      throw new GeneratorError(`${where}:${index + 1}: is not a line of sha256sum, or repeats a path; ${todo}`);
    }
    sums.set(path, hash);
  }
  return sums;
}
