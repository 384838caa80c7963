/** What we read of an OpenAPI v3 schema in a CRD. */
export interface OpenApiSchema {
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly additionalProperties?: OpenApiSchema | boolean;
  readonly items?: OpenApiSchema;
  readonly allOf?: readonly OpenApiSchema[];
  readonly anyOf?: readonly OpenApiSchema[];
  readonly oneOf?: readonly OpenApiSchema[];
  readonly not?: OpenApiSchema;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly unknown[];
  readonly [keyword: string]: unknown;
}

export type JsonSchema = Record<string, unknown>;

/** Keywords of ours, see json-schema.ts: content that cannot be checked, and a list with a key. */
export const freeFormKeyword = 'freeForm';
export const uniqueByKeyword = 'uniqueBy';

const copied = [
  ...['pattern', 'minLength', 'maxLength', 'multipleOf', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  ...['required', 'minProperties', 'maxProperties', 'minItems', 'maxItems', 'uniqueItems'],
];

/**
 * A CRD's schema as JSON schema for ajv, stricter than the API server: an object that lists properties takes no others,
 * also where the API server would prune them or keep them. Where the CRD lists nothing and keeps everything, the
 * schema says `freeForm`. CEL rules are left out (see `celRules`).
 */
export function strictSchema(schema: OpenApiSchema): JsonSchema {
  const result = constraints(schema);
  if (schema.default !== undefined) result.default = schema.default;
  if (schema.properties !== undefined) result.properties = mapValues(schema.properties, strictSchema);
  if (schema.items !== undefined) result.items = strictSchema(schema.items);
  if (typeof schema.additionalProperties === 'object') {
    result.additionalProperties = strictSchema(schema.additionalProperties);
  } else if (isFreeForm(schema)) {
    result[freeFormKeyword] = true;
  } else if (schema.type === 'object') {
    result.additionalProperties = false;
  }
  return result;
}

/** How many CEL rules (x-kubernetes-validations) a schema holds; nothing here can run them. */
export function celRules(schema: OpenApiSchema): number {
  const nested = [...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties];
  const own = schema['x-kubernetes-validations']?.length ?? 0;
  return nested.reduce<number>((sum, item) => (typeof item === 'object' ? sum + celRules(item) : sum), own);
}

function isFreeForm(schema: OpenApiSchema): boolean {
  if (schema.additionalProperties === true) return true;
  return schema['x-kubernetes-preserve-unknown-fields'] === true && Object.keys(schema.properties ?? {}).length === 0;
}

/**
 * The part of a schema that only restricts values. A structural schema lists all its fields outside of allOf, anyOf,
 * oneOf and not, so nothing inside of these closes an object.
 */
function constraints(schema: OpenApiSchema): JsonSchema {
  const entries = copied.filter(keyword => schema[keyword] !== undefined).map(keyword => [keyword, schema[keyword]]);
  const result: JsonSchema = Object.fromEntries(entries);
  // A pattern in Go's syntax, such as (?i), is more than JavaScript reads: then the value cannot be checked.
  if (!isPattern(result.pattern)) {
    delete result.pattern;
    result[freeFormKeyword] = true;
  }
  const types = typesOf(schema);
  if (types.length > 0) result.type = types;
  if (schema.enum !== undefined) result.enum = schema.nullable ? [...schema.enum, null] : schema.enum;
  exclusiveBounds(result, 'minimum', 'exclusiveMinimum');
  exclusiveBounds(result, 'maximum', 'exclusiveMaximum');
  if (schema['x-kubernetes-list-type'] === 'set') result.uniqueItems = true;
  if (schema['x-kubernetes-list-type'] === 'map') result[uniqueByKeyword] = schema['x-kubernetes-list-map-keys'] ?? [];
  for (const junctor of ['allOf', 'anyOf', 'oneOf'] as const) {
    if (schema[junctor]) result[junctor] = schema[junctor].map(restriction);
  }
  if (schema.not !== undefined) result.not = restriction(schema.not);
  return result;
}

function restriction(schema: OpenApiSchema): JsonSchema {
  const result = constraints(schema);
  if (schema.properties !== undefined) result.properties = mapValues(schema.properties, restriction);
  if (schema.items !== undefined) result.items = restriction(schema.items);
  if (typeof schema.additionalProperties === 'object') {
    result.additionalProperties = restriction(schema.additionalProperties);
  }
  return result;
}

function isPattern(pattern: unknown): boolean {
  try {
    return new RegExp(String(pattern ?? '')) instanceof RegExp;
  } catch {
    return false;
  }
}

function typesOf(schema: OpenApiSchema): string[] {
  const own = schema['x-kubernetes-int-or-string'] ? ['integer', 'string'] : schema.type ? [schema.type] : [];
  return schema.nullable && own.length > 0 ? [...own, 'null'] : own;
}

/** OpenAPI v3 says `minimum: 0, exclusiveMinimum: true`, draft-07 says `exclusiveMinimum: 0`. */
function exclusiveBounds(schema: JsonSchema, bound: string, exclusive: string): void {
  if (schema[exclusive] === true) {
    schema[exclusive] = schema[bound];
    delete schema[bound];
  } else if (schema[exclusive] === false) {
    delete schema[exclusive];
  }
}

function mapValues<T, R>(map: Readonly<Record<string, T>>, fn: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, fn(value)]));
}
