/** The values schema as a list of fields, for values.yaml and the README table. */
import type { Schema } from '../gotmpl/expr.ts';

export interface Field {
  readonly path: string;
  readonly schema: Schema & { readonly title: string; readonly description: string; readonly default?: unknown };
}

/** Leaves of the schema in order: what a user sets. Maps and lists are one field. */
export function fields(schema: Schema, path = ''): Field[] {
  if (schema.properties === undefined) return [{ path, schema: schema as Field['schema'] }];
  return Object.entries(schema.properties).flatMap(([key, child]) =>
    fields(child, path === '' ? key : `${path}.${key}`),
  );
}

/** The default values that the schema declares. */
export function defaults(schema: Schema): unknown {
  if (schema.properties === undefined) return structuredClone((schema as { default?: unknown }).default);
  return Object.fromEntries(Object.entries(schema.properties).map(([key, child]) => [key, defaults(child)]));
}

/** What may be written, in words: `string`, `one of istio, kourier`, `integer, 1 to 65535`, `list of string`. */
export function typeWords(schema: Schema): string {
  if (schema.enum !== undefined) return `one of ${schema.enum.join(', ')}`;
  if (schema.type === 'integer') return `integer, ${(schema as { minimum?: number }).minimum} to ${schema.maximum}`;
  if (schema.type === 'array') {
    const items = schema.items!;
    return items.properties ? `list of {${Object.keys(items.properties).join(', ')}}` : `list of ${typeWords(items)}`;
  }
  if (schema.type === 'object') {
    const values = (schema as { additionalProperties?: Schema }).additionalProperties;
    if (typeof values !== 'object') return 'map';
    return values.type === 'object' ? 'map of maps of strings' : 'map of strings';
  }
  return schema.type ?? 'any';
}
