/** Ways to break the values schema, each at any place where it can be broken. */
import type { Dice } from './dice.ts';
import { words } from './hostile.ts';
import type { ValueSchema, Values } from './random-values.ts';

type Step = string | number;
/** A place in a value set: what stands there, and what the schema says about it. */
interface Site {
  readonly path: readonly Step[];
  readonly schema: ValueSchema;
  readonly value: unknown;
}
/** The value to put in the place of another, as `{ value }`; nothing where this way of breaking does not apply. */
type Break = (site: Site, d: Dice) => { readonly value: unknown } | undefined;

export interface Mutation {
  readonly kind: string;
  readonly path: readonly Step[];
  readonly values: Values;
}

const hostileTexts = [
  'a\nb: c',
  'a\n',
  '\n',
  ' ',
  'a b',
  '"',
  "'",
  '{{ .Values }}',
  '*',
  'é',
  '😀',
  'a: b',
  '#',
  'A_',
  '-',
  '\t',
  'x'.repeat(70),
];
const unlike: Readonly<Record<string, readonly unknown[]>> = {
  string: [5, 1.5, true, false, ['a'], { a: 'b' }, [], {}],
  boolean: ['true', 'false', '', 0, 1, [], { a: true }],
  integer: ['1', '', 1.5, true, [1], {}, -0.5, 1e-9],
  array: ['a', '', 5, true, {}, { 0: 'a' }],
  object: ['a', '', 5, false, [], [{ a: 'b' }]],
};
const strangers = [
  'oops',
  'Enabled',
  '__proto__',
  'constructor',
  'toString',
  '0',
  '',
  'a b',
  'a\nb',
  'a.b',
  '{{ a }}',
  'é',
];

const one = (value: unknown) => ({ value });
const isMap = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);
/** Not an assignment, because a key may be __proto__. */
const withKey = (map: unknown, key: string, value: unknown) =>
  one(Object.fromEntries([...Object.entries(map as object), [key, value]]));
const matches = (pattern: string | undefined, text: string) =>
  pattern !== undefined && new RegExp(pattern, 'u').test(text);

/** A value that the schema of items or entries allows, different for each number. */
function sample(schema: ValueSchema, n: number): unknown {
  if (schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([key, child]) => [key, sample(child as ValueSchema, n)]),
    );
  if (schema.type === 'integer') return n + 1;
  if (schema.type === 'object') return { [`k${n}`]: sample(schema.additionalProperties as ValueSchema, n) };
  return [`a${n}`, `a${n}.b`, `a${n}:9092`, `${n + 1}`].find(
    text => schema.pattern === undefined || matches(schema.pattern, text),
  );
}
const samples = (schema: ValueSchema, count: number) => Array.from({ length: count }, (_, n) => sample(schema, n));

