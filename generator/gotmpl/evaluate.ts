/**
 * Manifests to plain values: what Helm would render for these values, in this process. Each part of the model
 * becomes a function of the values once and is kept, because the same model is evaluated for many environments.
 */

import { put } from '../put.ts';
import {
  type Answer,
  type AnyExpr,
  type Arg,
  type ConditionHelper,
  ENTRIES,
  type Format,
  INCLUDE,
  isExpr,
  isNode,
  type JoinedHelper,
  type Spread,
} from './expr.ts';
import { functions, goOrder, truthy } from './functions.ts';

/** What a template sees: `.Values`, `.Release`, `.Chart`, and the loop variables around it (`$server`). */
export type Scope = Readonly<Record<string, unknown>>;
/** A rendered object. */
export type Manifest = { readonly [key: string]: unknown };
export type From<T> = (scope: Scope) => T;
/** Adds what stands in a slot of a list, or in a template: no value, one or several. */
type Adds = (scope: Scope, to: unknown[]) => void;

/** The function of a part of the model, made at its first use. */
export function kept<N extends object, F>(make: (n: N) => F): (n: N) => F {
  const made = new WeakMap<N, F>();
  return n => {
    let f = made.get(n);
    if (f === undefined) {
      f = make(n);
      made.set(n, f);
    }
    return f;
  };
}

/** The objects of a template, in the order of their text. Objects may share parts: they are for reading only. */
export function evaluateDocuments(documents: object, scope: Scope): Manifest[] {
  const objects: unknown[] = [];
  documentsOf(documents)(scope, objects);
  return objects as Manifest[];
}
const documentsOf = kept((n: object) => slot(n));

export const withItem = (scope: Scope, as: string, item: unknown): Scope => ({ ...scope, [`$${as}`]: item });

export const exprOf = kept((e: AnyExpr): From<unknown> => {
  if (e.kind === 'path') {
    const { base, keys } = e;
    return scope => {
      let value = scope[base];
      for (const key of keys) value = (value as Record<string, unknown> | undefined)?.[key];
      return value;
    };
  }
  if (e.kind === 'call') {
    const { value } = functions[e.fn]!;
    const args = e.args.map(argumentOf);
    return scope => value(...args.map(a => a(scope)));
  }
  return answerOf(e.helper);
});

/** What a helper says. It sees no loop around it, so that it says the same all through one render. */
const answerOf = kept((helper: Answer['helper']): From<unknown> => {
  if (helper.kind === 'static') return () => helper.offline;
  const answer = answering(helper);
  let last: Scope = {};
  let said: unknown = '';
  return scope => {
    if (last['.Values'] !== scope['.Values'] || last['.Release'] !== scope['.Release']) said = answer(scope);
    last = scope;
    return said;
  };
});
function answering(helper: Exclude<Answer['helper'], { kind: 'static' }>): From<unknown> {
  if (helper.kind === 'list') return exprOf(helper.list);
  if (helper.kind === 'condition') return conditionOf(helper);
  if (helper.kind === 'joined') return joinedOf(helper);
  const value = exprOf(helper.value);
  return scope => String(value(scope));
}
function conditionOf({ test }: ConditionHelper): From<string> {
  const holds = exprOf(test);
  return scope => (truthy(holds(scope)) ? 'true' : '');
}
function joinedOf({ list, as, item }: JoinedHelper): From<string> {
  const items = exprOf(list);
  const text = exprOf(item);
  return scope => (items(scope) as readonly unknown[]).map(x => String(text(withItem(scope, as, x)))).join(',');
}

function argumentOf(a: Arg): From<unknown> {
  if (!isNode(a)) return () => a;
  return (a as Format).kind === 'format' ? formatOf(a as Format) : exprOf(a as AnyExpr);
}

export const formatOf = kept(({ text, args }: Format): From<string> => {
  const parts = args.map(exprOf);
  return scope => text.map((t, i) => (i < parts.length ? t + String(parts[i]!(scope)) : t)).join('');
});

interface Chosen {
  /** All of these must hold. */
  readonly tests: readonly From<unknown>[];
  readonly body: unknown;
}

/** What conditions and notes are around. */
function chosen(n: unknown): Chosen {
  if (!isNode(n)) return { tests: [], body: n };
  if (n.kind === 'note' || n.kind === 'shared') return chosen(n.body);
  if (n.kind !== 'when') return { tests: [], body: n };
  const { tests, body } = chosen(n.body);
  return { tests: [exprOf(n.test), ...tests], body };
}
const hold = (tests: readonly From<unknown>[], scope: Scope): boolean => tests.every(test => truthy(test(scope)));

