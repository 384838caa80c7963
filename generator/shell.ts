/** Words of commands that a user copies into a shell. */

/** For a POSIX shell; left as it is where it needs no quotes. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
