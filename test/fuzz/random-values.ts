/** Random valid values of a chart, made from its values schema, and repaired until they keep the rules between values. */
import fc from 'fast-check';
import { fields } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import type { Chart } from '../../generator/model/chart.ts';
import { ruleFindings } from '../../generator/render/evaluate-chart.ts';
import { dice } from './dice.ts';
import { certificatePem, hostileText, isPermissive, privateKeyPem, words } from './hostile.ts';
import { constantsOf } from './model-constants.ts';
import { repair } from './repair.ts';

export { coverage } from './coverage.ts';

export type Values = Readonly<Record<string, unknown>>;

/** How many value sets were made, and how many of them the repair could not save. */
export interface Tally {
  made: number;
  refused: number;
}

/** What we use of JSON schema, beside what the template language uses. */
export interface ValueSchema extends Schema {
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly uniqueItems?: boolean;
  readonly propertyNames?: ValueSchema;
  readonly additionalProperties?: ValueSchema | boolean;
}

/** Sets in which little, some or nearly everything differs from the defaults: weight of the default beside one other value. */
const defaultWeights = [5, 2, 0.25];

/** Values that satisfy the chart's schema and its rules, each away from its default in a fair share of the sets. */
export function arbitraryValues(chart: Chart, tally: Tally = { made: 0, refused: 0 }): fc.Arbitrary<Values> {
  const candidates = [...words, ...constantsOf(chart)];
  const sets = defaultWeights.map(weight => arbitrarySection(chart.values as ValueSchema, weight, candidates));
  return fc
    .tuple(fc.oneof(...sets), fc.nat())
    .map(([values, seed]) => repair(chart, structuredClone(values) as Values, dice(seed)))
    .filter(values => {
      const refused = ruleFindings(chart, values).length > 0;
      tally.made += 1;
      tally.refused += refused ? 1 : 0;
      return !refused;
    });
}

/** A value set without the leaves that are as the chart's defaults: what a user would write. */
export function overridesOf(chart: Chart, values: Values): Values {
  const overrides: Record<string, unknown> = {};
  for (const { path, schema } of fields(chart.values as Schema)) {
    const keys = path.split('.');
    const value = keys.reduce<unknown>((at, key) => (at as Values)[key], values);
    if (JSON.stringify(value) === JSON.stringify(schema.default)) continue;
    let at = overrides;
    for (const key of keys.slice(0, -1)) {
      at[key] ??= {};
      at = at[key] as Record<string, unknown>;
    }
    at[keys.at(-1) as string] = value;
  }
  return overrides;
}

function arbitrarySection(schema: ValueSchema, weight: number, candidates: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.properties === undefined) return biased(schema, weight, candidates);
  const children = Object.entries(schema.properties).map(([key, child]) => [
    key,
    arbitrarySection(child, weight, candidates),
  ]);
  return fc.record(Object.fromEntries(children));
}

/** The default, or something else: cross-shrinking makes a failing set as plain as it can be. */
function biased(schema: ValueSchema, weight: number, candidates: readonly string[]): fc.Arbitrary<unknown> {
  // Where there are many others, each has its turn.
  const choices = Math.max(2, (schema.enum?.length ?? 0) - 1);
  const usual = { weight: Math.max(1, Math.round((8 * weight) / choices)), arbitrary: fc.constant(schema.default) };
  const other = { weight: 4, arbitrary: elsewhere(schema, candidates) };
  return fc.oneof({ withCrossShrink: true }, usual, other);
}

function elsewhere(schema: ValueSchema, candidates: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.type === 'boolean') return fc.constant(!schema.default);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.filter(value => value !== schema.default));
  return arbitraryValue(schema, candidates);
}

