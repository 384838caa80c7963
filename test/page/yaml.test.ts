import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { helms } from '../support/helm.ts';

interface Own {
  readonly yamlText: (pairs: readonly (readonly [path: string, value: unknown])[]) => string;
  readonly setOption: (path: string, value: unknown) => string;
  readonly keysOf: (path: string) => string[];
  readonly shellQuote: (word: string) => string;
  readonly readValue: (row: { readonly kind: string }, text: string) => object;
  readonly refusal: (limits: object, value: unknown) => string;
}

/** The page's own modules are plain JavaScript, without types. */
const from = (file: string): Promise<Own> =>
  import(new URL(`../../chart-templates/page/${file}`, import.meta.url).href);
const { yamlText } = await from('yaml.js');
const { setOption, keysOf, shellQuote } = await from('texts.js');
const { readValue, refusal } = await from('fields.js');

const test = suite('page: what its script writes');

const rows: readonly [name: string, pairs: readonly [string, unknown][], want: string][] = [
  ['one value', [['a.b', 'x']], 'a:\n  b: x\n'],
  [
    'a section is written once',
    [
      ['a.b', 1],
      ['c', true],
      ['a.d', 'v1.37'],
    ],
    'a:\n  b: 1\n  d: v1.37\nc: true\n',
  ],
  [
    'texts that YAML would read as something else',
    [['a', ['no', '1', '', '*', '1.30', 'null', 'a: b', '- a', '0x1', '1_0', '.5']]],
    'a:\n  - "no"\n  - "1"\n  - ""\n  - "*"\n  - "1.30"\n  - "null"\n  - "a: b"\n  - "- a"\n  - "0x1"\n  - "1_0"\n  - ".5"\n',
  ],
  ['a list of maps', [['a', [{ name: 'x', port: 9092 }, {}]]], 'a:\n  - name: x\n    port: 9092\n  - {}\n'],
  [
    'empty ones',
    [
      ['a.b', []],
      ['a.c', {}],
      ['a.d', null],
    ],
    'a:\n  b: []\n  c: {}\n  d: null\n',
  ],
  [
    'lines',
    [
      ['a.b', '-----BEGIN\nx y: #\n'],
      ['a.c', 'x\ny'],
      ['a.d', ' x\ny'],
      ['a.e', 'x\n\n'],
    ],
    'a:\n  b: |\n    -----BEGIN\n    x y: #\n  c: |-\n    x\n    y\n  d: " x\\ny"\n  e: "x\\n\\n"\n',
  ],
  ['a key with a dot', [['a\\.b.c', 'x']], 'a.b:\n  c: x\n'],
];
for (const [name, pairs, want] of rows) test(`YAML: ${name}`, () => assert.is(yamlText(pairs), want));

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'aZ019 \t\n"\'\\:#-,.{}[]&*!|>%@`$=~?') }),
  fc
    .array(fc.string({ unit: fc.constantFrom(...'ab :-#\t') }), { minLength: 2, maxLength: 4 })
    .map(lines => lines.join('\n')),
  fc.constantFrom('true', 'No', 'null', '~', '1e3', '0o7', '1:30', '<<', '=', '2001-01-01', '.inf', '...'),
);
const keys = fc.string({ minLength: 1, unit: fc.constantFrom(...'ab.-_/ 1"\\') }).filter(key => !/^\d+$/.test(key));

test('any value: what a YAML reader gets is the value', () => {
  const json = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });
  const chosen = fc.array(fc.tuple(keys, fc.oneof(texts, json)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(chosen, given => {
      const pairs = given.map(([key, value], i) => [`s${i}.${key.replace(/[.\\]/g, '\\$&')}`, value] as const);
      const want = given.map(([key, value], i) => [`s${i}`, { [key]: value }]);
      assert.equal(JSON.stringify(load(yamlText(pairs))), JSON.stringify(Object.fromEntries(want)));
    }),
    { numRuns: 400, seed: 7 },
  );
});

test('the keys of a path', () => assert.equal(keysOf('a.b\\.c.d\\\\e'), ['a', 'b.c', 'd\\e']));

const found = helms();
for (const helm of found)
  test(`${helm.name}: a shell and Helm read an option as the value`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'page-set-'));
    try {
      writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: x\nversion: 0.1.0\n');
      await execa('mkdir', [join(folder, 'templates')]);
      writeFileSync(join(folder, 'templates/a.yaml'), 'x: {{ .Values | toJson | quote }}\n');
      const sampled = fc.sample(fc.string({ unit: fc.constantFrom(...'ab1 \n"\'\\:#-,.{}[]&*!|>%@`$=~?') }), {
        numRuns: 60,
        seed: 7,
      });
      const values: unknown[] = [
        ...sampled,
        'true',
        'null',
        '',
        '007',
        '1e3',
        '-1',
        '~',
        'a\\',
        true,
        3,
        1.5,
        ['a,b', 'c'],
        { 'x.y': "it's" },
        [],
      ];
      const options = values.map((value, i) => setOption(`k${i % 3 === 0 ? '\\.' : ''}${i}.v`, value));
      const command = `${shellQuote(helm.path)} template x . ${options.join(' ')}`;
      const { stdout } = await execa('sh', ['-c', command], {
        cwd: folder,
        env: { HELM_CONFIG_HOME: folder, HELM_DATA_HOME: folder },
      });
      const { x } = load(stdout) as { x: string };
      const want = values.map((value, i) => [`k${i % 3 === 0 ? '.' : ''}${i}`, { v: value }] as const);
      const got = JSON.parse(x) as Record<string, unknown>;
      for (const [key, value] of want) assert.equal(got[key], value, `${key} ${JSON.stringify(value)}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
if (found.length === 0) test.skip('SKIPPED: no helm', () => {});

const written: readonly [kind: string, text: string, want: object][] = [
  ['text', ' a ', { value: ' a ' }],
  ['number', '12', { value: 12 }],
  ['number', '1e3', { problem: 'Write a number.' }],
  ['number', '', { problem: 'Write a number.' }],
  ['list', 'a\n\n b \n', { value: ['a', 'b'] }],
  ['json', '{"a": 1}', { value: { a: 1 } }],
  ['json', '{a', { problem: 'Write JSON, such as {"key": "value"}.' }],
  ['choice', '"x"', { value: 'x' }],
];
for (const [kind, text, want] of written)
  test(`written as ${kind}: ${JSON.stringify(text)}`, () => assert.equal(readValue({ kind }, text), want));

const refused: readonly [limits: object, value: unknown, want: string][] = [
  [{ pattern: '^[-a-z]+$' }, 'a-b', ''],
  [{ pattern: '^[-a-z]+$' }, 'A', 'It must match ^[-a-z]+$'],
  [{ pattern: '(?i)go only' }, 'A', ''],
  [{ minLength: '1' }, '', 'Write at least 1 characters.'],
  [{ maxLength: '1' }, 'ab', 'Write at most 1 characters.'],
  [{ minimum: '1', maximum: '3' }, 0, 'The least is 1.'],
  [{ minimum: '1', maximum: '3' }, 4, 'The most is 3.'],
  [{ minimum: '1', maximum: '3' }, 3, ''],
];
for (const [limits, value, want] of refused)
  test(`refused: ${JSON.stringify([limits, value])}`, () => assert.is(refusal(limits, value), want));

test.run();