export const breaks: Readonly<Record<string, Break>> = {
  'wrong type': ({ schema }, d) => one(d.pick(unlike[schema.type ?? 'string']!)),
  'null for a declared key': ({ path, schema }) =>
    typeof path.at(-1) === 'string' && 'default' in schema ? one(null) : undefined,
  'null for a whole section': ({ path, schema }) => (path.length > 0 && schema.properties ? one(null) : undefined),
  'null in a list': ({ path }) => (typeof path.at(-1) === 'number' ? one(null) : undefined),
  'unknown key': ({ schema, value }, d) =>
    schema.properties ? withKey(value, d.pick(strangers), d.pick([true, 'a', {}])) : undefined,
  'missing key of an item': ({ path, schema, value }, d) => {
    if (typeof path.at(-1) !== 'number' || !schema.properties) return undefined;
    const { [d.pick(schema.required ?? [])]: _, ...others } = value as Values;
    return one(others);
  },
  'outside the enum': ({ schema }, d) =>
    schema.enum ? one(d.pick(['', 'oops', 'ISTIO', `${schema.enum[0]} `, `${schema.enum[0]}\n`])) : undefined,
  'pattern broken': ({ schema }, d) => {
    const texts = [...hostileTexts, ...words].filter(
      text => schema.pattern !== undefined && !matches(schema.pattern, text),
    );
    return texts.length > 0 ? one(d.pick(texts)) : undefined;
  },
  'pattern broken at the end': ({ schema, value }, d) => {
    if (schema.pattern === undefined) return undefined;
    const text = `${value}${d.pick(['\n', ' ', '\r', '\u00a0', '\n\n', '\u0001', '\u007f', '\u2028'])}`;
    return matches(schema.pattern, text) ? undefined : one(text);
  },
  'hostile key': ({ schema, value }, d) => {
    if (typeof schema.additionalProperties !== 'object') return undefined;
    const keys = [...hostileTexts, '', 'a/b/c', '/a', 'config map'].filter(
      key => !matches(schema.propertyNames?.pattern, key),
    );
    return withKey(value, d.pick(keys), sample(schema.additionalProperties, 0));
  },
  'below the minimum': ({ schema }, d) =>
    schema.minimum === undefined ? undefined : one(schema.minimum - d.pick([1, 2, 1e9])),
  'above the maximum': ({ schema }, d) =>
    schema.maximum === undefined ? undefined : one(schema.maximum + d.pick([1, 2, 1e9])),
  'too long': ({ schema }) =>
    schema.type === 'string' && schema.maxLength !== undefined ? one('a'.repeat(schema.maxLength + 1)) : undefined,
  'key too long': ({ schema, value }) => {
    if (typeof schema.additionalProperties !== 'object') return undefined;
    return withKey(
      value,
      'a'.repeat((schema.propertyNames?.maxLength ?? 0) + 1),
      sample(schema.additionalProperties, 0),
    );
  },
  'too few items': ({ schema }) => ((schema.minItems ?? 0) > 0 ? one([]) : undefined),
  'too many items': ({ schema }) =>
    schema.maxItems === undefined ? undefined : one(samples(schema.items as ValueSchema, schema.maxItems + 1)),
  'duplicate item': ({ schema, value }) =>
    schema.uniqueItems && (value as unknown[]).length > 0
      ? one([...(value as unknown[]), (value as unknown[])[0]])
      : undefined,
  'too few entries': ({ schema }) => ((schema.minProperties ?? 0) > 0 ? one({}) : undefined),
};

/** All places of a value set; `global` is left out, as an umbrella chart puts its own there. */
function sites(schema: ValueSchema, value: unknown, path: readonly Step[] = []): Site[] {
  const children: [Step, ValueSchema | undefined][] = Array.isArray(value)
    ? value.map((_, i) => [i, schema.items as ValueSchema])
    : isMap(value)
      ? Object.keys(value).map(key => [key, (schema.properties?.[key] ?? schema.additionalProperties) as ValueSchema])
      : [];
  const below = children.flatMap(([step, child]) =>
    typeof child === 'object' && step !== 'global' ? sites(child, (value as Values)[step], [...path, step]) : [],
  );
  return [{ path, schema, value }, ...below];
}

/** The value set with one thing wrong; nothing where it has no place for that. */
export function mutate(schema: ValueSchema, values: Values, kind: string, d: Dice): Mutation | undefined {
  const broken = sites(schema, values)
    // The whole set must stay a map.
    .filter(({ path }) => path.length > 0 || kind === 'unknown key')
    .map(site => ({ site, broken: breaks[kind]!(site, d) }))
    .filter(({ broken }) => broken !== undefined);
  if (broken.length === 0) return undefined;
  const { site, broken: replacement } = d.pick(broken);
  return { kind, path: site.path, values: replaced(values, site.path, replacement!.value) as Values };
}

/** A copy with another value at the path. */
export function replaced(at: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(at)) return at.map((item, i) => (i === step ? replaced(item, rest, value) : item));
  const entries = Object.entries(at as object);
  return Object.fromEntries(entries.map(([key, child]) => [key, key === step ? replaced(child, rest, value) : child]));
}
