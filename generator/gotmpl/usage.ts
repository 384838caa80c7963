/** Which values and helpers a part of the model uses: for the checks that nothing is declared in vain. */
import { type AnyExpr, ENTRIES, type Helper, INCLUDE, isExpr, isNode, type Spread } from './expr.ts';

export interface Usage {
  /** Paths below `.Values`, as `kafka.listeners[].port`. */
  readonly values: Set<string>;
  readonly helpers: Set<Helper>;
}
type Loops = Readonly<Record<string, string>>;

export const noUsage = (): Usage => ({ values: new Set(), helpers: new Set() });

/** Adds what `n` uses, in expressions, spreads and helpers, to `usage`. */
export function addUsage(n: unknown, usage: Usage, loops: Loops = {}): void {
  if (Array.isArray(n)) for (const x of n) addUsage(x, usage, loops);
  else if (isExpr(n)) addExpr(n, usage, loops);
  else if (isNode(n)) addNode(n as never, usage, loops);
  else if (typeof n === 'object' && n !== null) addMap(n, usage, loops);
}

function addMap(map: object & Spread, usage: Usage, loops: Loops): void {
  if (map[INCLUDE]) addHelper(map[INCLUDE], usage);
  if (map[ENTRIES]) addExpr(map[ENTRIES].map, usage, loops);
  for (const x of Object.values(map)) addUsage(x, usage, loops);
}

function addNode(
  n: { test?: AnyExpr; list?: AnyExpr; as?: string; body?: unknown; message?: unknown; args?: unknown },
  usage: Usage,
  loops: Loops,
): void {
  if (n.test) addExpr(n.test, usage, loops);
  if (n.list) addExpr(n.list, usage, loops);
  const item = n.list?.kind === 'path' ? valuePath(n.list, loops) : undefined;
  addUsage(n.body, usage, item === undefined ? loops : { ...loops, [`$${n.as}`]: `${item}[]` });
  addUsage(n.message, usage, loops);
  addUsage(n.args, usage, loops);
}

function addExpr(e: AnyExpr, usage: Usage, loops: Loops): void {
  if (e.kind === 'path') {
    const path = valuePath(e, loops);
    if (path !== undefined) usage.values.add(path);
  } else if (e.kind === 'call')
    addUsage(
      e.args.filter(a => typeof a === 'object'),
      usage,
      loops,
    );
  else addHelper(e.helper, usage);
}

function valuePath(e: AnyExpr & { kind: 'path' }, loops: Loops): string | undefined {
  const base = e.base === '.Values' ? '' : loops[e.base];
  return base === undefined ? undefined : [base, ...e.keys].filter(k => k !== '').join('.');
}

function addHelper(helper: Helper, usage: Usage): void {
  if (usage.helpers.has(helper)) return;
  usage.helpers.add(helper);
  if (helper.kind === 'map') addUsage(helper.body, usage);
  if (helper.kind === 'condition') addExpr(helper.test, usage, {});
  if (helper.kind === 'joined') addNode({ list: helper.list, as: helper.as, body: helper.item }, usage, {});
}
