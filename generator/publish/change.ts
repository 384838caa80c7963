/** What publishing changes, for people and for programs. */

export interface Change {
  /** keep: it is there already. */
  readonly action: 'add' | 'replace' | 'keep';
  /** A file in the folder of a repository, or a reference in a registry. */
  readonly what: string;
  /** sha256:HEX. */
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
}

export interface Published {
  readonly target: string;
  readonly dryRun: boolean;
  /** In the order in which they are made. */
  readonly changes: readonly Change[];
}

const done = { add: 'added', replace: 'replaced', keep: 'kept' } as const;
const planned = { add: 'would add', replace: 'would replace', keep: 'would keep' } as const;

export function changesText({ dryRun, changes }: Published): string {
  return changes.map(({ action, what }) => `${(dryRun ? planned : done)[action]} ${what}\n`).join('');
}

/** One line for a person, behind the list. */
export function summaryText({ target, dryRun, changes }: Published): string {
  const count = changes.filter(({ action }) => action !== 'keep').length;
  if (count === 0) return `${target}: everything is there already\n`;
  return dryRun
    ? `${target}: ${count} to change; nothing was changed, as --dry-run asks\n`
    : `${target}: ${count} changed\n`;
}
