import type { Stats } from 'node:fs';

/** The mode, in octal, of a file that others than its owner may read or write; undefined where they may not. */
export function openToOthers(entry: Stats): string | undefined {
  const mode = entry.mode & 0o777;
  // Windows has other permissions than these, and the end of a pipe is nobody else's.
  if (process.platform === 'win32' || !entry.isFile() || (mode & 0o077) === 0) return undefined;
  return mode.toString(8);
}
