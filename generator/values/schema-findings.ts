import type { ErrorObject } from 'ajv';
import type { ValuePath } from './path.ts';
import { holdsSecret, schemaAt, type ValuesSchema } from './schema-path.ts';
import { sentence } from './sentences.ts';
import { mayShow } from './show.ts';

export interface SchemaFinding {
  readonly path: (string | number)[];
  /** One sentence: what is wrong; what to write instead. */
  readonly message: string;
}

/** Keywords that break together for one cause at one place: only the first of a row speaks. */
const sameCause: readonly (readonly string[])[] = [
  ['enum', 'const', 'type'],
  ['minLength', 'maxLength', 'pattern', 'format'],
  ['minimum', 'exclusiveMinimum'],
  ['maximum', 'exclusiveMaximum'],
];

/**
 * ajv's errors (draft-07, `allErrors`) in words, one finding for each place and cause. `values` are those that were
 * checked. A value is shown shortened, and not at all when it is a secret or may hold one: the messages go to CI logs.
 */
export function schemaFindings(errors: readonly ErrorObject[], schema: ValuesSchema, values: unknown): SchemaFinding[] {
  const seen = new Set(errors.map(error => `${error.keyword} ${error.instancePath}`));
  const findings = errors
    .filter(error => !isFollowUp(error, seen))
    .map(error => {
      const path = pathOf(error.instancePath, values);
      const value = valueAt(values, path);
      const field = schemaAt(schema, path) ?? {};
      const hidden = isHidden(schema, values, path, value);
      return {
        path: [...path, ...furtherStep(error)],
        message: sentence({ error, path, root: schema, field, value, hidden }),
      };
    });
  const unique = new Map(findings.map(finding => [JSON.stringify(finding), finding]));
  return [...unique.values()];
}

/** A wrong key comes once for each rule that it breaks, then as `propertyNames`; `if` only says that `then` was broken. */
function isFollowUp({ keyword, instancePath, propertyName }: ErrorObject, seen: ReadonlySet<string>): boolean {
  if (propertyName !== undefined || keyword === 'if') return true;
  const row = sameCause.find(keywords => keywords.includes(keyword)) ?? [];
  return row.slice(0, row.indexOf(keyword)).some(before => seen.has(`${before} ${instancePath}`));
}

/** The finding is about a key or an item of the place that ajv names. */
function furtherStep({ keyword, params }: ErrorObject): (string | number)[] {
  if (keyword === 'uniqueItems') return [Math.max(params.i, params.j)];
  const key: unknown = params.additionalProperty ?? params.missingProperty ?? params.propertyName;
  return typeof key === 'string' ? [key] : [];
}

/** ajv's JSON pointer does not tell the key "0" from the first item of a list; the values do. */
function pathOf(pointer: string, values: unknown): (string | number)[] {
  const steps = pointer.split('/').slice(1);
  const path: (string | number)[] = [];
  for (const step of steps) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(valueAt(values, path)) ? Number(key) : key);
  }
  return path;
}

function valueAt(values: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? Reflect.get(at, step) : undefined,
    values,
  );
}

/**
 * Hidden is what the schema calls secret, with all around and below it, and what looks like a part of a private key, with
 * its neighbours: the last line of a key, in a list of lines, looks like any short text.
 */
function isHidden(schema: ValuesSchema, values: unknown, path: ValuePath, value: unknown): boolean {
  if (value === null || typeof value === 'boolean') return false;
  const above = path.map((_, index) => path.slice(0, index));
  if (holdsSecret(schemaAt(schema, path)) || above.some(at => schemaAt(schema, at)?.secret)) return true;
  const parent = path.length > 0 ? valueAt(values, path.slice(0, -1)) : undefined;
  return isKeyPart(value) || hasKeyPart(value) || hasKeyPart(parent);
}

const isKeyPart = (value: unknown): boolean => typeof value === 'string' && !mayShow(value);

/** Known once for each list and map: thousands of items may each have a finding, and all have the same neighbours. */
const known = new WeakMap<object, boolean>();
function hasKeyPart(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const has = known.get(value) ?? Object.values(value).some(isKeyPart);
  known.set(value, has);
  return has;
}
