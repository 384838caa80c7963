/** What a setting could be, so that a field becomes what is there. Each guess is tried; a wrong one costs nothing but time. */
import type { Field } from '../emit/fields.ts';
import type { Schema } from '../gotmpl/expr.ts';
import { knativeNamespaces } from '../model/facts/names.ts';
import { isMap } from '../values/maps.ts';

/** What a difference tells. */
export interface Hint {
  /** The field as it is rendered, and as it is there. */
  readonly want: unknown;
  readonly have: unknown;
  /** Items that the list there has more, and that it has not. */
  readonly plus: readonly unknown[];
  readonly minus: readonly unknown[];
  /** The list that is there. */
  readonly items?: readonly unknown[];
  /** Of a list of maps: the field of the object that a key of the value becomes. */
  readonly keys?: ReadonlyMap<string, string>;
  /** The last two steps of the field's path. */
  readonly last?: readonly string[];
}

export function valuesFor({ schema }: Field, current: unknown, hint: Hint): unknown[] {
  return guesses(schema, current, hint).filter(guess => guess !== undefined && guess !== current);
}

function guesses(schema: Schema, current: unknown, hint: Hint): unknown[] {
  if (schema.type === 'boolean') return [current !== true];
  if (schema.enum !== undefined) return [...schema.enum].reverse();
  if (schema.type === 'integer') return numbers(String(current), hint);
  if (schema.type === 'string') return texts(String(current), hint);
  if (schema.type === 'array') return lists(schema, current as readonly unknown[], hint);
  return maps(schema, current, hint);
}

function numbers(current: string, { want, have }: Hint): unknown[] {
  if (typeof have === 'number') return [have];
  return typeof have === 'string'
    ? spliced(current, want, have)
        .filter(text => /^\d{1,9}$/.test(text))
        .map(Number)
    : [];
}

function texts(current: string, { want, have }: Hint): unknown[] {
  if (have === undefined) return [''];
  if (typeof have === 'number') return shifted(current, want, have);
  return typeof have === 'string' ? [have, ...spliced(current, want, have)] : [];
}

/** A duration, of which the field is so many seconds more: where `35s` is rendered as 60, 145 means `120s`, or `2m`. */
function shifted(current: string, want: unknown, have: number): string[] {
  const [, digits, unit] = /^(\d+)([sm])$/.exec(current) ?? [];
  if (typeof want !== 'number' || digits === undefined) return [];
  const seconds = (unit === 'm' ? 60 : 1) * Number(digits) + have - want;
  return [`${seconds}s`, ...(seconds % 60 === 0 ? [`${seconds / 60}m`] : [])];
}

/** What stands where the value is in a text such as `*.apps.example.com`: what is around it is the same. */
function spliced(current: string, want: unknown, have: string): string[] {
  if (typeof want !== 'string') return [];
  const places = current === '' ? [want.length, 0] : [want.lastIndexOf(current), want.indexOf(current)];
  return places
    .filter(place => place >= 0)
    .flatMap(place => {
      const [before, after] = [want.slice(0, place), want.slice(place + current.length)];
      const fits = have.startsWith(before) && have.endsWith(after) && have.length > before.length + after.length;
      return fits ? [have.slice(before.length, have.length - after.length)] : [];
    });
}

function lists(schema: Schema, current: readonly unknown[], hint: Hint): unknown[] {
  if (schema.items?.properties !== undefined) return [mapped(schema.items, hint)];
  const cast = (x: unknown) => (schema.items?.type === 'integer' ? Number(x) : x);
  const words = (x: unknown) => (typeof x === 'string' ? x.split(',').filter(Boolean).map(cast) : []);
  const [rendered, there] = [words(hint.want), words(hint.have)];
  const plus = [...hint.plus, ...there.filter(x => !rendered.includes(x))].filter(x => typeof x !== 'object');
  const minus = [...hint.minus, ...rendered.filter(x => !there.includes(x))];
  const next = [...new Set([...current.filter(x => !minus.includes(x)), ...plus])];
  // Those of Knative are in many lists, and never the user's.
  const yours = next.filter(x => !(knativeNamespaces as readonly unknown[]).includes(x));
  // In the order that is there; what the chart adds by itself left out, for the list may be full without it.
  const ordered = there.filter(x => current.includes(x) || !rendered.includes(x));
  return [yours, next, ...(there.length > 0 ? [ordered, there] : [])].filter(guess => !isSame(guess, current));
}

const isSame = (a: readonly unknown[], b: readonly unknown[]) => a.length === b.length && a.every((x, i) => x === b[i]);

/** Items of the object as items of the value. */
function mapped({ properties = {} }: Schema, { items = [], keys }: Hint): unknown {
  const names = Object.keys(properties);
  if (items.length === 0 || !names.every(name => keys?.has(name))) return undefined;
  return items.map(item => Object.fromEntries(names.map(name => [name, isMap(item) ? item[keys!.get(name)!] : item])));
}

/** A user's map of maps: `network: {domain-template: ...}`. */
function maps(_: Schema, current: unknown, { have, last = [] }: Hint): unknown[] {
  const [outer, inner] = last;
  if (outer === undefined || inner === undefined || !isMap(current)) return [];
  const before = isMap(current[outer]) ? current[outer] : {};
  if (have === undefined) return [];
  return [{ ...current, [outer]: { ...before, [inner]: String(have) } }];
}
