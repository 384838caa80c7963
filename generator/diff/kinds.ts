import type { Chart } from '../model/chart.ts';

const known = new WeakMap<Chart, readonly string[]>();

/** The kinds of all objects that a chart may render, whatever the values, as `apiVersion/Kind`; sorted. */
export function kindsOf(chart: Chart): readonly string[] {
  const before = known.get(chart);
  if (before !== undefined) return before;
  const kinds = new Set<string>();
  const seen = new Set<unknown>();
  const walk = (x: unknown): void => {
    if (typeof x !== 'object' || x === null || seen.has(x)) return;
    seen.add(x);
    const { apiVersion, kind, metadata } = x as { apiVersion?: unknown; kind?: unknown; metadata?: unknown };
    // What has no metadata only refers to an object.
    if (typeof apiVersion === 'string' && typeof kind === 'string' && metadata !== undefined && kind !== 'List')
      kinds.add(`${apiVersion}/${kind}`);
    for (const below of Object.values(x)) walk(below);
  };
  for (const { documents } of Object.values(chart.resources)) walk(documents);
  const all = [...kinds].sort();
  known.set(chart, all);
  return all;
}
