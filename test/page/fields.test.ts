import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { charts } from '../../generator/charts.ts';
import { defaults, fields } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { type Field, fieldsOf } from '../../generator/page/fields.ts';

const test = suite('page: fields of a schema');

const flat = (all: readonly Field[]): Field[] => all.flatMap(field => [field, ...flat(field.children)]);
const said = (all: readonly Field[]) =>
  flat(all).map(({ path, kind, type, default: value }) => `${path} ${kind} ${type} ${value}`.trim());

for (const { name, values } of charts)
  test(`${name}: every value, with its default`, () => {
    const read = (file: string) => readFileSync(`charts/${name}/${file}`, 'utf8');
    const shown = flat(fieldsOf(JSON.parse(read('values.schema.json')), read('values.yaml')));
    const leaves = shown.filter(({ kind }) => kind !== 'section' && kind !== 'part');
    const at = (path: string) =>
      path.split('.').reduce<unknown>((x, key) => (x as Record<string, unknown>)[key], defaults(values as Schema));
    const want = fields(values as Schema).map(({ path }) => [path, JSON.stringify(at(path))]);
    assert.equal(
      leaves.map(field => [field.path, field.default]),
      want,
    );
  });

const properties = (given: Record<string, unknown>) => ({ type: 'object', properties: given });
const rows: readonly [name: string, schema: object | undefined, values: string | undefined, want: string[]][] = [
  ['nothing', undefined, undefined, []],
  [
    'only values',
    undefined,
    'a:\n  b: 1\n  c: [x]\nd: {}\ne: null\n',
    ['a section map', 'a.b number number 1', 'a.c json list ["x"]', 'd json map {}', 'e json any null'],
  ],
  ['values that are no YAML', undefined, 'a: [', []],
  ['values.yaml says the default', properties({ a: { type: 'string', default: 'x' } }), 'a: y', ['a text string "y"']],
  ['the schema says the default', properties({ a: { type: 'string', default: 'x' } }), '', ['a text string "x"']],
  [
    'values without a rule',
    properties({ a: { type: 'string' } }),
    'a: x\nb: true',
    ['a text string "x"', 'b flag boolean true'],
  ],
  ['two types', properties({ a: { type: ['string', 'null'] } }), '', ['a json string or null']],
  ['a choice', properties({ a: { enum: ['x', 1] } }), 'a: x', ['a choice string "x"']],
  [
    'a list of texts',
    properties({ a: { type: 'array', items: { type: 'string' } } }),
    'a: []',
    ['a list list of string []'],
  ],
  [
    'a list of objects',
    properties({ a: { type: 'array', items: properties({ b: { type: 'integer' } }) } }),
    'a: []',
    ['a json list of object []', 'a[].b part integer'],
  ],
  [
    'a map of objects',
    properties({ a: { type: 'object', additionalProperties: properties({ b: { type: 'boolean' } }) } }),
    'a: {}',
    ['a json map of object {}', 'a.*.b part boolean'],
  ],
  ['a key with a dot', properties({ 'a.b': { type: 'string' } }), '', ['a\\.b text string']],
  [
    'a reference',
    { ...properties({ a: { $ref: '#/definitions/x' } }), definitions: { x: { type: 'boolean' } } },
    '',
    ['a flag boolean'],
  ],
  ['a reference to a file', properties({ a: { $ref: 'https://example.com/x.json' } }), '', ['a json any']],
  ['a reference to itself', properties({ a: { $ref: '#/properties/a' } }), '', ['a json any']],
  [
    'rules that are none',
    { type: 3, properties: { a: true, b: null, c: { enum: 'x', type: 7, items: [] } } },
    '',
    ['a json any', 'b json any', 'c json any'],
  ],
  [
    "names of JavaScript's own",
    { properties: JSON.parse('{"__proto__": {"type": "string"}, "constructor": {}}') },
    '',
    ['__proto__ text string', 'constructor json any'],
  ],
];
for (const [name, schema, values, want] of rows) test(name, () => assert.equal(said(fieldsOf(schema, values)), want));

test('a schema without end: the page says where it stops', () => {
  const ten = Object.fromEntries([...'abcdefghij'].map(key => [key, { $ref: '#' }]));
  const all = flat(fieldsOf(properties(ten), ''));
  assert.is(all.length, 3001);
  assert.match(all.at(-1)!.description, /shows 3000 values/);
});

test('limits', () => {
  const rule = { type: 'integer', minimum: 0, maximum: 9, pattern: {}, format: '<b>' };
  const [field] = fieldsOf(properties({ a: rule }), '');
  assert.equal(
    field!.limits.map(({ name, value }) => `${name} ${value}`),
    ['Format <b>', 'Minimum 0', 'Maximum 9'],
  );
});

test.run();
