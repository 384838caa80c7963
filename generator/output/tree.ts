import { isPlainPath } from './sums.ts';

/** Says what the last run wrote; `sha256sum -c` reads it from the project root. */
export const recordPath = 'charts/.generated.sha256';

/** What stands at a path: a file with its hash, or something else at the path itself or at one of its parents. */
export type Found =
  | { readonly kind: 'file'; readonly hash: string }
  | {
      readonly kind: 'blocked';
      readonly at: string;
      readonly by: 'symbolic link' | 'folder' | 'file' | 'special file';
    };

/** All that a decision needs. Paths are relative to the project root; a path that is not in `found` is free. */
export interface Tree {
  /** Path -> hash of what the generator makes now. */
  readonly wanted: ReadonlyMap<string, string>;
  /** Path -> hash of what the last run wrote. */
  readonly recorded: ReadonlyMap<string, string>;
  /** What stands at the wanted and the recorded paths. */
  readonly found: ReadonlyMap<string, Found>;
}

type State = 'missing' | 'same' | 'stale' | 'edited' | 'foreign' | 'obsolete' | 'editedObsolete' | 'gone' | 'blocked';

/** True for a path that the generator may own: all below charts/ but the record, the README beside it, and the pages below docs/. */
export function isOurs(path: string): boolean {
  if (path === recordPath || !isPlainPath(path)) return false;
  return path === 'README.md' || path.startsWith('charts/') || /^docs\/.*\.md$/.test(path);
}

/** The wanted and the recorded paths, sorted by code unit. */
export function knownPaths({ wanted, recorded }: Pick<Tree, 'wanted' | 'recorded'>): string[] {
  return [...new Set([...wanted.keys(), ...recorded.keys()])].sort();
}

function stateOf({ wanted, recorded, found }: Tree, path: string): State {
  const file = found.get(path);
  const isWanted = wanted.has(path);
  if (file === undefined) return isWanted ? 'missing' : 'gone';
  if (file.kind === 'blocked') return 'blocked';
  if (file.hash === wanted.get(path)) return 'same';
  if (file.hash === recorded.get(path)) return isWanted ? 'stale' : 'obsolete';
  if (!isWanted) return 'editedObsolete';
  return recorded.has(path) ? 'edited' : 'foreign';
}

/** The known paths by state; each list is sorted. */
function sortByState(tree: Tree): Record<State, string[]> {
  const paths: Record<State, string[]> = {
    missing: [],
    same: [],
    stale: [],
    edited: [],
    foreign: [],
    obsolete: [],
    editedObsolete: [],
    gone: [],
    blocked: [],
  };
  for (const path of knownPaths(tree)) paths[stateOf(tree, path)].push(path);
  return paths;
}

/** What a run does. `refused` holds one sentence per offending file; where it is not empty, nothing may be done. */
export interface Plan {
  readonly write: readonly string[];
  readonly unchanged: number;
  readonly remove: readonly string[];
  /** Recorded files that are neither wanted nor there any more: their folders may be empty now. */
  readonly gone: readonly string[];
  readonly refused: readonly string[];
}

/** Decides what to write and to remove. `force` gives up hand edits; nothing goes through what blocks a path. */
export function planWrite(tree: Tree, force: boolean): Plan {
  const { missing, same, stale, edited, foreign, obsolete, editedObsolete, gone, blocked } = sortByState(tree);
  const refused = [
    ...edited.map(path => `${path}: was edited by hand; move the edit into the model, or overwrite it with --force`),
    ...foreign.map(path => `${path}: exists but was not generated; move it away, or overwrite it with --force`),
    ...editedObsolete.map(
      path => `${path}: was edited by hand and is no longer generated; move it away, or remove it with --force`,
    ),
  ];
  return {
    write: [...missing, ...stale, ...edited, ...foreign].sort(),
    unchanged: same.length,
    remove: [...obsolete, ...editedObsolete].sort(),
    gone,
    refused: [...(force ? [] : refused), ...blockedLines(tree, blocked)].sort(),
  };
}

/** One line per obstacle, however many paths it blocks. */
function blockedLines(tree: Tree, blocked: readonly string[]): string[] {
  const lines = blocked.map(path => {
    const file = tree.found.get(path);
    if (file?.kind !== 'blocked') return '';
    const instead = file.at === path ? 'file' : 'folder';
    return `${file.at}: is a ${file.by} where a ${instead} of ours goes; move it away`;
  });
  return [...new Set(lines)];
}

/** What `generate --check` reports; each list is sorted, no path is in two of them. */
export interface Comparison {
  /** As the last run wrote it, but a run would write something else now. */
  readonly stale: readonly string[];
  /** Neither what the last run wrote nor what a run would write; also a link or folder in place of the file. */
  readonly edited: readonly string[];
  readonly missing: readonly string[];
  /** There, but not generated, or no longer. */
  readonly unknown: readonly string[];
}

/** `below` holds the path of everything below charts/ that is no folder; the record is not among it. */
export function compareTree(tree: Tree, below: readonly string[]): Comparison {
  const { missing, stale, edited, foreign, obsolete, editedObsolete, blocked } = sortByState(tree);
  const unknown = [...below, ...obsolete, ...editedObsolete].filter(path => !tree.wanted.has(path));
  return {
    stale,
    edited: [...edited, ...foreign, ...blocked.filter(path => tree.wanted.has(path))].sort(),
    missing,
    unknown: [...new Set(unknown)].sort(),
  };
}