function slot(n: unknown): Adds {
  const { tests, body } = chosen(n);
  const adds = bodyOfSlot(body, tests.length > 0);
  if (tests.length === 0) return adds;
  return (scope, to) => {
    if (hold(tests, scope)) adds(scope, to);
  };
}

/** Under a condition or in a loop, a list in a list is several items. */
function bodyOfSlot(body: unknown, several: boolean): Adds {
  if (several && Array.isArray(body)) {
    const slots = body.map(slot);
    return (scope, to) => {
      for (const adds of slots) adds(scope, to);
    };
  }
  if (isNode(body) && body.kind === 'each') {
    const list = exprOf(body.list);
    const adds = Array.isArray(body.body) ? bodyOfSlot(body.body, true) : slot(body.body);
    return (scope, to) => {
      for (const [i, item] of (list(scope) as readonly unknown[]).entries()) {
        const inside = withItem(scope, body.as, item);
        adds(body.index === undefined ? inside : withItem(inside, body.index, i), to);
      }
    };
  }
  const value = partOf(body);
  return (scope, to) => to.push(value(scope));
}

/** Helm deletes its mark for an absent value from all that it prints, wherever it comes from; maps in Go's order of keys. */
export function printed(x: unknown): unknown {
  if (typeof x === 'string') return x.includes('<no value>') ? x.replaceAll('<no value>', '') : x;
  if (typeof x !== 'object' || x === null) return x;
  if (Array.isArray(x)) return x.map(printed);
  const sorted = Object.entries(x).sort(([a], [b]) => goOrder(a, b));
  return Object.fromEntries(sorted.map(([key, value]) => [printed(key), printed(value)]));
}

/** One value: a scalar, a map or a list. */
function partOf(n: unknown): From<unknown> {
  if (isConstant(n)) return () => n;
  if (isExpr(n)) {
    const value = exprOf(n);
    return scope => printed(value(scope));
  }
  if (isNode(n)) {
    const text = formatOf(n as Format);
    return scope => printed(text(scope));
  }
  if (!Array.isArray(n)) return mapOf(n as Fields);
  const slots = n.map(slot);
  return scope => {
    const list: unknown[] = [];
    for (const adds of slots) adds(scope, list);
    return list;
  };
}

/** Whether the same comes out for all values. */
function isConstant(n: unknown): boolean {
  if (typeof n !== 'object' || n === null) return true;
  const { [INCLUDE]: include, [ENTRIES]: entries } = n as Spread;
  return !isNode(n) && include === undefined && entries === undefined && Object.values(n).every(isConstant);
}

type Fields = Spread & { readonly [key: string]: unknown };
type Fills = (scope: Scope, out: Record<string, unknown>) => void;
function mapOf(map: Fields): From<Record<string, unknown>> {
  const fills: Fills[] = [];
  if (map[INCLUDE]) fills.push(includeOf(map[INCLUDE].body));
  for (const key in map) {
    const { tests, body } = chosen(map[key]);
    const value = partOf(body);
    fills.push((scope, out) => {
      if (hold(tests, scope)) out[key] = value(scope);
    });
  }
  if (map[ENTRIES]) fills.push(entriesOf(map[ENTRIES].map, [...Object.keys(map), ...map[ENTRIES].reserved]));
  return scope => {
    const out: Record<string, unknown> = {};
    for (const fill of fills) fill(scope, out);
    return out;
  };
}

/** The keys of a helper, which the objects of one render share. */
const includeOf = kept((body: object): Fills => {
  const value = partOf(body);
  let last: { readonly scope: Scope; readonly entries: readonly [string, unknown][] } | undefined;
  return (scope, out) => {
    if (last?.scope !== scope) last = { scope, entries: Object.entries(value(scope) as object) };
    for (const [key, x] of last.entries) put(out, key, x);
  };
});

/** A user's entries, without ours. */
function entriesOf(map: AnyExpr, omitted: readonly string[]): Fills {
  const given = exprOf(map);
  return (scope, out) => {
    const user = (given(scope) ?? {}) as Record<string, unknown>;
    for (const key of Object.keys(user).sort(goOrder))
      if (!omitted.includes(key)) put(out, printed(key) as string, printed(user[key]));
  };
}
