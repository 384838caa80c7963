/**
 * Where each field of an object comes from: the third visitor. It walks as evaluate.ts does, and tells of each field which
 * values it is made of, and of which it depends whether the field is there.
 */
import { exprOf, formatOf, type Manifest, printed, type Scope, withItem } from './evaluate.ts';
import {
  type Answer,
  type AnyExpr,
  type Arg,
  type Each,
  ENTRIES,
  type Format,
  INCLUDE,
  isExpr,
  isNode,
  type Path,
  type Spread,
} from './expr.ts';
import { goOrder, truthy } from './functions.ts';

export type FieldPath = readonly (string | number)[];
/** A field that is there: a scalar, or a map or list that is empty. */
export interface Field {
  readonly path: FieldPath;
  readonly value: unknown;
  /** Paths of the values that it is made of, as `kafka.listeners[0].port`; `.Release.Name` and the like for what Helm says. None: it is fixed. */
  readonly values: readonly string[];
  /** Paths of the values that decide whether it is there. */
  readonly conditions: readonly string[];
  /** The sentences beside it, outermost first. */
  readonly notes: readonly string[];
}
/** A field, or a list's items, that these values leave out. */
export interface Absent {
  readonly path: FieldPath;
  readonly conditions: readonly string[];
}
export interface Traced {
  readonly object: Manifest;
  readonly fields: readonly Field[];
  readonly absent: readonly Absent[];
  /** Of the whole object. */
  readonly conditions: readonly string[];
}
export interface TracedDocuments {
  readonly objects: readonly Traced[];
  /** What decided against each document that is not there. */
  readonly absent: readonly (readonly string[])[];
}

interface Place {
  readonly scope: Scope;
  /** Of each loop variable, the values that its item is made of. */
  readonly loops: Readonly<Record<string, readonly string[]>>;
  readonly conditions: readonly string[];
  readonly notes: readonly string[];
}
interface Found {
  readonly fields: Field[];
  readonly absent: Absent[];
}
type Adds = (place: Place, body: unknown) => void;
type Leaves = (conditions: readonly string[]) => void;

/** The objects of a template, each with its fields. `scope` as for evaluateDocuments. */
export function traceDocuments(documents: object, scope: Scope): TracedDocuments {
  const objects: Traced[] = [];
  const absent: (readonly string[])[] = [];
  const add: Adds = (place, body) => {
    const found: Found = { fields: [], absent: [] };
    const object = part(body, { ...place, conditions: [], notes: place.notes }, [], found) as Manifest;
    objects.push({ object, ...found, conditions: place.conditions });
  };
  slot(documents, { scope, loops: {}, conditions: [], notes: [] }, add, conditions => absent.push(conditions));
  return { objects, absent };
}

const distinct = (all: readonly string[]) => [...new Set(all)];

/** What stands in a slot: nothing, one part or several. In a list, a list under a condition or in a loop is several items. */
function slot(n: unknown, place: Place, add: Adds, leave: Leaves, inList = true): void {
  if (!isNode(n) || isExpr(n) || n.kind === 'format') add(place, n);
  else if (n.kind === 'note') slot(n.body, { ...place, notes: [...place.notes, n.text] }, add, leave, inList);
  else if (n.kind === 'shared') slot(n.body, place, add, leave, inList);
  else if (n.kind === 'when') {
    const conditions = distinct([...place.conditions, ...uses(n.test, place)]);
    if (truthy(exprOf(n.test)(place.scope))) below(n.body, { ...place, conditions }, add, leave, inList);
    else leave(conditions);
  } else if (n.kind === 'each') loop(n, place, add, leave);
}

function below(n: unknown, place: Place, add: Adds, leave: Leaves, inList: boolean): void {
  if (inList && Array.isArray(n)) for (const item of n) below(item, place, add, leave, true);
  else slot(n, place, add, leave, inList);
}

function loop(n: Each, place: Place, add: Adds, leave: Leaves): void {
  const list = exprOf(n.list)(place.scope) as readonly unknown[];
  const from = uses(n.list, place);
  const conditions = distinct([...place.conditions, ...from]);
  if (list.length === 0) leave(conditions);
  for (const [i, item] of list.entries()) {
    const inside = withItem(place.scope, n.as, item);
    const scope = n.index === undefined ? inside : withItem(inside, n.index, i);
    const own = n.list.kind === 'path' ? from.map(path => `${path}[${i}]`) : from;
    const loops = { ...place.loops, [`$${n.as}`]: own, ...(n.index === undefined ? {} : { [`$${n.index}`]: from }) };
    below(n.body, { ...place, scope, loops, conditions }, add, leave, true);
  }
}

