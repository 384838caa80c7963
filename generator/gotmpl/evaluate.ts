/** Manifests and rules to plain values: what Helm would render for these values, in this process. */
import { type AnyExpr, type Arg, ENTRIES, type Format, INCLUDE, isExpr, isNode, type Spread } from './expr.ts';
import { functions, goOrder, truthy } from './functions.ts';

/** What a template sees: `.Values`, `.Release`, `.Chart`, and the loop variables around it (`$server`). */
export type Scope = Readonly<Record<string, unknown>>;
/** A rendered object. */
export type Manifest = { readonly [key: string]: unknown };
/** What a rule refuses, and the sentence. Both places are relative to the rule's path. */
export interface Refusal {
  /** As the guard of the chart names it: the indices of its loops. */
  readonly place: readonly number[];
  /** As near as it gets, for the line in a file: indices, and keys of a user's map. */
  readonly nearest: readonly (string | number)[];
  readonly message: string;
}

/** The objects of a template, in the order of their text. */
export const evaluateDocuments = (documents: unknown, scope: Scope): Manifest[] =>
  slots(documents, scope) as Manifest[];

/** The refusals of a rule: none when the values keep it. */
export function evaluateRule(
  n: unknown,
  scope: Scope,
  place: Refusal['place'] = [],
  nearest: Refusal['nearest'] = [],
): Refusal[] {
  if (!isNode(n)) return [];
  if (n.kind === 'when') return truthy(evaluateExpr(n.test, scope)) ? evaluateRule(n.body, scope, place, nearest) : [];
  if (n.kind === 'fail') return [{ place, nearest, message: formatted(n.message, scope) }];
  if (n.kind !== 'each') return [];
  const list = evaluateExpr(n.list, scope) as readonly (string | number)[];
  const byKey = n.list.kind === 'call' && n.list.fn === 'keys';
  return list.flatMap((item, i) =>
    evaluateRule(n.body, { ...scope, [`$${n.as}`]: item }, byKey ? place : [...place, i], [
      ...nearest,
      byKey ? item : i,
    ]),
  );
}

export function evaluateExpr(e: AnyExpr, scope: Scope): unknown {
  if (e.kind === 'path') {
    let value = scope[e.base];
    for (const key of e.keys) value = (value as Record<string, unknown> | undefined)?.[key];
    return value;
  }
  if (e.kind === 'call') return functions[e.fn]!.value(...e.args.map(a => argument(a, scope)));
  if (e.helper.kind === 'static') return e.helper.offline;
  if (e.helper.kind === 'condition') return truthy(evaluateExpr(e.helper.test, scope)) ? 'true' : '';
  const { list, as, item } = e.helper;
  const items = evaluateExpr(list, scope) as readonly unknown[];
  return items.map(x => String(evaluateExpr(item, { ...scope, [`$${as}`]: x }))).join(',');
}

/** A format with its arguments filled in. */
export const formatted = ({ text, args }: Format, scope: Scope): string =>
  text.map((t, i) => (i < args.length ? t + String(evaluateExpr(args[i]!, scope)) : t)).join('');

function argument(a: Arg, scope: Scope): unknown {
  if (!isNode(a)) return a;
  return (a as Format).kind === 'format' ? formatted(a as Format, scope) : evaluateExpr(a as AnyExpr, scope);
}

interface Chosen {
  /** Undefined where a condition does not hold. */
  readonly body: unknown;
  /** Under a condition, a list in a list is several items. */
  readonly several: boolean;
}

/** What conditions and notes leave of a node. */
function chosen(n: unknown, scope: Scope): Chosen {
  if (!isNode(n)) return { body: n, several: false };
  if (n.kind === 'note') return chosen(n.body, scope);
  if (n.kind !== 'when') return { body: n, several: false };
  return { body: truthy(evaluateExpr(n.test, scope)) ? chosen(n.body, scope).body : undefined, several: true };
}

/** The values that stand in a slot of a list, or in a template: none, one or several. */
function slots(n: unknown, scope: Scope): unknown[] {
  const { body, several } = chosen(n, scope);
  if (body === undefined) return [];
  if (several && Array.isArray(body)) return body.flatMap(x => slots(x, scope));
  if (!isNode(body) || body.kind !== 'each') return [value(body, scope)];
  const items = evaluateExpr(body.list, scope) as readonly unknown[];
  return items.flatMap(item => slots(body.body, { ...scope, [`$${body.as}`]: item }));
}

/** Helm deletes its mark for an absent value from all that it prints, wherever it comes from; maps in Go's order of keys. */
export function printed(x: unknown): unknown {
  if (typeof x === 'string') return x.includes('<no value>') ? x.replaceAll('<no value>', '') : x;
  if (typeof x !== 'object' || x === null) return x;
  const sorted = Object.entries(x).sort(([a], [b]) => goOrder(a, b));
  return Object.fromEntries(sorted.map(([key, value]) => [printed(key), printed(value)]));
}

/** One value: a scalar, a map or a list. */
function value(n: unknown, scope: Scope): unknown {
  if (isExpr(n)) return printed(evaluateExpr(n, scope));
  if (isNode(n)) return printed(formatted(n as Format, scope));
  if (Array.isArray(n)) return n.flatMap(x => slots(x, scope));
  return typeof n === 'object' && n !== null ? mapValue(n as Fields, scope) : n;
}

type Fields = Spread & { readonly [key: string]: unknown };
function mapValue(map: Fields, scope: Scope): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  if (map[INCLUDE])
    Object.defineProperties(out, Object.getOwnPropertyDescriptors(value(map[INCLUDE].body, scope) as object));
  for (const key in map) {
    const { body } = chosen(map[key], scope);
    if (body !== undefined) out[key] = value(body, scope);
  }
  if (map[ENTRIES]) addEntries(out, map[ENTRIES].map, [...Object.keys(map), ...map[ENTRIES].reserved], scope);
  return out;
}

/** A user's entries, without ours. Defined and not assigned, because a user may name a key __proto__. */
function addEntries(out: Record<string, unknown>, map: AnyExpr, omitted: readonly string[], scope: Scope): void {
  const user = (evaluateExpr(map, scope) ?? {}) as Record<string, unknown>;
  for (const key of Object.keys(user).sort(goOrder))
    if (!omitted.includes(key))
      Object.defineProperty(out, printed(key) as string, {
        value: printed(user[key]),
        enumerable: true,
        writable: true,
        configurable: true,
      });
}
