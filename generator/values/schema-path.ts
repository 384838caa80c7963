import type { ValuePath } from './path.ts';
import type { Expected } from './traps.ts';

/** What we use of a draft-07 schema of values: no `$ref`; maps are closed or have `additionalProperties`. */
export interface ValuesSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, ValuesSchema>>;
  readonly additionalProperties?: boolean | ValuesSchema;
  readonly propertyNames?: ValuesSchema;
  readonly items?: ValuesSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly required?: readonly string[];
  /** Says in words what is allowed, with an example; follows "write". */
  readonly hint?: string;
  /** Of a whole file without defaults, which holds no values of a chart: what a key is that it does not know. */
  readonly unknown?: string;
  /** The value is never shown. */
  readonly secret?: boolean;
}

/** The schema of the value at a path; undefined where the schema knows no such place. */
export function schemaAt(schema: ValuesSchema, path: ValuePath): ValuesSchema | undefined {
  let at: ValuesSchema | undefined = schema;
  for (const step of path) {
    if (at === undefined) return undefined;
    if (typeof step === 'number') at = at.items;
    else if (at.properties && Object.hasOwn(at.properties, step)) at = at.properties[step];
    else at = typeof at.additionalProperties === 'object' ? at.additionalProperties : undefined;
  }
  return at;
}

/** For `parseValues`: the type that the schema wants at a path. */
export function expectedIn(schema: ValuesSchema): (path: ValuePath) => Expected {
  return path => {
    const at = schemaAt(schema, path);
    const type = at?.type ?? (at?.enum?.every(value => typeof value === 'string') ? 'string' : undefined);
    return type === 'string' || type === 'boolean' || type === 'integer' ? type : undefined;
  };
}

/** Whether the value at this place is a secret, or may hold one. */
export function holdsSecret(schema: ValuesSchema | undefined): boolean {
  if (schema === undefined) return false;
  const below = [...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties];
  return schema.secret === true || below.some(child => typeof child === 'object' && holdsSecret(child));
}

/** The paths of all named values, outer ones first. List items and the keys of free maps have no names. */
export function namedPaths(schema: ValuesSchema, parent: readonly string[] = []): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    const path = [...parent, key];
    return [path, ...namedPaths(child, path)];
  });
}
