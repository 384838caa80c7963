/**
 * The closed table of functions: each row has its Go-template text (Sprig or built-in) and its meaning here.
 * Below it, the typed words that the model uses. Sources: https://helm.sh/docs/chart_template_guide/function_list/
 * and https://pkg.go.dev/text/template#hdr-Functions.
 */
import {
  type AnyExpr,
  type Arg,
  call,
  type Expr,
  type Format,
  type JoinedHelper,
  joined,
  type Scalar,
} from './expr.ts';

export interface Row {
  /** Go text; arguments are already text, in parentheses where they are calls. */
  readonly text: (...args: readonly string[]) => string;
  // biome-ignore lint/suspicious/noExplicitAny: arguments are as the row's typed word below promises
  readonly value: (...args: any[]) => unknown;
}

/** Truth as Go templates see it: https://pkg.go.dev/text/template#hdr-Actions. */
export function truthy(x: unknown): boolean {
  if (Array.isArray(x)) return x.length > 0;
  if (typeof x === 'object' && x !== null) return Object.keys(x).length > 0;
  return Boolean(x);
}

/** Byte order of UTF-8, as Go compares strings; JavaScript compares UTF-16 code units. */
export function goOrder(a: string, b: string): number {
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
/** Only where there are such, the order of UTF-16 differs. */
const surrogate = /[\ud800-\udfff]/;

const regExps = new Map<string, RegExp>();
function regExp(pattern: string): RegExp {
  const made = regExps.get(pattern) ?? new RegExp(pattern, 'u');
  regExps.set(pattern, made);
  return made;
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];
const hosts = (servers: readonly string[]) =>
  unique(
    servers
      .join(',')
      .replace(/:[0-9]+/g, '')
      .split(','),
  );

export const functions: Readonly<Record<string, Row>> = {
  not: { text: a => (a.startsWith('(eq ') ? `ne ${a.slice(4, -1)}` : `not ${a}`), value: a => !truthy(a) },
  and: { text: (...all) => `and ${all.join(' ')}`, value: (...all) => all.every(truthy) },
  or: { text: (...all) => `or ${all.join(' ')}`, value: (...all) => all.some(truthy) },
  eq: { text: (a, b) => `eq ${a} ${b}`, value: (a, b) => a === b },
  oneOf: { text: (a, list) => `has ${a} ${list}`, value: (a, list: Scalar[]) => list.includes(a) },
  choose: { text: (test, a, b) => `ternary ${a} ${b} ${test}`, value: (test, a, b) => (truthy(test) ? a : b) },
  default: { text: (a, b) => `default ${b} ${a}`, value: (a, b) => (truthy(a) ? a : b) },
  single: { text: a => `list ${a}`, value: a => [a] },
  parts: {
    text: (list, most) => `chunk ${most} ${list}`,
    value: (list: unknown[], most: number) =>
      Array.from({ length: Math.ceil(list.length / most) }, (_, i) => list.slice(i * most, (i + 1) * most)),
  },
  next: { text: n => `add1 ${n}`, value: (n: number) => n + 1 },
  items: { text: list => list.slice(1, -1), value: list => list },
  first: { text: list => `first ${list}`, value: list => list[0] },
  concat: { text: (a, b) => `concat ${a} ${b}`, value: (a, b) => [...a, ...b] },
  union: { text: (a, b) => `concat ${a} ${b} | uniq`, value: (a, b) => unique([...a, ...b]) },
  join: { text: (list, by) => `join ${by} ${list}`, value: (list, by) => list.join(by) },
  split: { text: (text, by) => `splitList ${by} ${text}`, value: (text: string, by: string) => text.split(by) },
  at: {
    text: (map, key) => (/^"[A-Za-z_]\w*"$/.test(key) ? `${map}.${JSON.parse(key)}` : `index ${map} ${key}`),
    value: (map, key) => map?.[key],
  },
  hasKey: { text: (map, key) => `hasKey ${map} ${key}`, value: (map, key) => Object.hasOwn(map ?? {}, key) },
  keys: { text: map => `keys ${map} | sortAlpha`, value: map => Object.keys(map).sort(goOrder) },
  matches: { text: (a, re) => `regexMatch ${re} ${a}`, value: (a, re) => regExp(re).test(a) },
  contains: { text: (a, part) => `contains ${part} ${a}`, value: (a: string, part) => a.includes(part) },
  hasPrefix: { text: (a, start) => `hasPrefix ${start} ${a}`, value: (a: string, start) => a.startsWith(start) },
  hasSuffix: { text: (a, end) => `hasSuffix ${end} ${a}`, value: (a: string, end) => a.endsWith(end) },
  base64: { text: a => `b64enc ${a}`, value: (a: string) => Buffer.from(a, 'utf8').toString('base64') },
  chartLabel: {
    text: (name, version) => `printf "%s-%s" ${name} ${version} | replace "+" "_" | trunc 63 | trimSuffix "-"`,
    value: (name, version) => `${name}-${version}`.replaceAll('+', '_').slice(0, 63).replace(/-$/, ''),
  },
  hosts: {
    text: servers => `regexReplaceAll ":[0-9]+" (join "," ${servers}) "" | splitList "," | uniq`,
    value: hosts,
  },
  port: { text: a => `regexFind "[0-9]+$" ${a}`, value: (a: string) => /[0-9]+$/.exec(a)?.[0] ?? '' },
  repeats: {
    text: list => `ne (len ${list}) (len (uniq ${list}))`,
    value: list => unique(list).length !== list.length,
  },
  size: { text: list => `len ${list}`, value: (list: unknown[]) => list.length },
  isHeavier: {
    text: (list, most) => `gt (mul (len ${list}) (len (join "," ${list}))) ${most}`,
    value: (list: string[], most: number) => list.length * Buffer.byteLength(list.join(',')) > most,
  },
  isLonger: {
    text: (list, most) => `gt (len (join "," ${list})) ${most}`,
    value: (list: string[], most: number) => Buffer.byteLength(list.join(',')) > most,
  },
  exceeds: { text: (a, b) => `gt (int ${a}) (int ${b})`, value: (a: number, b: number) => a > b },
  // Seconds of a duration such as 35s or 1m, and some more.
  secondsAfter: {
    text: (duration, more) =>
      `add ${more} (mul (regexFind "^[0-9]+" ${duration}) (ternary 60 1 (hasSuffix "m" ${duration})))`,
    value: (duration: string, more: number) =>
      Number(/^[0-9]+/.exec(duration)?.[0]) * (duration.endsWith('m') ? 60 : 1) + more,
  },
  // Numbers from a values file are floats in Go, so they are compared as text.
  portsWith: {
    text: (list, n) => `append (splitList "," (join "," ${list})) "${n}" | uniq | join ","`,
    value: (list: number[], n: number) => unique([...list, n]).join(','),
  },
  hasNumber: {
    text: (list, n) => `has "${n}" (splitList "," (join "," ${list}))`,
    value: (list: number[], n) => list.includes(n),
  },
};

const bool = { type: 'boolean' };
const text = { type: 'string' };
const texts = { type: 'array', items: text };

export const not = (e: Expr<unknown>): Expr<boolean> => call('not', [e], bool);
export const and = (...all: readonly Expr<unknown>[]): Expr<boolean> => call('and', flat('and', all), bool);
export const or = (...all: readonly Expr<unknown>[]): Expr<boolean> => call('or', flat('or', all), bool);
/** `a and (b and c)` is written `a and b and c`. */
const flat = (fn: string, all: readonly Expr<unknown>[]): readonly Arg[] =>
  all.flatMap(e => (e.kind === 'call' && e.fn === fn ? e.args : [e]));
export const eq = <T extends string | boolean>(e: Expr<T>, value: NoInfer<T> | Expr<NoInfer<T>>): Expr<boolean> =>
  call('eq', [e, value], bool);
/** `e` is one of `list`: constants, or a list in the values. */
export const oneOf = <T extends string>(e: Expr<T>, list: readonly NoInfer<T>[] | Expr<readonly T[]>): Expr<boolean> =>
  Array.isArray(list) && list.length === 1 ? eq(e, list[0]) : call('oneOf', [e, list as Arg], bool);
/** `a` if the test holds, otherwise `b`. The test must yield a boolean: Sprig's ternary takes nothing else. */
export const choose = <T extends string>(test: Expr<boolean>, a: readonly T[], b: readonly T[]): Expr<readonly T[]> =>
  call('choose', [test, a, b], {
    ...texts,
    items: { type: 'string', enum: unique([...a, ...b]) },
    minItems: Math.min(a.length, b.length),
  });
/** The text `a` if the test holds, otherwise `b`. */
export const either = (test: Expr<boolean>, a: string, b: string): Expr<string> =>
  call('choose', [test, a, b], { type: 'string', enum: [a, b] });
/** The first if the test holds, otherwise the second, which comes from the values. */
export const pick = <T extends string | readonly string[]>(
  test: Expr<boolean>,
  a: (T & string) | Expr<T>,
  b: Expr<T>,
): Expr<T> => call('choose', [test, a, b], b.schema);
/** A list of this one text. */
export const single = (item: Format): Expr<readonly string[]> =>
  call('single', [item], { type: 'array', items: text, minItems: 1 });
/** A list of constants, for each() over it. */
export const items = <T extends string>(list: readonly [T, ...T[]]): Expr<readonly T[]> =>
  call('items', [list], { type: 'array', items: { type: 'string', enum: unique(list) }, minItems: 1 });
/** The list in parts of `most` items; the last may have fewer. An empty list has no part. */
export const inParts = (list: Expr<readonly string[]>, most: number): Expr<readonly (readonly string[])[]> =>
  call('parts', [list, most], { type: 'array', items: { ...list.schema, minItems: 1 } });
/** The number after this one, for names that count from 1. */
export const next = (n: Expr<number>): Expr<number> =>
  call('next', [n], { type: 'integer', minimum: 1, maximum: 999_999 });
/** The value, or `otherwise` where it is empty. */
export const orElse = (e: Expr<string>, otherwise: string | Expr<string>): Expr<string> =>
  call('default', [e, otherwise], e.schema);
export const first = (list: Expr<readonly string[]>): Expr<string> => call('first', [list], list.schema.items ?? text);
export const concat = (
  a: Expr<readonly string[]> | readonly string[],
  b: Expr<readonly string[]>,
): Expr<readonly string[]> => call('concat', [a, b], b.schema);
/** The items of both lists, each once. */
export const union = (a: Expr<readonly string[]>, b: Expr<readonly string[]>): Expr<readonly string[]> =>
  call('union', [a, b], a.schema);
export const join = (list: Expr<readonly string[]>, by: string): Expr<string> => call('join', [list, by], text);
/** The items of a joined helper again, as strings. */
export const listOf = (helper: JoinedHelper): Expr<readonly string[]> => call('split', [joined(helper), ','], texts);
/** One entry of a user's map, by a key that is a plain identifier; absent entries are empty. */
export const at = <T>(map: Expr<Readonly<Record<string, T>>>, key: string): Expr<T> =>
  call('at', [map, key], (map.schema as AnyExpr['schema'] & { additionalProperties: object }).additionalProperties);
export const hasKey = (map: Expr<Readonly<Record<string, unknown>>>, key: string): Expr<boolean> =>
  call('hasKey', [map, key], bool);
/** The keys of a user's map, sorted. */
export const keysOf = (map: Expr<Readonly<Record<string, unknown>>>): Expr<readonly string[]> =>
  call('keys', [map], texts);
/** `pattern` is of the subset that RE2 and JavaScript read alike. */
export const matches = (e: Expr<string>, pattern: string): Expr<boolean> => call('matches', [e, pattern], bool);
export const contains = (e: Expr<string>, part: string): Expr<boolean> => call('contains', [e, part], bool);
export const hasPrefix = (e: Expr<string> | string, start: Expr<string>): Expr<boolean> =>
  call('hasPrefix', [e, start], bool);
export const hasSuffix = (e: Expr<string>, end: Format | string): Expr<boolean> => call('hasSuffix', [e, end], bool);
/** Base64 of the UTF-8 bytes, as a Secret's data: the one place where a secret value may go. */
export const base64 = (e: Expr<string>): Expr<string> =>
  call('base64', [e], { type: 'string', pattern: '^[A-Za-z0-9+/=]*$' });
/** `name-version` as the value of the helm.sh/chart label. */
export const chartLabel = (name: Expr<string>, version: Expr<string>): Expr<string> =>
  call('chartLabel', [name, version], text);
/** The distinct hosts of a list of `host:port`. */
export const hostsOf = (servers: Expr<readonly string[]>, hostSchema: object): Expr<readonly string[]> =>
  call('hosts', [servers], { type: 'array', items: hostSchema, minItems: 1 });
/** The port of `host:port`, as text. */
export const portOf = (server: Expr<string>): Expr<string> =>
  call('port', [server], { type: 'string', pattern: '^[0-9]+$' });
/** Some item stands twice. */
export const repeats = (list: Expr<readonly string[]>): Expr<boolean> => call('repeats', [list], bool);
/** How many items a list has. */
export const sizeOf = (list: Expr<readonly unknown[]>): Expr<number> =>
  call('size', [list], { type: 'integer', minimum: 0, maximum: 999_999 });
/** The number of items, times the bytes of all of them with commas between, is greater than `most`. */
export const isHeavier = (list: Expr<readonly string[]>, most: number): Expr<boolean> =>
  call('isHeavier', [list, most], bool);
/** The bytes of all items, with commas between, are more than `most`. */
export const isLonger = (list: Expr<readonly string[]>, most: number): Expr<boolean> =>
  call('isLonger', [list, most], bool);
/** The number `a` is greater than `b`. */
export const exceeds = (a: Expr<number>, b: Expr<number>): Expr<boolean> => call('exceeds', [a, b], bool);
/** The seconds of a duration such as 35s or 1m, and `more` of them. */
export const secondsAfter = (duration: Expr<string>, more: number): Expr<number> =>
  call('secondsAfter', [duration, more], { type: 'integer', minimum: 0, maximum: 999_999 });
/** Ports of a list with commas between them, and one more that may be among them already. */
export const portsWith = (list: Expr<readonly number[]>, port: number): Expr<string> =>
  call('portsWith', [list, port], { type: 'string', pattern: '^[0-9,]+$' });
export const hasNumber = (list: Expr<readonly number[]>, n: number): Expr<boolean> =>
  call('hasNumber', [list, n], bool);
