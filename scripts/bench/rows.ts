/** Measured times as rows of a table. */
import { best, median, type Times } from './measure.ts';

/** As generator/emit/bench-table.ts reads it; all of it text for people. */
export interface Row {
  readonly name: string;
  readonly ours: string;
  readonly theirs: string;
  readonly ratio: string;
  readonly want: string;
}

export interface Comparison {
  readonly name: string;
  readonly ours: Times;
  readonly theirs: Times;
  /** What theirs is, where the name does not say it. */
  readonly beside?: string;
}

/** Ours may take at most `limit` times as long as theirs. */
export function atMost(limit: number, { name, ours, theirs, beside }: Comparison): Row {
  const ratio = median(ours) / median(theirs);
  const bestRatio = best(ours) / best(theirs);
  const want = `${limit === 1 ? 'less' : `at most ${limit}`}: ${yes(ratio <= limit)}`;
  return { name, ours: time(ours), theirs: named(theirs, beside), ratio: ratios(ratio, bestRatio, 2), want };
}

/** Theirs must take at least `limit` times as long as ours. */
export function timesFaster(limit: number, { name, ours, theirs, beside }: Comparison): Row {
  const ratio = median(theirs) / median(ours);
  const bestRatio = best(theirs) / best(ours);
  const want = `${limit} times faster: ${yes(ratio >= limit)}`;
  return { name, ours: time(ours), theirs: named(theirs, beside), ratio: ratios(ratio, bestRatio, 0), want };
}

/** A figure that is compared with a limit, or with nothing. */
export function figure(name: string, ours: string, want = ''): Row {
  return { name, ours, theirs: '', ratio: '', want };
}

export const yes = (holds: boolean): string => (holds ? 'yes' : 'NO');

const named = (times: Times, beside?: string): string =>
  beside === undefined ? time(times) : `${beside}: ${time(times)}`;

/** Median and best. */
export function time(times: Times): string {
  const [middle, least] = [median(times), best(times)];
  if (middle < 1) return `${(middle * 1000).toFixed(0)} µs (best ${(least * 1000).toFixed(0)})`;
  return middle < 10_000
    ? `${middle.toFixed(0)} ms (best ${least.toFixed(0)})`
    : `${(middle / 1000).toFixed(1)} s (best ${(least / 1000).toFixed(1)})`;
}

const ratios = (middle: number, least: number, digits: number): string =>
  `${middle.toFixed(digits)} (best ${least.toFixed(digits)})`;

/** In columns. */
export function table(rows: readonly Row[]): string {
  const columns = ['name', 'ours', 'theirs', 'ratio', 'want'] as const;
  const head: Row = { name: '', ours: 'ours', theirs: 'beside it', ratio: 'ratio', want: 'wanted' };
  const width = (column: keyof Row) => Math.max(...[head, ...rows].map(row => row[column].length));
  const widths = columns.map(width);
  const line = (row: Row) =>
    columns
      .map((column, i) => row[column].padEnd(widths[i]!))
      .join('  ')
      .trimEnd();
  return `${[head, ...rows].map(line).join('\n')}\n`;
}
