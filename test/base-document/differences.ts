import { isDeepStrictEqual } from 'node:util';

/** One field with what each side has there; undefined for nothing. */
export interface FieldDifference {
  readonly path: string;
  readonly document: unknown;
  readonly ours: unknown;
}
type FieldMap = Readonly<Record<string, unknown>>;

export const isMap = (value: unknown): value is FieldMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isFilledMap = (value: unknown): value is FieldMap => isMap(value) && Object.keys(value).length > 0;

/**
 * The fields that differ. A map that one side lacks gives a row for each of its fields, a list that one side lacks one
 * row. Items of lists are paired by name, else by number, else by position; another order is a difference, too.
 */
export function differencesOf(document: unknown, ours: unknown, path = ''): FieldDifference[] {
  if (isMap(document) && isMap(ours)) return mapDifferences(document, ours, path);
  if (isFilledMap(document) && ours === undefined) return mapDifferences(document, {}, path);
  if (document === undefined && isFilledMap(ours)) return mapDifferences({}, ours, path);
  if (Array.isArray(document) && Array.isArray(ours)) return listDifferences(document, ours, path);
  return isDeepStrictEqual(document, ours) ? [] : [{ path, document, ours }];
}

/** `spec.sink.enabled: nothing -> true` */
export const lineOf = ({ path, document, ours }: FieldDifference): string =>
  `${path}: ${show(document)} -> ${show(ours)}`;
const show = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value, byKeyName));
const byKeyName = (_: string, value: unknown) =>
  isMap(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

function mapDifferences(document: FieldMap, ours: FieldMap, path: string): FieldDifference[] {
  const keys = new Set([...Object.keys(document), ...Object.keys(ours)]);
  return [...keys].flatMap(key => differencesOf(document[key], ours[key], path === '' ? key : path + step(key)));
}
const step = (key: string) => (/^[\w-]+$/.test(key) ? `.${key}` : `["${key}"]`);

function listDifferences(document: readonly unknown[], ours: readonly unknown[], path: string): FieldDifference[] {
  const key = ['name', 'number'].find(name => identifies(name, document) && identifies(name, ours));
  if (key === undefined)
    return positions(document, ours).flatMap(i => differencesOf(document[i], ours[i], `${path}[${i}]`));
  const [left, right] = [byKey(document, key), byKey(ours, key)];
  const rows = [...new Set([...left.keys(), ...right.keys()])].flatMap(id =>
    differencesOf(left.get(id), right.get(id), `${path}[${key}=${id}]`),
  );
  const order = [left, right].map((side, i) => [...side.keys()].filter(id => (i === 0 ? right : left).has(id)));
  return [...rows, ...differencesOf(order[0]!.join(), order[1]!.join(), `${path}, order`)];
}

const positions = (a: readonly unknown[], b: readonly unknown[]) => [...Array(Math.max(a.length, b.length)).keys()];
const byKey = (list: readonly unknown[], key: string) =>
  new Map(list.map(item => [String((item as FieldMap)[key]), item]));
const identifies = (key: string, list: readonly unknown[]): boolean =>
  list.every(item => isMap(item) && item[key] !== undefined) && byKey(list, key).size === list.length;
