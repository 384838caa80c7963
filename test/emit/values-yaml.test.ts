import { CORE_SCHEMA, load, YAML11_SCHEMA } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults, fields } from '../../generator/emit/fields.ts';
import { valuesYaml } from '../../generator/emit/values-yaml.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { choice, flag, integer, list, map, section, text as string } from '../../values-schema/field.ts';
import { Values } from '../../values-schema/index.ts';
import { parseAsHelm } from '../support/helm-yaml.ts';

const test = suite('emit: values.yaml');
const words = (description: string) => ({ title: 'Title', description });

/** Rows: the values below one group, and what they print after the head. */
const rows: readonly [name: string, given: Parameters<typeof section>[1], want: string][] = [
  ['a flag', { on: flag({ ...words('What.'), default: true }) }, '# on -- What.\non: true'],
  [
    'a number',
    { port: integer({ ...words('What.'), default: 80, minimum: 1, maximum: 99 }) },
    '# port -- What.\nport: 80',
  ],
  ['a text', { name: string({ ...words('What.'), default: 'a b' }) }, '# name -- What.\nname: a b'],
  ['a text that needs quotes', { name: string({ ...words('What.'), default: 'on' }) }, '# name -- What.\nname: "on"'],
  ['an empty text', { name: string({ ...words('What.'), default: '' }) }, '# name -- What.\nname: ""'],
  [
    'a choice',
    { word: choice(['red', 'green'], { ...words('What.'), default: 'red' }) },
    '# word -- What. One of red, green.\nword: red',
  ],
  [
    'an empty list',
    { a: list(string(words('x')), { ...words('What.'), default: [], maxItems: 1 }) },
    '# a -- What.\na: []',
  ],
  [
    'a list',
    { a: list(string(words('x')), { ...words('What.'), default: ['*', 'b', '8'], maxItems: 9 }) },
    '# a -- What.\na:\n  - "*"\n  - b\n  - "8"',
  ],
  ['an empty map', { a: map({}, string(words('x')), { ...words('What.'), default: {} }) }, '# a -- What.\na: {}'],
  [
    'a map',
    { a: map({}, string(words('x')), { ...words('What.'), default: { b: 'yes' } }) },
    '# a -- What.\na:\n  b: "yes"',
  ],
  [
    'a group',
    {
      g: section(words('Group.'), { h: section(words('Inner.'), { on: flag({ ...words('What.'), default: false }) }) }),
    },
    '# g -- Group.\ng:\n  # g.h -- Inner.\n  h:\n    # g.h.on -- What.\n    on: false',
  ],
  [
    'two groups',
    { a: flag({ ...words('What.'), default: true }), b: flag({ ...words('And.'), default: true }) },
    '# a -- What.\na: true\n\n# b -- And.\nb: true',
  ],
  [
    'long words',
    { a: flag({ ...words('word '.repeat(30).trim()), default: true }) },
    `# a -- ${'word '.repeat(19).trim()}\n# ${'word '.repeat(11).trim()}\na: true`,
  ],
];
for (const [name, given, want] of rows) {
  test(name, () => {
    const printed = valuesYaml(section(words('Values.'), given) as unknown as Schema, 'x', 'values-schema/');
    const head = [
      '# Values of the chart x: what you may set, with the defaults.',
      '# Keep one file per environment that holds only what differs, and give it to helm install with -f.',
      '# Generated from values-schema/ by "serverless-mesh generate"; do not edit.',
    ];
    assert.is(printed, `${head.join('\n')}\n\n${want}\n`);
  });
}

const schema = Values as unknown as Schema;
const yaml = valuesYaml(schema, 'serverless-mesh', 'values-schema/');
const readers: readonly [name: string, read: (text: string) => unknown][] = [
  ['YAML 1.2', text => load(text, { schema: CORE_SCHEMA })],
  ['YAML 1.1', text => load(text, { schema: YAML11_SCHEMA })],
  ['Helm', parseAsHelm],
];
for (const [name, read] of readers) {
  test(`serverless-mesh: ${name} reads the defaults, in the order of the schema`, () => {
    assert.is(JSON.stringify(read(yaml)), JSON.stringify(defaults(schema)));
  });
}

test('serverless-mesh: every value has a comment that begins with its path, right above it', () => {
  const lines = yaml.split('\n');
  for (const { path, schema: field } of fields(schema)) {
    const pad = '  '.repeat(path.split('.').length - 1);
    const start = lines.findIndex(line => line.startsWith(`${pad}# ${path} -- `));
    assert.ok(start > 0, path);
    const length = lines.slice(start).findIndex(line => !line.startsWith(`${pad}# `));
    const comment = lines.slice(start, start + length).map(line => line.slice(pad.length + 2));
    assert.ok(comment.join(' ').startsWith(`${path} -- ${field.description}`), path);
    assert.ok(lines[start + length]!.startsWith(`${pad}${path.split('.').at(-1)}:`), path);
  }
});
test('serverless-mesh: no trailing space, one final newline, no more than one empty line in a row', () => {
  assert.not.match(yaml, /[ \t]\n/);
  assert.not.match(yaml, /\n\n\n|\t|\r/);
  assert.match(yaml, /[^\n]\n$/);
});
test('serverless-mesh: no line is longer than 120', () => {
  assert.equal(
    yaml.split('\n').filter(line => line.length > 120),
    [],
  );
});

test.run();
