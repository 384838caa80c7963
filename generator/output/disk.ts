import { dirname, join } from 'node:path';
import { GeneratorError } from '../errors.ts';
import { listCharts, readTree } from './read.ts';
import { putInPlace, removeEmptyFolder, stage } from './replace.ts';
import { sumsText } from './sums.ts';
import { type Comparison, compareTree, planWrite, recordPath } from './tree.ts';

/** What a run did, in paths relative to the project root; the record is not counted. */
export interface Written {
  readonly written: readonly string[];
  readonly unchanged: number;
  readonly removed: readonly string[];
}

/**
 * Makes the disk hold exactly `files` (path relative to `root` -> text) and the record of them. Files that are neither
 * wanted nor recorded are never touched, files that are as wanted are not rewritten.
 *
 * Throws one GeneratorError with a line per offending file, before anything is written: a file that was edited by hand,
 * a file that is not ours at a path of ours (`force` gives both up), a link or folder in the way (`force` does not).
 * Throws also when the disk refuses; nothing has changed then, unless it refuses a removal or a rename after it took
 * all the new files: a second run completes that.
 */
export function writeGenerated(
  root: string,
  files: ReadonlyMap<string, string>,
  { force = false }: { force?: boolean | undefined } = {},
): Written {
  const tree = readTree(root, files);
  const plan = planWrite(tree, force);
  if (plan.refused.length > 0) throw new GeneratorError(plan.refused.join('\n'));
  const texts = new Map(plan.write.map(path => [join(root, path), files.get(path) ?? '']));
  const record = sumsText(tree.wanted);
  // The record comes last: a run that stops half-way finds its own files next time, as wanted or as recorded.
  if (record !== tree.record) texts.set(join(root, recordPath), record);
  putInPlace(
    stage(texts),
    plan.remove.map(path => join(root, path)),
  );
  for (const path of [...plan.remove, ...plan.gone]) removeEmptyParents(root, path);
  return { written: plan.write, unchanged: plan.unchanged, removed: plan.remove };
}

function removeEmptyParents(root: string, path: string): void {
  for (let folder = dirname(path); folder !== '.' && folder !== 'charts'; folder = dirname(folder)) {
    if (!removeEmptyFolder(join(root, folder))) return;
  }
}

/**
 * What a run would find and change. The record itself is listed, as stale or missing, when a run would write another one.
 * Throws a GeneratorError when the record or the tree cannot be read.
 */
export function compareGenerated(root: string, files: ReadonlyMap<string, string>): Comparison {
  const tree = readTree(root, files);
  const found = compareTree(tree, listCharts(root));
  if (tree.record === undefined) return { ...found, missing: [...found.missing, recordPath].sort() };
  if (tree.record !== sumsText(tree.wanted)) return { ...found, stale: [...found.stale, recordPath].sort() };
  return found;
}
