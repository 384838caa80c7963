import { type Broken, count, given, plain, range, size } from './broken.ts';
import { insteadOf, nearest } from './nearest.ts';
import { pathText } from './path.ts';
import type { ValuesSchema } from './schema-path.ts';
import { alternatives } from './show.ts';
import { wrongType } from './wrong-type.ts';

/** What is wrong; what to write instead. A rule without a row here is told in ajv's words, which hold no values. */
export function sentence(broken: Broken): string {
  const { error, field } = broken;
  const row = rows.get(error.keyword);
  return row ? row(broken) : `${given(broken)}; write ${field.hint ?? `what the schema asks for: it ${error.message}`}`;
}

const rows: ReadonlyMap<string, (broken: Broken) => string> = new Map([
  ['additionalProperties', unknownKey],
  ['type', wrongType],
  ['enum', notInList],
  ['const', broken => `${given(broken)}; write ${plain(broken.field.const)}`],
  ['pattern', wrongForm],
  ['minLength', tooShort],
  ['maxLength', ({ value, error }) => `${length(value)}; write at most ${error.params.limit}`],
  ['minimum', outOfRange],
  ['maximum', outOfRange],
  ['minItems', ({ value, error }) => `${size(value, 'item')}; write at least ${error.params.limit}`],
  ['maxItems', ({ value, error }) => `${size(value, 'item')}; write at most ${error.params.limit}`],
  ['minProperties', ({ value, error }) => `${size(value, 'key')}; write at least ${error.params.limit}`],
  ['maxProperties', ({ value, error }) => `${size(value, 'key')}; write at most ${error.params.limit}`],
  ['uniqueItems', twice],
  ['propertyNames', wrongKey],
  ['required', missing],
]);

function unknownKey({ error, path, root, field }: Broken): string {
  const instead = insteadOf(error.params.additionalProperty, path, root, Object.keys(field.properties ?? {}));
  return `${root.unknown ?? 'is no value of this chart'}; ${instead}`;
}

function notInList(broken: Broken): string {
  const allowed = (broken.field.enum ?? []).map(plain);
  const meant = typeof broken.value === 'object' || broken.hidden ? undefined : nearest(String(broken.value), allowed);
  const guess = meant === undefined ? '' : ` (did you mean ${meant}?)`;
  return `${given(broken)}; write ${alternatives(allowed)}${guess}`;
}

function wrongForm(broken: Broken): string {
  return `${given(broken)}; write ${broken.field.hint ?? `a text that matches ${broken.field.pattern}`}`;
}

function tooShort(broken: Broken): string {
  const { value, error, field } = broken;
  const instead = field.hint ?? `at least ${count(error.params.limit, 'character')}`;
  return `${length(value)}; write ${instead}`;
}

/** In characters as a schema counts them, which is not JavaScript's length. */
function length(value: unknown): string {
  return value === '' ? 'is empty' : `has ${count([...String(value)].length, 'character')}`;
}

function outOfRange(broken: Broken): string {
  return `${given(broken)}; write ${range(broken.field)}`;
}

function twice({ error, path, value, hidden }: Broken): string {
  const { i, j } = error.params as { i: number; j: number };
  const item: unknown = Array.isArray(value) ? value[i] : undefined;
  const shown = hidden || typeof item === 'object' || item === undefined ? '' : `, ${plain(item)}`;
  return `is the same as ${pathText([...path, Math.min(i, j)])}${shown}; remove one of the two`;
}

function wrongKey({ field }: Broken): string {
  const { hint, pattern, maxLength } = field.propertyNames ?? {};
  const form = pattern === undefined ? undefined : `a key that matches ${pattern}`;
  return `is not allowed as a key; write ${hint ?? form ?? (maxLength ? `at most ${maxLength} characters` : 'another key')}`;
}

/** Values of the chart have a default, so one of them is missing only when null deleted it; fields of list items have none. */
function missing({ path, root }: Broken): string {
  let at: ValuesSchema | undefined = root;
  for (const step of path) at = at?.properties && Object.hasOwn(at.properties, step) ? at.properties[step] : undefined;
  return at === undefined || root.unknown !== undefined
    ? 'is missing; write it'
    : 'was deleted with null; leave it out to get the default';
}
