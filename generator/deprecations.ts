/** What users are told of deprecated values: in every description, in NOTES, and by validate. */
import type { Deprecation } from '../values-schema/field.ts';
import { type Expr, refs, type Schema, when } from './gotmpl/expr.ts';
import { eq, not, or } from './gotmpl/functions.ts';
import type { Chart, TextLine } from './model/chart.ts';
import { isMap } from './values/maps.ts';
import type { ValuePath } from './values/path.ts';
import { alternatives } from './values/show.ts';

type Described = Schema & {
  readonly description?: string;
  readonly default?: unknown;
  readonly deprecated?: Deprecation;
  readonly additionalProperties?: unknown;
};

/** `is deprecated since 0.2.0; use gateway.tls.source`, or `the choice a is deprecated ...`; undefined where nothing is. */
function deprecationText({ deprecated }: Described): string | undefined {
  if (deprecated === undefined) return undefined;
  const { since, instead, members } = deprecated;
  const what = members === undefined ? '' : `the choice ${alternatives(members)} `;
  return `${what}is deprecated since ${since}; use ${instead}`;
}

/** The description, with the deprecation behind it. */
export function described(schema: Schema): string {
  const { description = '' } = schema as Described;
  const text = deprecationText(schema as Described);
  return text === undefined ? description : `${description} ${capital(text.replace(/^is /, ''))}.`;
}
const capital = (s: string) => s.charAt(0).toUpperCase() + s.slice(1);

/** A sentence for each deprecated value that these values set, and where. */
export function deprecatedIn(
  schema: Schema,
  values: unknown,
  path: ValuePath = [],
): { path: ValuePath; message: string }[] {
  if (values === undefined || values === null) return [];
  const { properties = {}, items, additionalProperties, deprecated } = schema as Described;
  const below = Array.isArray(values)
    ? values.flatMap((value, i) => (items ? deprecatedIn(items, value, [...path, i]) : []))
    : Object.entries(isMap(values) ? values : {}).flatMap(([key, value]) => {
        const child = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
        return isMap(child) ? deprecatedIn(child as unknown as Schema, value, [...path, key]) : [];
      });
  const told = deprecated !== undefined && (deprecated.members?.includes(String(values)) ?? true);
  return [...(told ? [{ path, message: deprecationText(schema as Described)! }] : []), ...below];
}

/** The lines of NOTES: the chart's own, then what is deprecated. */
export const notesOf = (chart: Pick<Chart, 'notes' | 'values'>): readonly TextLine[] => [
  ...chart.notes,
  ...deprecationNotes(chart.values as Schema),
];

/**
 * Lines of NOTES for deprecated values that differ from their default: Helm does not tell a template what the user has
 * set. Of numbers, and of lists with a default, only validate tells.
 */
function deprecationNotes(schema: Schema, path: readonly string[] = []): TextLine[] {
  const below = Object.entries(schema.properties ?? {}).flatMap(([key, child]) =>
    deprecationNotes(child, [...path, key]),
  );
  const test = isUsed(schema as Described, path);
  const line = `DEPRECATED: ${path.join('.')}: ${deprecationText(schema as Described)}.`;
  return test === undefined ? below : [when(test, ['', line]), ...below];
}

function isUsed(schema: Described, path: readonly string[]): Expr<unknown> | undefined {
  if (schema.deprecated === undefined || schema.properties !== undefined) return undefined;
  const value = refs<string>(schema, '.Values', path);
  const { members } = schema.deprecated;
  if (members !== undefined)
    return members.length === 1 ? eq(value, members[0]!) : or(...members.map(m => eq(value, m)));
  if (schema.type === 'boolean') return schema.default === true ? not(value) : value;
  if (schema.type === 'string') return schema.default === '' ? value : not(eq(value, String(schema.default)));
  const isEmpty = Object.keys((schema.default ?? {}) as object).length === 0;
  return schema.type !== 'integer' && isEmpty ? value : undefined;
}
