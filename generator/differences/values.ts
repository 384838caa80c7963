/** What two versions of a chart declare as values, and where that differs. Reads values.schema.json as well as our schema. */
import { isDeepStrictEqual } from 'node:util';

/** What a value must be: its keywords of JSON schema, without words and without what is below it. */
export type ValueRow = Readonly<Record<string, unknown>>;

/**
 * The rows by path: `kafka.broker.numPartitions`, the items of a list as `mesh.members[]` or `kafka.listeners[].port`, the
 * values of a map as `commonLabels.*`, and its keys as `commonLabels.*~`. Groups have no row.
 */
export type FlatValues = Readonly<Record<string, ValueRow>>;

export interface ValueDifference {
  readonly path: string;
  /** Undefined for a value that is new. */
  readonly before?: ValueRow | undefined;
  /** Undefined for a value that is gone. */
  readonly after?: ValueRow | undefined;
  /** The keywords that differ, sorted; empty for a value that is new or gone. */
  readonly keywords: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;
const isMap = (x: unknown): x is Json => typeof x === 'object' && x !== null && !Array.isArray(x);

/** Keywords that say nothing of what is allowed, or that have rows of their own. `secret` and `deprecated` are ours. */
const NO_RULES = [
  'title',
  'description',
  '$schema',
  '$comment',
  'hint',
  'properties',
  'items',
  'propertyNames',
  'required',
];

/** The rows of a schema, sorted by path. */
export function flatValues(schema: object): FlatValues {
  const rows: [string, ValueRow][] = [];
  addRows(schema as Json, '', {}, rows);
  return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function addRows(schema: Json, path: string, more: ValueRow, rows: [string, ValueRow][]): void {
  const { properties, items, propertyNames, additionalProperties } = schema;
  if (!isMap(properties)) {
    const kept = Object.entries(schema).filter(
      ([k, x]) => !NO_RULES.includes(k) && !(k === 'additionalProperties' && isMap(x)),
    );
    rows.push([path, Object.fromEntries([...kept, ...Object.entries(more)].sort(([a], [b]) => (a < b ? -1 : 1)))]);
  }
  // A value at a place of its own has a default. One in an item of a list must be written where the schema requires it.
  const inItem = /\[\]|\.\*/.test(path);
  // Where a whole group or list is deprecated, all in it is.
  const deprecated = schema.deprecated ?? more.deprecated;
  const inherited = deprecated === undefined ? {} : { deprecated };
  const required = inItem && Array.isArray(schema.required) ? schema.required : [];
  for (const [key, child] of Object.entries(isMap(properties) ? properties : {})) {
    const own = { ...inherited, ...(required.includes(key) ? { required: true } : {}) };
    addRows(child as Json, path === '' ? key : `${path}.${key}`, own, rows);
  }
  if (isMap(items)) addRows(items, `${path}[]`, inherited, rows);
  if (isMap(additionalProperties)) addRows(additionalProperties, `${path}.*`, inherited, rows);
  if (isMap(propertyNames)) addRows(propertyNames, `${path}.*~`, {}, rows);
}

/** Every value that is new, gone or other, sorted by path. */
export function valueDifferences(before: FlatValues, after: FlatValues): ValueDifference[] {
  const row = (rows: FlatValues, path: string) => (Object.hasOwn(rows, path) ? rows[path] : undefined);
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return paths.flatMap((path): ValueDifference[] => {
    const [a, b] = [row(before, path), row(after, path)];
    if (a === undefined || b === undefined) return [{ path, before: a, after: b, keywords: [] }];
    const keywords = [...new Set([...Object.keys(a), ...Object.keys(b)])]
      .filter(key => !isDeepStrictEqual(a[key], b[key]))
      .sort();
    return keywords.length === 0 ? [] : [{ path, before: a, after: b, keywords }];
  });
}
