import { suite } from 'uvu';
import { base64, concat, contains, eq, hasKey, join, keysOf, oneOf, orElse } from '../../generator/gotmpl/functions.ts';
import { each, entries, when } from '../../generator/gotmpl/index.ts';
import { agreeing, fields, type Row } from './agree.ts';
import { hostile, short } from './hostile.ts';

const test = suite('gotmpl: evaluate as Helm renders, hostile texts');

/** A user's text, in each place where one may stand. */
const given = (text: string): Row =>
  fields(
    `given: ${short(text)}`,
    v => ({
      value: v.free,
      items: [each(concat(v.list, v.full), 'x', x => x), each(v.list, 'x', x => ({ value: x }))],
      map: { own: 'x', ...entries(v.map) },
      joined: join(v.list, ', '),
      kept: orElse(v.free, 'x'),
      base64: base64(v.free),
    }),
    {
      value: text,
      items: [text, '', 'one', 'two', { value: text }, { value: '' }],
      map: { own: 'x', key: text },
      joined: `${text}, `,
      kept: text || 'x',
      base64: Buffer.from(text).toString('base64'),
    },
    { free: text, list: [text, ''], map: { key: text } },
  );

/** A user's key. */
const named = (text: string): Row =>
  fields(
    `named: ${short(text)}`,
    v => ({ map: { own: 'x', ...entries(v.map) }, keys: ['first', each(keysOf(v.map), 'x', x => x)] }),
    {
      map: Object.fromEntries([
        ['own', 'x'],
        [text, 'y'],
      ]),
      keys: ['first', text],
    },
    { map: Object.fromEntries([[text, 'y']]) },
  );

/** The text in the template, as an argument of functions. */
const compared = (text: string): Row =>
  fields(
    `compared: ${short(text)}`,
    v => ({
      eq: when(eq(v.free, text), true),
      oneOf: when(oneOf(v.free, [text, 'x']), true),
      contains: when(contains(join(v.list, ''), text), true),
      hasKey: when(hasKey(v.map, text), true),
      joined: join(v.full, text),
      otherwise: orElse(v.other, text),
    }),
    { eq: true, oneOf: true, contains: true, hasKey: true, joined: `one${text}two`, otherwise: text },
    { free: text, list: ['a', text, 'b'], map: Object.fromEntries([[text, 'y']]) },
  );

/** The text in the template, as a literal; what the printer refuses has its row in refusals.test.ts. */
const literal = (text: string): Row =>
  fields(`literal: ${short(text)}`, () => ({ value: text, items: [text, { value: text }], map: { [text]: 'x' } }), {
    value: text,
    items: [text, { value: text }],
    map: { [text]: 'x' },
  });

/** go-yaml takes keys of at most 1024 characters, and merges <<. */
const keys = hostile.filter(text => text.length < 1000 && text !== '<<');
const printable = keys.filter(text => !/\{\{|\}\}|\p{Cc}|\u2028|\ufeff/u.test(text) && !/^(1|__proto__)$/.test(text));

// In a user's map, these make Helm's toYaml print nothing at all: values-schema refuses them there.
const control = '\u007f \u0085 \u009f \ufffe';
const controls = fields(
  'given: control characters',
  v => ({ value: v.free, items: [each(v.full, 'x', x => x)], joined: join(v.full, ',') }),
  { value: control, items: [control], joined: control },
  { free: control, full: [control] },
);

agreeing(test, [controls, ...hostile.map(given), ...keys.map(named), ...keys.map(compared), ...printable.map(literal)]);

test.run();
