/** When a field or item prints anything: so that no map or list ever renders as null. */
import { type Place, refuse } from './checks.ts';
import { type AnyExpr, type Call, isExpr, isNode } from './expr.ts';
import { and } from './functions.ts';
import { exprText } from './text.ts';

/** Conditions that must all hold for a node to print: none for always; `unknown` where that cannot be told. */
export type Presence = readonly AnyExpr[] | 'unknown';

export function presence(n: unknown, isItem = false): Presence {
  if (!isNode(n)) return [];
  if (n.kind === 'note' || n.kind === 'shared') return presence(n.body, isItem);
  // In a list, a list under a condition is several items; as a field it is a list, which is never null itself.
  if (n.kind === 'when')
    return under(n.test, isItem && Array.isArray(n.body) ? ofSeveral(n.body) : presence(n.body, isItem));
  if (n.kind !== 'each') return [];
  const item = Array.isArray(n.body) ? ofSeveral(n.body) : presence(n.body, true);
  if (item === 'unknown' || item.length > 0) return 'unknown';
  return neverEmpty(n.list) ? [] : [n.list];
}

const under = (test: AnyExpr, inner: Presence): Presence =>
  inner === 'unknown' ? inner : [test, ...inner.filter(c => !sameText(c, test))];

function ofSeveral(items: readonly unknown[]): Presence {
  const all = items.map(item => presence(item, true));
  if (all.some(p => p.length === 0)) return [];
  return all.length === 1 ? all[0]! : 'unknown';
}

function neverEmpty(list: AnyExpr): boolean {
  if ((list.schema.minItems ?? 0) > 0) return true;
  return (
    list.kind === 'call' &&
    (list.fn === 'concat' || list.fn === 'union') &&
    (list as Call).args.some(a => (isExpr(a) ? neverEmpty(a) : Array.isArray(a) && a.length > 0))
  );
}

/** The conditions as one; undefined where there is none, or where they cannot be told. */
export const asCondition = (p: Presence): AnyExpr | undefined =>
  p === 'unknown' || p.length === 0 ? undefined : p.length === 1 ? p[0] : and(...p);

/** Refuses a map or list whose every part is conditional, unless what holds around it makes one of them true. */
export function checkNeverNull(
  place: Place & { readonly holds: readonly AnyExpr[] },
  what: 'map' | 'list',
  parts: readonly Presence[],
): void {
  if (parts.some(p => p.length === 0)) return;
  const conditions = parts.flatMap(p => asCondition(p) ?? []).flatMap(arms);
  if (conditions.some(c => conditions.some(d => opposite(c, d)))) return;
  if (place.holds.some(h => guaranteed(h, conditions))) return;
  const fix =
    what === 'map'
      ? 'put the when() around the whole field'
      : 'give the list minItems in values-schema, or put a when() on it around the whole field';
  refuse(place, `may render as a null ${what}, because all its parts are conditional; ${fix}.`);
}

const sameText = (a: AnyExpr, b: AnyExpr) => exprText(a, '') === exprText(b, '');

/** True when `holds` makes at least one of `conditions` true, whatever the values. */
export function guaranteed(holds: AnyExpr, conditions: readonly AnyExpr[]): boolean {
  if (conditions.some(c => sameText(c, holds))) return true;
  if (conditions.some(c => conditions.some(d => areBranches(holds, c, d)))) return true;
  if (holds.kind !== 'call') return false;
  const parts = holds.args.filter(isExpr);
  if (holds.fn === 'or') return parts.every(p => guaranteed(p, conditions));
  return holds.fn === 'and' && parts.some(p => guaranteed(p, conditions));
}

/** One of `yes` and `no` is true wherever `a` is: they are `a and b`, and `a and not b`. */
function areBranches(a: AnyExpr, yes: AnyExpr, no: AnyExpr): boolean {
  const beyond = (e: AnyExpr) => conjuncts(e).filter(x => !conjuncts(a).some(y => sameText(x, y)));
  const covers = (e: AnyExpr) => conjuncts(a).every(x => conjuncts(e).some(y => sameText(x, y)));
  const [b, notB] = [beyond(yes), beyond(no)];
  return covers(yes) && covers(no) && b.length === 1 && notB.length === 1 && opposite(b[0]!, notB[0]!);
}

const conjuncts = (e: AnyExpr): AnyExpr[] => (e.kind === 'call' && e.fn === 'and' ? e.args.filter(isExpr) : [e]);

/**
 * What of a condition is still to be asked where others hold: each part once, as one would write it by hand. Undefined
 * where nothing is left.
 */
export function stillOpen(test: AnyExpr, holds: readonly AnyExpr[]): AnyExpr | undefined {
  const parts = conjuncts(test);
  const held = holds.flatMap(conjuncts);
  const open = parts.filter(
    (part, i) => !held.some(h => sameText(h, part)) && parts.findIndex(p => sameText(p, part)) === i,
  );
  return open.length === parts.length ? test : asCondition(open);
}

/** `no` is the negation of `yes`, or says the same of a choice between two. */
const opposite = (yes: AnyExpr, no: AnyExpr) =>
  (no.kind === 'call' && no.fn === 'not' && sameText(no.args[0] as AnyExpr, yes)) || eitherOf(yes, no);

/** They compare a choice between two values with the one and with the other. */
function eitherOf(a: AnyExpr, b: AnyExpr): boolean {
  if (a.kind !== 'call' || b.kind !== 'call' || a.fn !== 'eq' || b.fn !== 'eq') return false;
  const [choice, one] = a.args as [AnyExpr, string];
  const [other, two] = b.args as [AnyExpr, string];
  return sameText(choice, other) && one !== two && choice.schema.enum?.length === 2;
}

/** A condition and, where it is an `or`, each of its arms: any of them is enough. */
const arms = (e: AnyExpr): AnyExpr[] =>
  e.kind === 'call' && e.fn === 'or' ? [e, ...e.args.filter(isExpr).flatMap(arms)] : [e];
