/** Manifests and rules to plain values: what Helm would render for these values, in this process. */
import { type AnyExpr, type Arg, ENTRIES, type Format, INCLUDE, isExpr, isNode, type Spread } from './expr.ts';
import { functions, goOrder, truthy } from './functions.ts';

/** What a template sees: `.Values`, `.Release`, `.Chart`, and the loop variables around it (`$server`). */
export type Scope = Readonly<Record<string, unknown>>;
/** A rendered object. */
export type Manifest = { readonly [key: string]: unknown };
/** What a rule refuses: the place relative to the rule's path (indices and keys of its loops), and the sentence. */
export interface Refusal {
  readonly place: readonly (string | number)[];
  readonly message: string;
}

/** The objects of a template, in the order of their text. */
export const evaluateDocuments = (documents: unknown, scope: Scope): Manifest[] => slots(documents, scope) as Manifest[];

/** The refusals of a rule: none when the values keep it. */
export function evaluateRule(n: unknown, scope: Scope, place: Refusal['place'] = []): Refusal[] {
  if (!isNode(n)) return [];
  if (n.kind === 'when') return truthy(evaluateExpr(n.test, scope)) ? evaluateRule(n.body, scope, place) : [];
  if (n.kind === 'fail') return [{ place, message: formatted(n.message, scope) }];
  if (n.kind !== 'each') return [];
  const list = evaluateExpr(n.list, scope) as readonly (string | number)[];
  const byKey = n.list.kind === 'call' && n.list.fn === 'keys';
  return list.flatMap((item, i) => evaluateRule(n.body, { ...scope, [`$${n.as}`]: item }, [...place, byKey ? item : i]));
}

export function evaluateExpr(e: AnyExpr, scope: Scope): unknown {
  if (e.kind === 'path') {
    let value = scope[e.base];
    for (const key of e.keys) value = (value as Record<string, unknown> | undefined)?.[key];
    return value;
  }
  if (e.kind === 'call') return functions[e.fn]!.value(...e.args.map(a => argument(a, scope)));
  if (e.helper.kind === 'static') return e.helper.offline;
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

/** The values that stand in a slot: none, one, or (in lists and documents) several. */
function slots(n: unknown, scope: Scope): unknown[] {
  if (isNode(n)) {
    if (n.kind === 'when') {
      if (!truthy(evaluateExpr(n.test, scope))) return [];
      return Array.isArray(n.body) ? n.body.flatMap(x => slots(x, scope)) : slots(n.body, scope);
    }
    if (n.kind === 'each') {
      const items = evaluateExpr(n.list, scope) as readonly unknown[];
      return items.flatMap(item => slots(n.body, { ...scope, [`$${n.as}`]: item }));
    }
    if (n.kind === 'note') return slots(n.body, scope);
    if (n.kind === 'format') return [formatted(n, scope)];
    if (isExpr(n)) return [evaluateExpr(n, scope)];
  }
  return [plain(n, scope)];
}

function plain(n: unknown, scope: Scope): unknown {
  if (Array.isArray(n)) return n.flatMap(x => slots(x, scope));
  if (typeof n !== 'object' || n === null) return n;
  const out: Record<string, unknown> = {};
  const map = n as Spread & Record<string, unknown>;
  if (map[INCLUDE]) Object.assign(out, plain(map[INCLUDE].body, scope));
  for (const key in map) {
    const slot = map[key];
    // A list under a condition is one value here, not several items.
    const values = isNode(slot) && slot.kind === 'when' && Array.isArray(slot.body) ? conditional(slot, scope) : slots(slot, scope);
    if (values.length > 0) out[key] = values[0];
  }
  if (map[ENTRIES]) addEntries(out, map[ENTRIES].map, [...Object.keys(map), ...map[ENTRIES].reserved], scope);
  return out;
}

const conditional = ({ test, body }: { test: AnyExpr; body: unknown }, scope: Scope): unknown[] =>
  truthy(evaluateExpr(test, scope)) ? [plain(body, scope)] : [];

function addEntries(out: Record<string, unknown>, map: AnyExpr, omitted: readonly string[], scope: Scope): void {
  const user = (evaluateExpr(map, scope) ?? {}) as Record<string, unknown>;
  for (const key of Object.keys(user).sort(goOrder))
    if (!omitted.includes(key)) Object.defineProperty(out, key, { value: user[key], enumerable: true, writable: true, configurable: true });
}
