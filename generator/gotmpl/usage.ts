/** Which values and helpers a part of the model uses: for the checks that nothing is declared in vain. */
import { type AnyExpr, ENTRIES, type Helper, INCLUDE, isExpr, isNode, type Spread } from './expr.ts';

export interface Usage {
  /** Paths below `.Values`, as `kafka.listeners[].port`. */
  readonly values: Set<string>;
  readonly helpers: Set<Helper>;
  /** Users' maps, each with the keys that the template leaves out of it. */
  readonly maps: { readonly map: AnyExpr; readonly omitted: readonly string[] }[];
}
type Loops = Readonly<Record<string, string>>;

export const noUsage = (): Usage => ({ values: new Set(), helpers: new Set(), maps: [] });

/** Adds what `n` uses, in expressions, spreads and helpers, to `usage`. */
export function addUsage(n: unknown, usage: Usage, loops: Loops = {}): void {
  if (Array.isArray(n)) for (const x of n) addUsage(x, usage, loops);
  else if (isExpr(n)) addExpr(n, usage, loops);
  else if (isNode(n)) addNode(n as never, usage, loops);
  else if (typeof n === 'object' && n !== null) addMap(n, usage, loops);
}

function addMap(map: object & Spread, usage: Usage, loops: Loops): void {
  if (map[INCLUDE]) addHelper(map[INCLUDE], usage);
  if (map[ENTRIES]) {
    addExpr(map[ENTRIES].map, usage, loops);
    usage.maps.push({ map: map[ENTRIES].map, omitted: omittedKeys(map) });
  }
  for (const x of Object.values(map)) addUsage(x, usage, loops);
}

/** Keys of ours that are not themselves a place for the user's keys below them: `observability` of `config`. */
function omittedKeys(map: object & Spread): string[] {
  const { map: user, reserved } = map[ENTRIES]!;
  const taken = Object.entries(map).filter(([key, x]) => !holdsEntry(x, user, key));
  return [...taken.map(([key]) => key), ...reserved];
}

function holdsEntry(n: unknown, user: AnyExpr, key: string): boolean {
  if (isNode(n)) return holdsEntry((n as { body?: unknown }).body, user, key);
  const inner = (n as Spread | undefined)?.[ENTRIES]?.map;
  return inner?.kind === 'call' && inner.fn === 'at' && inner.args[0] === user && inner.args[1] === key;
}

function addNode(
  n: {
    test?: AnyExpr;
    list?: AnyExpr;
    as?: string;
    body?: unknown;
    repeats?: unknown;
    message?: unknown;
    args?: unknown;
  },
  usage: Usage,
  loops: Loops,
): void {
  if (n.test) addExpr(n.test, usage, loops);
  if (n.list) addExpr(n.list, usage, loops);
  const item = n.list?.kind === 'path' ? valuePath(n.list, loops) : undefined;
  addUsage(n.body, usage, item === undefined ? loops : { ...loops, [`$${n.as}`]: `${item}[]` });
  addUsage(n.repeats, usage, loops);
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
  if (helper.kind === 'text') addExpr(helper.value, usage, {});
  if (helper.kind === 'list') addExpr(helper.list, usage, {});
  if (helper.kind === 'condition') addExpr(helper.test, usage, {});
  if (helper.kind === 'joined') addNode({ list: helper.list, as: helper.as, body: helper.item }, usage, {});
}
