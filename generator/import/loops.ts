/** Where the templates make something of each item of a user's list, or of each entry of his map. */
import { type AnyExpr, type Each, ENTRIES, INCLUDE, isExpr, isNode, type Spread } from '../gotmpl/expr.ts';
import { comparable } from './templates.ts';

/** Any item of a list. */
export const ANY = Symbol('any item');

export interface Made {
  /** Path of the value, `placement.tolerations`. */
  readonly setting: string;
  /** Of the list or the map in the object. */
  readonly at: readonly (string | typeof ANY)[];
  /** The loop variable; undefined for the entries of a map. */
  readonly as: string | undefined;
  readonly body: unknown;
  /** Keys of that map that are the chart's own. */
  readonly reserved: readonly string[];
  /** An object of each item. */
  readonly whole: boolean;
}

const known = new Map<string, readonly Made[]>();
/** Of a template, by its path in the chart. */
export function madeBy(template: string): readonly Made[] {
  const found = known.get(template) ?? [...inDocuments(comparable.resources[template]?.documents)];
  known.set(template, found);
  return found;
}

function* inDocuments(n: unknown): Iterable<Made> {
  if (Array.isArray(n)) for (const document of n) yield* inDocuments(document);
  else if (isEach(n)) {
    yield* ofLoop(n, [], true);
    yield* inDocuments(n.body);
  } else if (isNode(n)) yield* inDocuments((n as { body?: unknown }).body);
  else yield* within(n, []);
}

function* within(n: unknown, at: Made['at']): Iterable<Made> {
  if (isExpr(n)) return;
  if (isEach(n)) {
    yield* ofLoop(n, at, false);
    yield* within(n.body, [...at, ANY]);
  } else if (isNode(n)) yield* within((n as { body?: unknown }).body, at);
  else if (Array.isArray(n)) for (const item of n) yield* inList(item, at);
  else if (typeof n === 'object' && n !== null) yield* inMap(n as Spread & object, at);
}

/** A loop or a list in a list gives it its own items. */
function* inList(n: unknown, at: Made['at']): Iterable<Made> {
  if (isEach(n) || Array.isArray(n)) yield* within(n, at);
  else if (isNode(n) && !isExpr(n)) yield* inList((n as { body?: unknown }).body, at);
  else yield* within(n, [...at, ANY]);
}

function* inMap(fields: Spread & object, at: Made['at']): Iterable<Made> {
  const { [INCLUDE]: helper, [ENTRIES]: user } = fields;
  if (helper) yield* within(helper.body, at);
  const setting = user && settingOf(user.map);
  if (user && setting !== undefined) {
    const reserved = [...user.reserved, ...Object.keys(fields)];
    yield { setting, at, as: undefined, body: undefined, reserved, whole: false };
  }
  for (const [key, field] of Object.entries(fields)) yield* within(field, [...at, key]);
}

const isEach = (n: unknown): n is Each => isNode(n) && n.kind === 'each';
const settingOf = (e: AnyExpr) => (e.kind === 'path' && e.base === '.Values' ? e.keys.join('.') : undefined);

function* ofLoop(n: Each, at: Made['at'], whole: boolean): Iterable<Made> {
  const setting = settingOf(n.list as AnyExpr);
  if (setting !== undefined) yield { setting, at, as: n.as, body: n.body, reserved: [], whole };
}
