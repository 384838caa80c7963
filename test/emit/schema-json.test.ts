import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults } from '../../generator/emit/fields.ts';
import { publicSchema, schemaJson } from '../../generator/emit/schema-json.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { Values } from '../../values-schema/index.ts';
import { helms, runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { all, type Json, unreadable } from './schemas.ts';

const test = suite('emit: values.schema.json');

const rows: readonly [name: string, given: unknown, want: unknown][] = [
  ['our own keywords', { type: 'string', hint: 'x', secret: true, pattern: 'y' }, { type: 'string', pattern: 'y' }],
  [
    'our own keywords at every depth',
    { properties: { a: { hint: 'x', items: { hint: 'x', additionalProperties: { secret: true, type: 'string' } } } } },
    { properties: { a: { items: { additionalProperties: { type: 'string' } } } } },
  ],
  ['our own keywords of names', { propertyNames: { hint: 'x', maxLength: 1 } }, { propertyNames: { maxLength: 1 } }],
  [
    'properties of these names',
    { properties: { hint: { type: 'string', hint: 'x' }, secret: { properties: { default: { hint: 'x' } } } } },
    { properties: { hint: { type: 'string' }, secret: { properties: { default: {} } } } },
  ],
  [
    'a property called properties',
    { properties: { properties: { properties: { hint: { hint: 'x', type: 'null' } } } } },
    { properties: { properties: { properties: { hint: { type: 'null' } } } } },
  ],
  [
    'defaults',
    { default: { hint: 1, properties: { secret: 2 } }, items: { default: [{ hint: 3 }] } },
    { default: { hint: 1, properties: { secret: 2 } }, items: { default: [{ hint: 3 }] } },
  ],
  [
    'everything else',
    { enum: ['hint', 1, null], required: ['secret'], minItems: 0 },
    { enum: ['hint', 1, null], required: ['secret'], minItems: 0 },
  ],
];
for (const [name, given, want] of rows)
  test(`keeps or removes: ${name}`, () => assert.equal(publicSchema(given), want));

const text = schemaJson(Values, 'values-schema/');
const schema = JSON.parse(text) as Json;

const schemas = all(schema);
const paths = (wrong: (s: Json, path: string) => boolean) =>
  schemas.filter(([path, s]) => wrong(s, path)).map(([path]) => path);
const lacks =
  (...keywords: string[]) =>
  (s: Json, path: string) =>
    !path.endsWith('~') && keywords.some(k => s[k] === undefined);
const isMap = (s: Json, path: string) => s.type === 'object' && s.properties === undefined && path !== 'global';

test('begins with its dialect and where it comes from, and ends with one newline', () => {
  assert.equal(Object.entries(schema).slice(0, 2), [
    ['$schema', 'http://json-schema.org/draft-07/schema#'],
    ['$comment', 'Generated from values-schema/ by "serverless-mesh generate"; do not edit.'],
  ]);
  assert.match(text, /^[\n -~]+[^\n]\n$/);
  assert.is(JSON.stringify(JSON.parse(text), null, 2), JSON.stringify(schema, null, 2));
});
test('every keyword is one that both Helms, the console and Artifact Hub read', () => {
  const known =
    'type title description default enum pattern minLength maxLength minimum maximum items minItems maxItems uniqueItems'
      .concat(' properties required additionalProperties propertyNames minProperties $schema $comment')
      .split(' ');
  assert.equal(
    [...new Set(schemas.flatMap(([, s]) => Object.keys(s)))].filter(k => !known.includes(k)),
    [],
  );
});
test('every value has a title, a description and a type', () => {
  assert.ok(schemas.length > 80);
  assert.equal(paths(lacks('title', 'description', 'type')), []);
});
test('every leaf has a default', () => {
  const inside = (path: string) => /\[\]|\*/.test(path);
  assert.equal(
    paths((s, path) => !inside(path) && s.properties === undefined && s.default === undefined),
    [],
  );
});
test('every group is closed and asks for all its values, but for items of lists, which have no defaults', () => {
  const groups = schemas.filter(([, s]) => s.properties !== undefined);
  assert.equal(
    groups.filter(([, s]) => s.additionalProperties !== false).map(([path]) => path),
    [],
  );
  for (const [path, s] of groups) {
    const keys = Object.keys(s.properties as Json);
    const asked = (s.required ?? []) as string[];
    if (!path.includes('[]')) assert.equal(asked, keys, path);
    else assert.ok(asked.length > 0 || path.includes('[].'), path);
  }
});
test('every map has a grammar of keys, and a schema of values', () => {
  assert.ok(schemas.filter(([path, s]) => isMap(s, path)).length >= 4);
  const loose = (s: Json) =>
    (s.propertyNames as Json | undefined)?.pattern === undefined || typeof s.additionalProperties !== 'object';
  assert.equal(
    paths((s, path) => isMap(s, path) && loose(s)),
    [],
  );
});
test('every list has a limit and a schema of items', () => {
  assert.equal(
    paths(s => s.type === 'array' && (s.maxItems === undefined || s.items === undefined)),
    [],
  );
});
test('every text has a grammar or a limit, every number a range', () => {
  const free = (s: Json) => s.enum === undefined && s.pattern === undefined && s.maxLength === undefined;
  assert.equal(
    paths(s => s.type === 'string' && free(s)),
    [],
  );
  assert.equal(
    paths(s => s.type === 'integer' && (s.minimum === undefined || s.maximum === undefined)),
    [],
  );
});
test('no private key has a pattern, which Helm 4 would answer with the key', () => {
  const secret = (s: Schema): string[] => [
    ...(s.secret === true && (s.pattern ?? s.enum) !== undefined ? [(s as { title?: string }).title ?? ''] : []),
    ...Object.values(s.properties ?? {}).flatMap(secret),
  ];
  assert.equal(secret(Values as unknown as Schema), []);
});

test('every pattern is one that RE2 and JavaScript read alike', () => {
  const bad = ['(?=a)', '(?<!a)', '(?<n>a)', '(a)\\1', '\\p{L}', '\\bx', 'a++', 'a{1001}', 'a{0,1001}', '(a', 'a{2,1}'];
  assert.equal(
    bad.filter(pattern => unreadable(pattern) === undefined),
    [],
  );
  assert.equal(
    paths(s => s.pattern !== undefined && unreadable(s.pattern as string) !== undefined),
    [],
  );
  assert.equal(
    paths(s => s.pattern !== undefined && !/^\^.*\$$/.test(s.pattern as string)),
    [],
  );
});

test('every default satisfies its schema, and all of them the whole', () => {
  const ajv = new Ajv({ strict: true });
  for (const [path, s] of schemas)
    if (s.default !== undefined) assert.ok(ajv.validate(s, s.default), `${path}: ${ajv.errorsText()}`);
  assert.ok(ajv.validate(schema, defaults(Values as Schema)), ajv.errorsText());
});

if (helms().length === 0) {
  console.log('SKIPPED: no helm to read values.schema.json');
  test.skip('helm');
}
for (const helm of helms()) {
  test(`${helm.name} reads the schema, takes the defaults and refuses a misspelt value`, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'schema-'));
    writeFileSync(join(dir, 'Chart.yaml'), 'apiVersion: v2\nname: x\nversion: 0.0.1\n');
    writeFileSync(join(dir, 'values.yaml'), jsonForHelm(defaults(Values as Schema)));
    writeFileSync(join(dir, 'values.schema.json'), text);
    await runHelm(helm, ['template', dir]);
    const { exitCode, stderr } = await runHelm(helm, ['template', dir, '--set', 'kafak.enabled=true'], {
      reject: false,
    });
    assert.is(exitCode, 1);
    assert.match(stderr, /kafak/);
    rmSync(dir, { recursive: true });
  });
}

test.run();
