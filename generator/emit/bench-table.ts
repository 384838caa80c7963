/** The table of what scripts/bench.ts measured. */
import { table } from './markdown.ts';

/** Where scripts/bench.ts leaves its figures. */
export const benchResults = 'bench/results.json';

interface Measured {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly rows: readonly {
    readonly name: string;
    readonly ours: string;
    readonly theirs: string;
    readonly ratio: string;
    readonly want: string;
  }[];
}

/** The table, and what it was measured on; a sentence where nothing was. */
export function benchTable(results: string | undefined): string {
  if (results === undefined) return 'Not measured yet.';
  const { machine, rows } = JSON.parse(results) as Measured;
  const where = Object.entries(machine).map(([key, value]) => `${key} ${value}`);
  return `${table(
    ['', 'This tool', 'Beside it', 'Ratio', 'Wanted'],
    rows.map(r => [r.name, r.ours, r.theirs, r.ratio, r.want]),
  )}\n\nOn: ${where.join(', ')}.`;
}
