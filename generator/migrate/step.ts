/** What a step of a plan is. */
import type { Migration } from './migration.ts';

/** One row: a step that concerns some values, and what it says for them. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  /** Which values it concerns; all of them, without it. */
  readonly when?: { readonly words: string; readonly holds: (m: Migration) => boolean };
  readonly step: (m: Migration) => Instructions;
}

export interface Instructions {
  /** One sentence. */
  readonly why: string;
  /** For a POSIX shell. */
  readonly commands: readonly string[];
  readonly check: { readonly command: string; readonly shows: string };
  readonly back: { readonly say: string; readonly commands: readonly string[] };
}

export interface Step extends Instructions {
  readonly id: string;
  readonly title: string;
  readonly source: string;
}

export const concerns = ({ when }: Row, m: Migration): boolean => when?.holds(m) ?? true;

export const stepsOf = (rows: readonly Row[], m: Migration): Step[] =>
  rows
    .filter(row => concerns(row, m))
    .map(row => ({ id: row.id, title: row.title, ...row.step(m), source: row.source }));
