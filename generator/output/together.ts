import { putInPlace, refuseSpecial, stage } from './replace.ts';

/**
 * Replaces files that belong together, in their order, after removing the obsolete ones. Throws a GeneratorError where no
 * ordinary file stands, or the disk refuses, before anything has changed.
 */
export function writeTogether(
  files: ReadonlyMap<string, string | Uint8Array>,
  { date, obsolete = [] }: { date?: number; obsolete?: readonly string[] },
): void {
  for (const path of [...files.keys(), ...obsolete]) refuseSpecial(path);
  putInPlace(stage(files, 0o644, date), obsolete);
}
