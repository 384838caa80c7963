import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults, fields, typeWords } from '../../generator/emit/fields.ts';
import { table, valuesTable } from '../../generator/emit/markdown.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { choice, flag, integer, list, map, section, text } from '../../values-schema/field.ts';
import { Values } from '../../values-schema/index.ts';

const test = suite('emit: tables');
const words = { title: 'Title', description: 'What | or.\nMore.' };
const schemaOf = (schema: unknown) => schema as Schema;

test('a table', () => {
  assert.is(
    table(
      ['A', 'B'],
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ),
    '| A | B |\n| --- | --- |\n| a | b |\n| c | d |',
  );
});
test('a table without rows', () => assert.is(table(['A'], []), '| A |\n| --- |'));
test('bars are escaped and newlines are spaces', () => {
  assert.is(table(['A|B'], [['a|b||c\nd']]), '| A\\|B |\n| --- |\n| a\\|b\\|\\|c d |');
});

const types: readonly [name: string, given: unknown, want: string][] = [
  ['flag', flag({ ...words, default: true }), 'boolean'],
  ['text', text(words), 'string'],
  ['choice', choice(['a', 'b'], { ...words, default: 'a' }), 'one of a, b'],
  ['integer', integer({ ...words, minimum: 1, maximum: 65535 }), 'integer, 1 to 65535'],
  ['list of texts', list(text(words), { ...words, maxItems: 1 }), 'list of string'],
  [
    'list of integers',
    list(integer({ ...words, minimum: 1, maximum: 2 }), { ...words, maxItems: 1 }),
    'list of integer, 1 to 2',
  ],
  [
    'list of choices',
    list(choice(['a', 'b'], { ...words, default: 'a' }), { ...words, maxItems: 1 }),
    'list of one of a, b',
  ],
  [
    'list of groups',
    list(section(words, { a: text(words), b: text(words) }), { ...words, maxItems: 1 }),
    'list of {a, b}',
  ],
  ['map', map({}, text(words), words), 'map of strings'],
  ['map of maps', map({}, map({}, text(words), words), words), 'map of maps of strings'],
  ['any map', { type: 'object' }, 'map'],
  ['anything', {}, 'any'],
];
for (const [name, given, want] of types) test(`type: ${name}`, () => assert.is(typeWords(schemaOf(given)), want));

const sample = section(words, {
  a: section(words, {
    b: text({ ...words, default: 'x|y' }),
    c: list(text(words), { ...words, default: [], maxItems: 1 }),
  }),
  d: map({}, text(words), { ...words, default: { e: 'f' } }),
});
test('fields are the leaves, in order', () => {
  assert.equal(
    fields(schemaOf(sample)).map(({ path }) => path),
    ['a.b', 'a.c', 'd'],
  );
});
test('defaults are copies', () => {
  const first = defaults(schemaOf(sample)) as { d: { e: string } };
  assert.equal(first, { a: { b: 'x|y', c: [] }, d: { e: 'f' } });
  first.d.e = 'changed';
  assert.equal(defaults(schemaOf(sample)), { a: { b: 'x|y', c: [] }, d: { e: 'f' } });
});
test('the table of values', () => {
  const want = [
    '| Value | Type | Default | Meaning |',
    '| --- | --- | --- | --- |',
    '| `a.b` | string | `"x\\|y"` | What \\| or. More. |',
    '| `a.c` | list of string | `[]` | What \\| or. More. |',
    '| `d` | map of strings | `{"e":"f"}` | What \\| or. More. |',
  ];
  assert.is(valuesTable(schemaOf(sample)), want.join('\n'));
});
test('the table of serverless-mesh has a row of four cells for each value', () => {
  const rows = valuesTable(schemaOf(Values)).split('\n').slice(2);
  assert.is(rows.length, fields(schemaOf(Values)).length);
  assert.equal(
    rows.filter(row => row.replaceAll('\\|', '').split('|').length !== 6),
    [],
  );
});

test.run();