/** Any value that the schema allows. */
function arbitraryValue(schema: ValueSchema, candidates: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.properties !== undefined) {
    const children = Object.entries(schema.properties).map(([key, child]) => [key, arbitraryValue(child, candidates)]);
    const requiredKeys = [...(schema.required ?? [])] as never[];
    return fc.record(Object.fromEntries(children), { requiredKeys });
  }
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer') return arbitraryInteger(schema);
  if (schema.type === 'array') return arbitraryList(schema, candidates);
  if (schema.type === 'object') return arbitraryMap(schema, candidates);
  if (schema.type === 'string') return arbitraryText(schema, candidates);
  throw new TypeError(`no random values for a schema of type ${schema.type}; add it to test/fuzz/random-values.ts`);
}

function arbitraryInteger({
  minimum: min = 0,
  maximum: max = Number.MAX_SAFE_INTEGER,
}: ValueSchema): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constantFrom(min, max),
    fc.integer({ min, max }),
    fc.integer({ min, max: Math.min(max, min + 9999) }),
  );
}

/** By grammar where there is one: what grows from it, words that it happens to allow, and the longest that it allows. */
function arbitraryText(schema: ValueSchema, candidates: readonly string[]): fc.Arbitrary<string> {
  const { pattern, minLength = 0, maxLength = Number.MAX_SAFE_INTEGER } = schema;
  const grammar = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  const allowed = (text: string) =>
    [...text].length >= minLength && [...text].length <= maxLength && (grammar?.test(text) ?? true);
  if (schema.description?.includes('PEM')) return (schema.secret ? privateKeyPem : certificatePem).filter(allowed);
  if (grammar === undefined || isPermissive(allowed)) return hostileText(maxLength, allowed);
  const constants = (texts: readonly string[], weight: number) => {
    const usable = texts.filter(allowed);
    return usable.length === 0 ? [] : [{ weight, arbitrary: fc.constantFrom(...usable) }];
  };
  const grown = fc.stringMatching(new RegExp(grammar.source), { size: 'small' }).filter(allowed);
  return fc.oneof({ weight: 6, arbitrary: grown }, ...constants(candidates, 3), ...constants(longest(maxLength), 1));
}

/** Texts of exactly the length: one word, DNS labels of 63, 62 and 1 letters, each also with an ending that grammars ask for. */
function longest(length: number): string[] {
  if (length > 600) return [];
  const bodies = [1, 2, 62, 63, 1000].map(n => `${'a'.repeat(n)}.`.repeat(Math.ceil(length / (n + 1))));
  const ends = ['', ':9092', ':1', '/a', `/${'a'.repeat(63)}`, '.a', 'a'];
  return bodies.flatMap(body => ends.map(end => body.slice(0, length - end.length) + end));
}

/** Mostly short; sometimes as long as it may be, up to 40. */
function arbitraryList(schema: ValueSchema, candidates: readonly string[]): fc.Arbitrary<unknown[]> {
  const { minItems: minLength = 0, maxItems = 40, uniqueItems = false } = schema;
  const item = arbitraryValue(schema.items as ValueSchema, candidates);
  const upTo = (maxLength: number, least = minLength) =>
    uniqueItems
      ? fc.uniqueArray(item, { minLength: least, maxLength, selector: value => JSON.stringify(value), size: 'max' })
      : fc.array(item, { minLength: least, maxLength, size: 'max' });
  const most = Math.min(maxItems, 40);
  const full = { weight: 1, arbitrary: upTo(most, most) };
  return fc.oneof({ weight: 60, arbitrary: upTo(Math.min(maxItems, 5)) }, full);
}

function arbitraryMap(schema: ValueSchema, candidates: readonly string[]): fc.Arbitrary<object> {
  const { propertyNames, additionalProperties, minProperties: minLength = 0 } = schema;
  if (typeof additionalProperties !== 'object')
    return fc.constantFrom({}, { note: 'x: "y"' }, { nested: { list: [1, 'a'] } });
  const key = arbitraryText(propertyNames ?? schema, candidates);
  const pair = fc.tuple(key, arbitraryValue(additionalProperties, candidates));
  // Not an assignment, because a key may be __proto__.
  return fc
    .uniqueArray(pair, { minLength, maxLength: 4, size: 'max', selector: ([k]) => k })
    .map(pairs => Object.fromEntries(pairs));
}
