import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  and,
  at,
  base64,
  chartLabel,
  choose,
  concat,
  contains,
  either,
  eq,
  exceeds,
  first,
  functions,
  hasKey,
  hasNumber,
  hasPrefix,
  hasSuffix,
  hostsOf,
  inParts,
  isHeavier,
  isLonger,
  items,
  join,
  keysOf,
  listOf,
  matches,
  next,
  not,
  oneOf,
  or,
  orElse,
  pick,
  portOf,
  portsWith,
  repeats,
  secondsAfter,
  single,
  sizeOf,
  union,
} from '../../generator/gotmpl/functions.ts';
import {
  answer,
  defineJoined,
  defineStatic,
  defineText,
  type Expr,
  each,
  fmt,
  joined,
  textOf,
  when,
} from '../../generator/gotmpl/index.ts';
import { agreeing, fields, type Row } from './agree.ts';
import type { Sample, V } from './sample.ts';

const test = suite('gotmpl: functions');
const seen = new Set<string>();

/** Notes which functions the rows use. */
const noted = <E extends Expr<unknown>>(e: E): E => {
  for (const [, fn] of JSON.stringify(e).matchAll(/"fn":"(\w+)"/g)) seen.add(fn!);
  return e;
};
const truth = (name: string, given: (v: V) => Expr<unknown>, want: boolean, values: Partial<Sample> = {}): Row =>
  fields(name, v => ({ is: when(noted(given(v)), want) }), want ? { is: true } : {}, values);
const text = (name: string, given: (v: V) => Expr<string>, want: string, values: Partial<Sample> = {}): Row =>
  fields(name, v => ({ is: noted(given(v)) }), { is: want }, values);
const texts = (
  name: string,
  given: (v: V) => Expr<readonly string[]>,
  want: string[],
  values: Partial<Sample> = {},
): Row =>
  fields(name, v => ({ is: ['first', each(noted(given(v)), 'x', x => x)] }), { is: ['first', ...want] }, values);

const silent = defineStatic('functions.silent', '');
const speaking = defineStatic('functions.speaking', 'true');
const names = (v: V, name: string) => defineJoined(name, 'Names.', v.servers, 'server', s => s.name);
const ports = (v: V, name: string) => defineJoined(name, 'Ports.', v.servers, 'server', s => s.port);
const place = (v: V, name: string) => defineText(name, 'A place.', pick(v.off, 'elsewhere', v.name));
const host = { type: 'string', pattern: '^[a-z.-]*$' };
const pem = '^[ \\t\\r\\n]*-----BEGIN ((RSA|EC) )?PRIVATE KEY-----[ \\t\\r\\n]';

const truths: readonly Row[] = [
  truth('truth: an empty text', v => v.free, false, { free: '' }),
  truth('truth: a text', v => v.free, true, { free: 'x' }),
  truth('truth: a space', v => v.free, true, { free: ' ' }),
  truth('truth: the text 0', v => v.free, true, { free: '0' }),
  truth('truth: the text false', v => v.free, true, { free: 'false' }),
  truth('truth: 0', v => v.port, false, { port: 0 }),
  truth('truth: -1', v => v.port, true, { port: -1 }),
  truth('truth: 0.5', v => v.ratio, true),
  truth('truth: true', v => v.on, true),
  truth('truth: false', v => v.off, false),
  truth('truth: an empty list', v => v.list, false),
  truth('truth: a list with an empty text', v => v.list, true, { list: [''] }),
  truth('truth: an empty map', v => v.map, false),
  truth('truth: a map with an empty text', v => v.map, true, { map: { a: '' } }),
  truth('truth: an absent entry', v => at(v.map, 'a'), false),
  truth('truth: an empty entry', v => at(v.map, 'a'), false, { map: { a: '' } }),
  truth('truth: an entry', v => at(v.map, 'a'), true, { map: { a: 'x' } }),
  truth('truth: an empty answer', () => answer(silent), false),
  truth('truth: an answer', () => answer(speaking), true),
  truth('truth: nothing joined', v => joined(names(v, 'functions.none')), false, { servers: [] }),
  truth('truth: the first of nothing', v => first(v.list), false),
];

