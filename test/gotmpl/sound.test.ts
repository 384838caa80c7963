import { suite } from 'uvu';
import {
  and,
  at,
  chartLabel,
  either,
  eq,
  first,
  hasKey,
  hasNumber,
  or,
  orElse,
} from '../../generator/gotmpl/functions.ts';
import {
  defineJoined,
  defineMap,
  each,
  entries,
  fail,
  fmt,
  include,
  joined,
  note,
  refs,
  when,
} from '../../generator/gotmpl/index.ts';
import { agreeingOrRefused, documents, fields, type Row } from './agree.ts';
import { lines, rule } from './line-rows.ts';
import { sampleRefs } from './sample.ts';

// Whatever may be written in the language, either the printer refuses it or Helm renders what evaluate says.
const test = suite('gotmpl: refused, or rendered as evaluated');
const path = sampleRefs();
const row = (fields: object) => ({ kind: 'Row', ...fields });
const json = (text: string) => JSON.parse(text) as Record<string, string>;
const hostile = 'a", b: "c';

/** A format with a text that this pattern allows. */
const pattern = (source: string, text: string): Row =>
  fields(
    `fmt: a text that ${source} allows`,
    v => {
      const { keys } = v.free as unknown as { keys: readonly string[] };
      return { a: fmt`x${refs<string>({ type: 'string', pattern: source } as never, '.Values', keys)}` };
    },
    { a: `x${text}` },
    { free: text },
  );

const texts: readonly Row[] = [
  fields('fmt: quotes in its text', v => ({ a: fmt`say "${v.name}"` }), { a: 'say "team-a"' }),
  fields('fmt: a backslash in its text', v => ({ a: fmt`C:\\${v.name}` }), { a: 'C:\\team-a' }),
  fields('fmt: a newline in its text', v => ({ a: fmt`a\n${v.name}` }), { a: 'a\nteam-a' }),
  fields('fmt: a tab in its text', v => ({ a: fmt`a\t${v.name}` }), { a: 'a\tteam-a' }),
  fields('fmt: a brace before a reference', v => ({ a: fmt`{${v.name}}` }), { a: '{team-a}' }),
  fields('fmt: quotes in a constant', v => ({ a: fmt`x${'"'}${v.name}` }), { a: 'x"team-a' }),
  fields(
    'fmt: what stands for an empty text',
    v => ({ a: fmt`x${orElse(v.other, v.free)}` }),
    { a: `x${hostile}` },
    {
      free: hostile,
    },
  ),
  fields('fmt: a constant that stands for an empty text', v => ({ a: fmt`x${orElse(v.other, '"')}` }), { a: 'x"' }),
  fields('fmt: one of two constants', v => ({ a: fmt`x${either(v.on, '"', '')}` }), { a: 'x"' }),
  fields('fmt: and', v => ({ a: fmt`x${and(v.on, v.free)}` }), { a: 'xtrue' }, { free: hostile }),
  fields('fmt: a number below -1000000', v => ({ a: fmt`x${v.depth}` }), { a: 'x-2000000' }, { depth: -2_000_000 }),
  pattern('^a.*b$', 'a", b'),
  pattern('^[0-9]+.[0-9]+$', '1"2'),
  pattern('^.{6}$', 'a", b:'),
  pattern('^[A-Z][^ ]*$', 'A"'),
  pattern('^[A-z]+$', 'a\\n'),
  pattern('^[ -z]+$', 'a", b'),
  pattern('^[+-z]+$', 'a\\n'),
  pattern('^[a-z]+(\\\\[a-z]+)?$', 'a\\nb'),
  fields('a text that Helm deletes', () => ({ a: 'x <no value>' }), { a: 'x ' }),
  fields("a user's text that Helm deletes", v => ({ a: v.free }), { a: 'x ' }, { free: 'x <no value>' }),
  fields('a block scalar that ends with two newlines', () => ({ a: 'x\n\n', b: 1 }), { a: 'x\n\n', b: 1 }),
  fields('a block scalar of a newline', () => ({ a: '\n', b: 1 }), { a: '\n', b: 1 }),
  fields('a block scalar that begins with a newline and a space', () => ({ a: '\n x\n' }), { a: '\n x\n' }),
  fields('a block scalar with spaces at its end', v => ({ a: when(v.on, 'x  \n'), b: 1 }), { a: 'x  \n', b: 1 }),
  fields('a number below -1000000', v => ({ a: v.depth }), { a: -2_000_000 }, { depth: -2_000_000 }),
];