/** One value; its fields are added to `found`. */
function part(n: unknown, place: Place, path: FieldPath, found: Found): unknown {
  if (isExpr(n)) return leaf(printed(exprOf(n)(place.scope)), uses(n, place), place, path, found);
  if (isNode(n)) {
    const { args } = n as Format;
    const text = printed(formatOf(n as Format)(place.scope));
    return leaf(text, distinct(args.flatMap(a => uses(a, place))), place, path, found);
  }
  if (Array.isArray(n)) return list(n, place, path, found);
  if (typeof n === 'object' && n !== null) return map(n as Fields, place, path, found);
  return leaf(n, [], place, path, found);
}

function list(items: readonly unknown[], place: Place, path: FieldPath, found: Found): unknown[] {
  const all: unknown[] = [];
  const add: Adds = (at, body) => all.push(part(body, at, [...path, all.length], found));
  const leave: Leaves = conditions => found.absent.push({ path, conditions });
  for (const item of items) slot(item, place, add, leave);
  if (all.length === 0) leaf(all, [], place, path, found);
  return all;
}

type Fields = Spread & { readonly [key: string]: unknown };
function map(fields: Fields, place: Place, path: FieldPath, found: Found): Record<string, unknown> {
  const all = new Map<string, unknown>();
  const { [INCLUDE]: helper, [ENTRIES]: user } = fields;
  if (helper) {
    const root: Place = { ...place, scope: rootOf(place.scope), loops: {} };
    for (const [key, value] of Object.entries(map(helper.body as Fields, root, path, found))) all.set(key, value);
  }
  for (const key in fields) {
    const at = [...path, key];
    slot(
      fields[key],
      place,
      (inside, body) => all.set(key, part(body, inside, at, found)),
      conditions => found.absent.push({ path: at, conditions }),
      false,
    );
  }
  if (user) {
    const given = (exprOf(user.map)(place.scope) ?? {}) as Record<string, unknown>;
    const from = uses(user.map, place);
    for (const key of Object.keys(given).sort(goOrder)) {
      if (Object.hasOwn(fields, key) || user.reserved.includes(key)) continue;
      const own = from.map(path => path + step(key));
      const printedKey = printed(key) as string;
      all.set(printedKey, leaf(printed(given[key]), own, place, [...path, printedKey], found));
    }
  }
  if (all.size === 0) leaf({}, [], place, path, found);
  return Object.fromEntries(all);
}

/** A value as it is. One with parts has a field for each. */
function leaf(value: unknown, values: readonly string[], place: Place, path: FieldPath, found: Found): unknown {
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0)
    for (const [key, below] of Object.entries(value))
      leaf(below, values, place, [...path, Array.isArray(value) ? Number(key) : key], found);
  else found.fields.push({ path, value, values, conditions: place.conditions, notes: place.notes });
  return value;
}

/** A key of a map, behind the path of the map. */
const step = (key: string) => (/^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);

/** What a helper sees: no loop around it. */
const rootOf = (scope: Scope): Scope => Object.fromEntries(Object.entries(scope).filter(([base]) => base[0] === '.'));

/** The values that an expression is made of. */
function uses(e: Arg, place: Pick<Place, 'loops'>): readonly string[] {
  if (!isNode(e)) return [];
  if (e.kind === 'path') return usesOfPath(e, place);
  if (e.kind === 'answer') return usesOfHelper(e.helper);
  if (e.kind === 'call' && e.fn === 'at') return usesOfEntry(e.args, place);
  return distinct((e as { args: readonly Arg[] }).args.flatMap(a => uses(a, place)));
}

function usesOfPath({ base, keys }: Path, { loops }: Pick<Place, 'loops'>): readonly string[] {
  if (base === '.Values') return [keys.join('.')];
  if (base.startsWith('.')) return [[base, ...keys].join('.')];
  return (loops[base] ?? []).map(path => (path.endsWith(']') ? [path, ...keys].join('.') : path));
}

/** An entry of a user's map, `serving.config.observability`. */
function usesOfEntry([of, key]: readonly Arg[], place: Pick<Place, 'loops'>): readonly string[] {
  return uses(of!, place).map(path => path + step(String(key)));
}

function usesOfHelper(helper: Answer['helper']): readonly string[] {
  const none = { loops: {} };
  if (helper.kind === 'text') return uses(helper.value, none);
  if (helper.kind === 'list') return uses(helper.list, none);
  if (helper.kind === 'condition') return uses(helper.test as AnyExpr, none);
  if (helper.kind === 'static') return ['.Cluster'];
  const from = uses(helper.list as AnyExpr, none);
  return distinct([...from, ...uses(helper.item, { loops: { [`$${helper.as}`]: from } })]);
}