const conditions: readonly Row[] = [
  fields('as values', v => ({ a: not(v.name), b: eq(v.word, 'red'), c: hasKey(v.map, 'a'), d: repeats(v.full) }), {
    ...{ a: false, b: true, c: false, d: false },
  }),
  truth('not', v => not(v.on), false),
  truth('not: of a list', v => not(v.list), true),
  truth('not: of eq', v => not(eq(v.word, 'red')), false),
  truth('not: of not of eq', v => not(not(eq(v.word, 'red'))), true),
  truth('not: of and', v => not(and(eq(v.word, 'red'), v.off)), true),
  truth('and: all', v => and(v.on, v.name, v.full), true),
  truth('and: one is empty', v => and(v.on, v.list, v.name), false),
  truth('and: in and', v => and(v.on, and(v.on, v.off)), false),
  truth('or: none', v => or(v.off, v.list, v.other), false),
  truth('or: the last', v => or(v.off, v.list, v.name), true),
  truth('or: in and in or', v => or(v.off, and(v.on, or(v.off, v.on))), true),
  truth('eq: a text', v => eq(v.word, 'red'), true),
  truth('eq: another text', v => eq(v.word, 'green'), false),
  truth('eq: a boolean', v => eq(v.off, false), true),
  truth('eq: another value', v => eq(v.name, v.other), true, { other: 'team-a' }),
  truth('eq: not another value', v => eq(v.name, v.other), false),
  truth('eq: an absent entry', v => eq(at(v.map, 'a'), 'x'), false),
  truth('eq: the text true', v => eq(v.free, 'true'), true, { free: 'true' }),
  truth('oneOf: a constant', v => oneOf(v.word, ['blue', 'red'] as never), true),
  truth('oneOf: none of the constants', v => oneOf(v.name, ['a', 'b']), false),
  truth('oneOf: one constant', v => oneOf(v.word, ['red']), true),
  truth('oneOf: no constant', v => oneOf(v.word, []), false),
  truth('oneOf: of a list', v => oneOf(v.name, v.full), true, { name: 'two' }),
  truth('oneOf: not of a list', v => oneOf(v.name, v.list), false),
  truth('oneOf: a part of an item', v => oneOf(v.name, v.full), false, { name: 'on' }),
  truth('hasKey', v => hasKey(v.map, 'a.b/c"d'), true, { map: { 'a.b/c"d': '' } }),
  truth('hasKey: absent', v => hasKey(v.map, 'toString'), false),
  truth('hasKey: in a map', v => hasKey(at(v.maps, 'm'), 'a'), true, { maps: { m: { a: '' } } }),
  truth('matches', v => matches(v.name, '^config-'), true, { name: 'config-network' }),
  truth('matches: not', v => matches(v.name, '^config-'), false, { name: 'my-config-network' }),
  truth('matches: lines', v => matches(v.free, pem), true, { free: '\r\n\t -----BEGIN EC PRIVATE KEY-----\nMA==\n' }),
  truth('matches: no line in the middle', v => matches(v.free, '^b$'), false, { free: 'a\nb\nc' }),
  truth('matches: characters beyond the first plane', v => matches(v.free, '^.{2}$'), true, { free: '😀é' }),
  truth('contains', v => contains(v.free, 'PRIVATE "KEY"'), true, { free: 'a PRIVATE "KEY" b' }),
  truth('contains: not', v => contains(v.free, 'x'), false),
  truth('contains: nothing', v => contains(v.other, ''), true),
  truth('hasSuffix', v => hasSuffix(v.name, fmt`.${v.other}`), true, { name: 'a.b.c', other: 'b.c' }),
  truth('hasSuffix: not', v => hasSuffix(v.name, fmt`.${v.other}`), false, { name: 'a.xb', other: 'b' }),
  truth('hasSuffix: a number', v => hasSuffix(v.name, fmt`:${v.port}`), true, { name: 'a:8080' }),
  truth('hasSuffix: a boolean', v => hasSuffix(v.name, fmt`${v.on}%s`), true, { name: 'is true%s' }),
  truth('hasSuffix: plain text with %', v => hasSuffix(v.name, fmt`100%`), true, { name: '100%' }),
  truth('hasPrefix', v => hasPrefix(v.name, v.other), true, { name: 'orders-eu', other: 'orders-' }),
  truth('hasPrefix: not', v => hasPrefix(v.name, v.other), false, { name: 'my-orders-eu', other: 'orders-' }),
  truth('hasPrefix: itself', v => hasPrefix(v.name, v.name), true),
  truth('hasPrefix: a longer one', v => hasPrefix(v.name, v.other), false, { name: 'a', other: 'ab' }),
  truth('isHeavier: 2 items of 7 bytes with commas', v => isHeavier(v.full, 13), true),
  truth('isHeavier: no more', v => isHeavier(v.full, 14), false),
  truth('isHeavier: bytes and not characters', v => isHeavier(v.list, 3), true, { list: ['😀'] }),
  truth('isHeavier: in millions', v => isHeavier(v.full, 7_997_999), true, { full: Array(2000).fill('a') }),
  truth('isHeavier: in millions, no more', v => isHeavier(v.full, 7_998_000), false, { full: Array(2000).fill('a') }),
  truth('isHeavier: nothing', v => isHeavier(v.list, 0), false),
  truth('isLonger: 7 bytes with commas', v => isLonger(v.full, 6), true),
  truth('isLonger: no more', v => isLonger(v.full, 7), false),
  truth('isLonger: bytes and not characters', v => isLonger(v.list, 3), true, { list: ['😀'] }),
  truth('repeats', v => repeats(v.list), true, { list: ['a', 'b', 'a'] }),
  truth('repeats: not', v => repeats(v.list), false, { list: ['a', 'A', ''] }),
  truth('repeats: nothing', v => repeats(v.list), false),
  truth('repeats: joined ports', v => repeats(listOf(ports(v, 'functions.ports'))), false),
  truth('exceeds', v => exceeds(v.port, v.big), true, { port: 10, big: 9 }),
  truth('exceeds: equal', v => exceeds(v.port, v.big), false, { port: 9, big: 9 }),
  truth('exceeds: as numbers, not as texts', v => exceeds(v.port, v.big), false, { port: 9, big: 10 }),
  truth('hasNumber', v => hasNumber(v.ports, 8022), true),
  truth('hasNumber: not', v => hasNumber(v.ports, 802), false),
];

