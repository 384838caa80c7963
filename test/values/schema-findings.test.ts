import { load } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pathText, type ValuePath } from '../../generator/values/path.ts';
import { expectedIn } from '../../generator/values/schema-path.ts';
import { canary, leaks } from './canary.ts';
import { schema, told } from './sample-schema.ts';
import { schemaRows } from './schema-rows.ts';

const test = suite('values: schema findings');

for (const [name, values, want] of schemaRows) {
  test(name, () => assert.equal(told(load(values)).toSorted(), want.toSorted()));
}

const names = Object.keys(schema.properties).join(', ');
const odd: readonly (readonly [string, unknown, readonly string[]])[] = [
  ['nothing wrong', { kafka: { enabled: true }, commonLabels: { 'my/key': 'x' } }, []],
  [
    'names of JavaScript',
    JSON.parse('{"__proto__": {}, "constructor": 1}'),
    ['__proto__', 'constructor'].map(key => `${key}: is no value of this chart; remove it, or write one of ${names}`),
  ],
  ['no map at all', null, [`: is null; write a map of ${names}, or remove the line`]],
  [
    'a long text is shortened',
    { mesh: { plain: 'b-'.repeat(100) } },
    [`mesh.plain: is "${'b-'.repeat(29)}…; write a text that matches ^a+$`],
  ],
  [
    'control characters are escaped',
    { mesh: { plain: '\u001b[31m\u009b\u202e' } },
    ['mesh.plain: is "\\u001b[31m\\u009b\\u202e"; write a text that matches ^a+$'],
  ],
  [
    'several lines are not shown',
    { mesh: { plain: 'x\ny' } },
    ['mesh.plain: is a wrong text (not shown); write a text that matches ^a+$'],
  ],
];
for (const [name, values, want] of odd) test(name, () => assert.equal(told(values), want));

const folded = canary.replaceAll('\n', ' ');
const base64 = canary.split('\n').slice(1, -1).join('');
const everywhere: readonly unknown[] = [
  canary,
  folded,
  base64,
  canary.split('\n'),
  { a: canary },
  { [canary]: 1 },
  { [base64]: canary },
  [base64, base64],
];
for (const [index, key] of everywhere.entries()) {
  test(`private key, ${index}: no message shows a part of it`, () => {
    const places = [
      { mesh: { namespace: key, members: key, plain: key } },
      {
        kafka: key,
        mesh: key,
        commonLabels: key,
        resources: key,
        either: key,
        serving: { ingress: key, enabled: key },
      },
      {
        gateway: {
          hosts: [key, key],
          tls: { certificate: key, privateKey: key, token: key, privatKey: key, kind: key },
        },
      },
      {
        unknown: key,
        kafka: {
          listeners: [
            { name: key, port: key, other: key },
            { name: 'a', port: key },
          ],
        },
      },
      { mesh: { members: [key, key] }, gateway: { tls: key }, serverless: { release: [key] } },
      { commonLabels: { a: key, B: key, 'b/c': key }, kafka: { [String(key)]: 1, bootstrapServers: key } },
      key,
    ];
    for (const place of places) {
      const messages = told(place);
      assert.ok(messages.length > 0);
      assert.equal(leaks(messages), []);
    }
  });
}

test('pathText', () => {
  const paths: readonly (readonly [ValuePath, string])[] = [
    [[], ''],
    [['kafka', 'bootstrapServers', 0], 'kafka.bootstrapServers[0]'],
    [['commonLabels', 'my/key'], 'commonLabels["my/key"]'],
    [['serving', 'config', 'config-network', 'a"b'], 'serving.config["config-network"]["a\\"b"]'],
    [['a', ''], 'a[""]'],
    [['a', '1'], 'a["1"]'],
    [['my/key', 'a'], '["my/key"].a'],
    [['a', canary, 'b'], 'a["(not shown)"].b'],
  ];
  for (const [path, want] of paths) assert.is(pathText(path), want);
});

test('expectedIn', () => {
  const expected = expectedIn(schema);
  const paths: readonly (readonly [ValuePath, string | undefined])[] = [
    [['kafka', 'enabled'], 'boolean'],
    [['kafka', 'listeners', 3, 'port'], 'integer'],
    [['kafka', 'listeners', 3, 'name'], 'string'],
    [['commonLabels', 'any'], 'string'],
    [['serverless', 'release'], 'string'],
    [['kafka'], undefined],
    [['constructor'], undefined],
    [['kafka', 'enabled', 'x', 0], undefined],
  ];
  for (const [path, want] of paths) assert.is(expected(path), want, pathText(path));
});

test.run();
