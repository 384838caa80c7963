import { type Broken, given, range } from './broken.ts';
import type { ValuesSchema } from './schema-path.ts';
import { alternatives, quoted } from './show.ts';

/** A value of another type than the schema's: what it is, and how the same value would be written in the right type. */
export function wrongType(broken: Broken): string {
  const types = [broken.field.type ?? []].flat();
  const instead =
    types.length === 1 ? ofType(types[0] ?? '', broken) : alternatives(types.map(type => typeNames.get(type) ?? type));
  const orNothing = broken.value === null ? ', or remove the line' : '';
  return `${given(broken)}${kind(broken)}; write ${instead}${orNothing}`;
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['boolean', 'true or false'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['array', 'a list'],
  ['object', 'a map'],
  ['null', 'null'],
]);

/** `, a number` behind a value that is shown. */
function kind({ value, hidden }: Broken): string {
  if (hidden || value === '' || value === null || typeof value === 'object') return '';
  return typeof value === 'string' ? ', a text' : `, a ${typeof value}`;
}

function ofType(type: string, broken: Broken): string {
  const { field, value } = broken;
  const same = broken.hidden ? undefined : sameInType(type, broken);
  if (same !== undefined) return same;
  if (type === 'integer' || type === 'number') return range(field);
  if (type === 'object') return mapOf(field, value);
  return field.hint ?? typeNames.get(type) ?? type;
}

/** The value itself, written so that it has the right type; undefined when that would not be allowed either. */
function sameInType(type: string, { value, field }: Broken): string | undefined {
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    const fits = field.pattern === undefined || new RegExp(field.pattern, 'u').test(String(value));
    return fits ? `${quoted(String(value))} in quotes` : undefined;
  }
  if (typeof value !== 'string' || value === '') return undefined;
  if (type === 'integer') return /^(0|[1-9]\d{0,9})$/.test(value) ? `${value} without quotes` : undefined;
  if (type === 'array') return `a list: [${quoted(value)}]`;
  if (type !== 'boolean') return undefined;
  if (/^(true|yes|on|y)$/i.test(value)) return 'true without quotes';
  return /^(false|no|off|n)$/i.test(value) ? 'false without quotes' : undefined;
}

function mapOf({ properties = {} }: ValuesSchema, value: unknown): string {
  if (typeof value === 'boolean' && properties.enabled?.type === 'boolean') return `a map: {enabled: ${value}}`;
  const names = Object.keys(properties);
  return names.length === 0 ? 'a map' : `a map of ${names.join(', ')}`;
}