const values: readonly Row[] = [
  text('choose: yes', v => either(eq(v.word, 'red'), 'a', 'b'), 'a'),
  text('choose: no', v => either(not(v.on), 'a "', 'b \\'), 'b \\'),
  texts('choose: lists', v => choose(v.off, ['a'], ['b', 'c']), ['b', 'c']),
  texts('choose: an empty list', v => choose(v.on, [], ['b']), []),
  text('choose: of the values', v => pick(v.on, 'a', v.name), 'a'),
  text('choose: of the values, no', v => pick(v.off, 'a', v.name), 'team-a'),
  text('default', v => orElse(v.other, 'x "y"'), 'x "y"'),
  text('default: not needed', v => orElse(v.name, 'x'), 'team-a'),
  text('default: of a default', v => orElse(v.other, orElse(v.other, v.name)), 'team-a'),
  text('default: of an absent entry', v => orElse(at(v.map, 'a'), 'x'), 'x'),
  text('default: the first of nothing', v => orElse(v.name, first(v.list)), 'team-a'),
  texts('choose: a list of the values', v => pick(v.off, single(fmt`${v.name}*`), v.full), ['one', 'two']),
  texts('single', v => single(fmt`a-${v.name}*`), ['a-team-a*']),
  texts('single: quotes', v => single(fmt`a " ${v.free}`), ['a " \\'], { free: '\\' }),
  fields(
    'parts',
    v => ({ is: [0, each(noted(inParts(v.full, 2)), 'part', part => noted(sizeOf(part)))] }),
    { is: [0, 2, 1] },
    { full: ['a', 'b', 'c'] },
  ),
  fields('size', v => ({ is: noted(sizeOf(v.servers)) }), { is: 2 }),
  fields('size: nothing', v => ({ is: noted(sizeOf(v.list)) }), { is: 0 }),
  fields('next', v => ({ is: noted(next(sizeOf(v.list))), of: noted(next(v.port)) }), { is: 1, of: 8081 }),
  text('first', v => first(v.full), 'one'),
  text('first: of nothing', v => orElse(first(v.list), 'none'), 'none'),
  texts('concat', v => concat(v.full, v.list), ['one', 'two', '', 'one'], { list: ['', 'one'] }),
  texts('concat: constants', v => concat(choose(v.on, ['a'], []), v.full), ['a', 'one', 'two']),
  texts('concat: nothing', v => concat(v.list, v.names), []),
  texts('union', v => union(v.list, v.full), ['b', 'one', 'two'], { list: ['b', 'one', 'b'] }),
  texts('union: nothing', v => union(v.list, v.names), []),
  text('join', v => join(v.full, ','), 'one,two'),
  text('join: with a bar', v => join(v.full, ' | '), 'one | two'),
  text('join: with quotes', v => join(v.list, '", "'), 'a"b", "c,d', { list: ['a"b', 'c,d'] }),
  text('join: nothing', v => join(v.list, ','), ''),
  texts('split: names', v => listOf(names(v, 'functions.names')), ['a', 'b']),
  texts('split: nothing', v => listOf(names(v, 'functions.nothing')), [''], { servers: [] }),
  text('at', v => at(v.map, 'a'), 'x', { map: { a: 'x' } }),
  text('at: in a map', v => at(at(v.maps, 'm'), 'a'), 'x', { maps: { m: { a: 'x' } } }),
  texts('keys: as Go sorts', v => keysOf(v.map), ['', '-', '10', '9', 'A', '_', 'a', 'é', '日', '\uffee', '😀'], {
    map: { '😀': '', '\uffee': '', 日: '', é: '', a: '', _: '', A: '', '9': '', '10': '', '-': '', '': '' },
  }),
  texts('keys: none', v => keysOf(v.map), []),
  text('base64', v => base64(v.secret), 'w6Qg8J+YgA==', { secret: 'ä 😀' }),
  text('base64: nothing', v => base64(v.secret), '', { secret: '' }),
  text('base64: lines', v => base64(v.secret), 'YQpiCg==', { secret: 'a\nb\n' }),
  text('chartLabel', v => chartLabel(v.name, v.other), 'mesh-1.2.3-rc.1_build.5', {
    name: 'mesh',
    other: '1.2.3-rc.1+build.5',
  }),
  text('chartLabel: long', v => chartLabel(v.name, v.other), `${'x'.repeat(60)}-1`, {
    name: 'x'.repeat(60),
    other: '1-2.3',
  }),
  texts('hosts', v => hostsOf(v.list, host), ['b.c', 'a'], { list: ['b.c:9092', 'a:1', 'b.c:9093', 'a'] }),
  texts('hosts: none', v => hostsOf(v.list, host), ['']),
  fields('secondsAfter: seconds', v => ({ is: noted(secondsAfter(v.name, 25)) }), { is: 60 }, { name: '35s' }),
  fields('secondsAfter: minutes', v => ({ is: noted(secondsAfter(v.name, 25)) }), { is: 145 }, { name: '2m' }),
  text('portsWith', v => portsWith(v.ports, 9090), '8444,8022,9090'),
  text('portsWith: one that is there', v => portsWith(v.ports, 8444), '8444,8022'),
  text('portsWith: a large one', v => portsWith(v.ports, 65535), '8444,65535', { ports: [8444, 65535] }),
  text('a helper that yields a text', v => textOf(place(v, 'functions.place')), 'team-a'),
  fields('a helper between quotes', v => ({ is: fmt`a.${textOf(place(v, 'functions.quoted'))}.b` }), {
    is: 'a.team-a.b',
  }),
  fields(
    'a helper in a loop',
    v => ({ is: [each(v.full, 'x', x => fmt`${x}.${textOf(place(v, 'functions.looped'))}`)] }),
    {
      is: ['one.team-a', 'two.team-a'],
    },
  ),
  texts('items', () => items(['b', 'a', 'b']), ['b', 'a', 'b']),
  text('port', v => portOf(v.name), '9092', { name: 'a.b-1:9092' }),
  text('port: none', v => portOf(v.name), ''),
];

agreeing(test, [...truths, ...conditions, ...values]);

test('every function has a row', () => {
  assert.equal(
    Object.keys(functions).filter(fn => !seen.has(fn)),
    [],
  );
});

test.run();