const structures: readonly Row[] = [
  fields('a note on when with several items', v => ({ a: ['x', note('n', when(v.on, ['y', 'z']))] }), {
    a: ['x', 'y', 'z'],
  }),
  fields('a note on an item that is a list', () => ({ a: ['x', note('n', ['y', 'z'])] }), { a: ['x', ['y', 'z']] }),
  fields('each with an item that is a list', v => ({ a: [['x'], each(v.full, 'x', x => [[x, 'y']])] }), {
    a: [['x'], ['one', 'y'], ['two', 'y']],
  }),
  fields(
    'each in each of the same name',
    v => ({ a: ['z', each(v.servers, 's', s => each(v.full, 's', () => s.name))] }),
    {
      a: ['z', 'a', 'a', 'b', 'b'],
    },
  ),
  documents('each in each: documents', v => each(v.full, 'x', x => each(v.full, 'y', y => row({ x, y }))), [
    ...['one', 'two'].map(y => row({ x: 'one', y })),
    ...['one', 'two'].map(y => row({ x: 'two', y })),
  ]),
  documents(
    'documents with a condition on the first field',
    v => each(v.full, 'x', x => ({ a: when(v.off, 1), ...row({ x }) })),
    [row({ x: 'one' }), row({ x: 'two' })],
  ),
  documents(
    'documents that begin with include',
    v => each(v.full, 'x', x => row({ ...include(defineMap('sound.top', '', { a: v.name })), x })),
    [row({ a: 'team-a', x: 'one' }), row({ a: 'team-a', x: 'two' })],
  ),
  fields('a null list: when in each', v => ({ a: [each(v.full, 'x', x => when(v.off, x))] }), { a: [] }),
  fields('a null map: when in when', v => ({ a: when(v.on, { b: when(v.on, when(v.off, 'x')) }) }), { a: {} }),
  fields('a null list: when in when', v => ({ a: when(v.on, [when(v.on, [when(v.off, 'x')])]) }), { a: [] }),
  fields('a null value: the first of nothing', v => ({ a: first(v.list) }), {}),
  fields(
    'the order of entries',
    v => ({ a: { own: '', ...entries(v.map) } }),
    { a: { own: '', A: '', _: '', a: '', a10: '', a2: '', ab: '' } },
    { map: { ab: '', a10: '', a2: '', a: '', _: '', A: '' } },
  ),
  fields(
    'include where a user names a key __proto__',
    v => ({ a: { ...include(defineMap('sound.proto', '', { b: 1, ...entries(v.map) })) } }),
    { a: json('{"b": 1, "__proto__": "x"}') },
    { map: json('{"__proto__": "x"}') },
  ),
  fields(
    'our own key beside a helper that includes a map of the user',
    v => {
      const inner = defineMap('sound.inner', '', { b: 1, ...entries(v.map, ['c']) });
      return { a: { ...include(defineMap('sound.outer', '', { ...include(inner), c: 1 })), own: 'x' } };
    },
    { a: { b: 1, c: 1, own: 'x' } },
    { map: { own: 'theirs' } },
  ),
];

const functions: readonly Row[] = [
  fields('and: as a value', v => ({ a: and(v.on, v.name), b: and(v.on, v.list) }), { a: true, b: false }),
  fields('or: as a value', v => ({ a: or(v.off, v.name), b: or(v.off, v.other) }), { a: true, b: false }),
  fields('choose: under a condition of texts', v => ({ a: either(and(v.on, v.name), 'a', 'b') }), { a: 'a' }),
  fields('hasKey: in an absent map', v => ({ a: when(hasKey(at(v.maps, 'm'), 'a'), 1) }), {}),
  fields('at: in an absent map', v => ({ a: orElse(at(at(v.maps, 'm'), 'a'), 'none') }), { a: 'none' }),
  fields('at: a key with a dash', v => ({ a: at(v.map, 'a-b') }), { a: 'x' }, { map: { 'a-b': 'x' } }),
  fields('hasNumber: a million', v => ({ a: when(hasNumber(v.bigs, 1_000_000), 1) }), { a: 1 }, { bigs: [1_000_000] }),
  fields(
    'chartLabel: characters beyond ASCII',
    v => ({ a: chartLabel(v.free, v.other) }),
    { a: `${'é'.repeat(40)}-1` },
    {
      free: 'é'.repeat(40),
      other: '1',
    },
  ),
  fields(
    'joined: numbers of a million',
    v => ({ a: joined(defineJoined('sound.big', '', v.servers, 's', s => s.big)) }),
    {
      a: '1000000',
    },
    { servers: [{ name: 'a', port: 1, big: 1_000_000, tags: [] }] },
  ),
];

const inText: readonly Row[] = [
  lines('text: an empty line at the end of when', v => ['a', when(v.on, ['b', '']), 'c'], 'a\nb\n\nc'),
  lines('text: spaces before when', v => ['a  ', when(v.on, ['b'])], 'a  \nb'),
  lines('text: a line of spaces before when', v => ['a', ' ', when(v.on, ['b'])], 'a\n \nb'),
  lines('text: a brace before a reference', v => [fmt`{${v.name}}`], '{team-a}'),
  lines("text: a user's text that Helm deletes", v => [fmt`x ${v.free}`], 'x ', { free: '<no value>' }),
  lines('text: a million', v => [fmt`${v.big}`], '1000000', { big: 1_000_000 }),
  rule('rule: a million', path.big, v => when(v.on, fail`is ${v.big}`), ['big: is 1000000'], { big: 1_000_000 }),
  rule(
    'rule: each in each',
    path.servers,
    v => each(v.servers, 's', s => each(s.tags, 't', t => when(eq(t, 't'), fail`is ${t} of ${s.name}`))),
    ['servers[1][0]: is t of b'],
  ),
];

agreeingOrRefused(test, [...texts, ...structures, ...functions, ...inText]);

test.run();
