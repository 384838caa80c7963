/** The texts that a chart's model compares values with: random values that never hold one would leave branches untried. */
import { isNode } from '../../generator/gotmpl/expr.ts';
import type { Chart } from '../../generator/model/chart.ts';

/** Constant arguments of all calls in the chart's objects, rules and NOTES, without patterns. */
export function constantsOf({ resources, rules, notes }: Chart): string[] {
  const found = new Set<string>();
  for (const { documents } of Object.values(resources)) collect(documents, found);
  for (const { refuse } of rules) collect(refuse, found);
  collect(notes, found);
  return [...found].filter(text => !text.startsWith('^'));
}

function collect(n: unknown, found: Set<string>): void {
  if (typeof n !== 'object' || n === null) return;
  if (isNode(n) && n.kind === 'call') for (const arg of n.args.flat()) if (typeof arg === 'string') found.add(arg);
  for (const [key, child] of Object.entries(n)) if (key !== 'schema') collect(child, found);
}
