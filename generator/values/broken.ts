import type { ErrorObject } from 'ajv';
import { isMap } from './maps.ts';
import type { ValuePath } from './path.ts';
import type { ValuesSchema } from './schema-path.ts';
import { shortened } from './show.ts';

/** One rule of the schema that one value breaks. */
export interface Broken {
  readonly error: ErrorObject;
  readonly path: ValuePath;
  readonly root: ValuesSchema;
  readonly field: ValuesSchema;
  readonly value: unknown;
  readonly hidden: boolean;
}

/** `is "x"`, `is a map`; nothing of the value when it is hidden. */
export function given({ value, hidden }: Pick<Broken, 'value' | 'hidden'>): string {
  if (value === '') return 'is an empty text';
  if (Array.isArray(value)) return 'is a list';
  if (isMap(value)) return 'is a map';
  if (hidden) return `is a wrong ${typeof value === 'string' ? 'text' : typeof value} (not shown)`;
  return `is ${shortened(JSON.stringify(value) ?? 'missing')}`;
}

/** A value of the schema's, in quotes only where it needs them. */
export function plain(value: unknown): string {
  return typeof value === 'string' && /^[\w.-]+$/.test(value) ? value : shortened(JSON.stringify(value) ?? '');
}

/** `is empty`, `has 2 items`. */
export function size(value: unknown, unit: string): string {
  const length = typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
  return length === 0 ? 'is empty' : `has ${count(length, unit)}`;
}

export function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

/** What a number may be, in words. */
export function range({ type, minimum, maximum, hint }: ValuesSchema): string {
  const number = type === 'integer' ? 'a whole number' : 'a number';
  if (hint !== undefined) return hint;
  if (minimum !== undefined && maximum !== undefined) return `${number} from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `${number}, at least ${minimum}`;
  return maximum === undefined ? number : `${number}, at most ${maximum}`;
}
