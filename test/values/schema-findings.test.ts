import { Ajv } from 'ajv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pathText, type ValuePath } from '../../generator/values/path.ts';
import { schemaFindings } from '../../generator/values/schema-findings.ts';
import { expectedIn, type ValuesSchema } from '../../generator/values/schema-path.ts';
import { canary, leaks } from './canary.ts';

const test = suite('values: schema findings');

const closed = (properties: Record<string, ValuesSchema>) => ({
  type: 'object',
  properties,
  additionalProperties: false,
});
const flag = { type: 'boolean' };
const text = { type: 'string' };
const label = {
  type: 'string',
  pattern: '^[a-z][a-z0-9-]*$',
  maxLength: 10,
  hint: "lower-case letters, digits and '-', for example team-a",
};
const port = { type: 'integer', minimum: 1, maximum: 65535 };

const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  ...closed({
    serverless: closed({ release: { type: 'string', enum: ['v1.36', 'v1.37', 'v1.38'] } }),
    serving: closed({ enabled: flag, ingress: { type: 'string', enum: ['istio', 'kourier'] } }),
    mesh: closed({
      namespace: label,
      members: { type: 'array', items: label, uniqueItems: true, maxItems: 3 },
      plain: { type: 'string', pattern: '^a+$' },
    }),
    kafka: {
      ...closed({
        enabled: flag,
        bootstrapServers: { type: 'array', items: text, minItems: 1 },
        listeners: { type: 'array', items: { ...closed({ name: label, port }), required: ['name', 'port'] } },
        broker: closed({ enabled: flag, replicationFactor: { type: 'integer', minimum: 1 } }),
      }),
      required: ['enabled'],
    },
    gateway: closed({
      hosts: { type: 'array', items: text, minItems: 2 },
      tls: closed({
        certificate: { type: 'string', maxLength: 5 },
        privateKey: { type: 'string', maxLength: 5, secret: true },
        token: { type: 'string', minLength: 2, pattern: '^[a-z]+$', secret: true },
        kind: { const: 'Issuer' },
      }),
    }),
    commonLabels: {
      type: 'object',
      minProperties: 1,
      propertyNames: {
        type: 'string',
        pattern: '^[a-z/]+$',
        maxLength: 20,
        hint: 'lower-case letters and /, for example my/key',
      },
      additionalProperties: { type: 'string', maxLength: 5 },
    },
    resources: { type: 'object' },
    either: { type: ['string', 'integer'] },
  }),
} as const satisfies ValuesSchema & Record<'$schema', string>;

const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);

function told(values: unknown): string[] {
  validate(values);
  return schemaFindings(validate.errors ?? [], schema, values).map(
    ({ path, message }) => `${pathText(path)}: ${message}`,
  );
}

const rows: readonly (readonly [string, unknown, readonly string[]])[] = [
  ['nothing wrong', { kafka: { enabled: true }, commonLabels: { 'my/key': 'x' } }, []],

  [
    'unknown: a slip of the pen',
    { kafka: { enabled: true, bootstrapServer: [] } },
    ['kafka.bootstrapServer: is no value of this chart; did you mean kafka.bootstrapServers?'],
  ],
  ['unknown: another case', { Mesh: {} }, ['Mesh: is no value of this chart; did you mean mesh?']],
  [
    'unknown: the beginning of a name',
    { kafka: { enabled: true, bootstrap: [] } },
    ['kafka.bootstrap: is no value of this chart; did you mean kafka.bootstrapServers?'],
  ],
  [
    'unknown: a path run together',
    { kafkaEnabled: true },
    ['kafkaEnabled: is no value of this chart; did you mean kafka.enabled? Write it as nested maps'],
  ],
  [
    'unknown: a dotted path',
    { 'kafka.enabled': true },
    ['["kafka.enabled"]: is no value of this chart; did you mean kafka.enabled? Write it as nested maps'],
  ],
  [
    'unknown: a part of a path run together',
    { kafka: { enabled: true, brokerEnabled: true } },
    ['kafka.brokerEnabled: is no value of this chart; did you mean kafka.broker.enabled? Write it as nested maps'],
  ],
  [
    'unknown: a name of another section',
    { members: [] },
    ['members: is no value of this chart; did you mean mesh.members?'],
  ],
  [
    'unknown: a name of several sections',
    { enabled: true },
    ['enabled: is no value of this chart; did you mean serving.enabled, kafka.enabled or kafka.broker.enabled?'],
  ],
  [
    'unknown: nothing like it',
    { serving: { colour: 'red' } },
    ['serving.colour: is no value of this chart; remove it, or write one of enabled, ingress'],
  ],
  [
    'unknown: a section in another one',
    { serving: { kafka: {} } },
    ['serving.kafka: is no value of this chart; did you mean kafka?'],
  ],
  [
    'unknown: signs only',
    { serving: { '*': 1 } },
    ['serving["*"]: is no value of this chart; remove it, or write one of enabled, ingress'],
  ],
  [
    'unknown in a list',
    { kafka: { enabled: true, listeners: [{ nam: 'a', name: 'a', port: 1 }] } },
    ['kafka.listeners[0].nam: is no value of this chart; did you mean kafka.listeners[0].name?'],
  ],
  [
    'unknown: names of JavaScript',
    JSON.parse('{"__proto__": {}, "constructor": 1}'),
    ['__proto__', 'constructor'].map(
      key =>
        `${key}: is no value of this chart; remove it, or write one of serverless, serving, mesh, kafka, gateway, commonLabels, resources, either`,
    ),
  ],

  [
    'type: a number for a text',
    { mesh: { namespace: 'a' }, kafka: { enabled: true, bootstrapServers: [8080] } },
    ['kafka.bootstrapServers[0]: is 8080, a number; write "8080" in quotes'],
  ],
  [
    'type: a number that would not do as a text',
    { mesh: { namespace: 8080 } },
    ["mesh.namespace: is 8080, a number; write lower-case letters, digits and '-', for example team-a"],
  ],
  [
    'type: a boolean for a text',
    { commonLabels: { a: true } },
    ['commonLabels.a: is true, a boolean; write "true" in quotes'],
  ],
  [
    'type: null for a text',
    { commonLabels: { 'my/key': null } },
    ['commonLabels["my/key"]: is null; write a text, or remove the line'],
  ],
  [
    'type: a text for a boolean',
    { serving: { enabled: 'yes' } },
    ['serving.enabled: is "yes", a text; write true without quotes'],
  ],
  [
    'type: false in quotes',
    { serving: { enabled: 'False' } },
    ['serving.enabled: is "False", a text; write false without quotes'],
  ],
  [
    'type: a number for a boolean',
    { serving: { enabled: 1 } },
    ['serving.enabled: is 1, a number; write true or false'],
  ],
  ['type: a list for a boolean', { serving: { enabled: [] } }, ['serving.enabled: is a list; write true or false']],
  [
    'type: a text for a number',
    { kafka: { enabled: true, listeners: [{ name: 'a', port: '9092' }] } },
    ['kafka.listeners[0].port: is "9092", a text; write 9092 without quotes'],
  ],
  [
    'type: a fraction',
    { kafka: { enabled: true, listeners: [{ name: 'a', port: 1.5 }] } },
    ['kafka.listeners[0].port: is 1.5, a number; write a whole number from 1 to 65535'],
  ],
  [
    'type: an empty text for a number',
    { kafka: { enabled: true, broker: { replicationFactor: '' } } },
    ['kafka.broker.replicationFactor: is an empty text; write a whole number, at least 1'],
  ],
  [
    'type: a text for a list',
    { mesh: { members: 'team-a' } },
    ['mesh.members: is "team-a", a text; write a list: ["team-a"]'],
  ],
  ['type: a map for a list', { mesh: { members: { a: 1 } } }, ['mesh.members: is a map; write a list']],
  ['type: a boolean for a section', { kafka: true }, ['kafka: is true, a boolean; write a map: {enabled: true}']],
  ['type: a text for a section', { mesh: 'x' }, ['mesh: is "x", a text; write a map of namespace, members, plain']],
  ['type: a list for a free map', { resources: [] }, ['resources: is a list; write a map']],
  ['type: one of two', { either: true }, ['either: is true, a boolean; write a text or a whole number']],
  [
    'type: the whole document',
    null,
    [
      ': is null; write a map of serverless, serving, mesh, kafka, gateway, commonLabels, resources, either, or remove the line',
    ],
  ],

  [
    'enum: near',
    { serving: { ingress: 'Istoi' } },
    ['serving.ingress: is "Istoi"; write istio or kourier (did you mean istio?)'],
  ],
  [
    'enum: far',
    { serving: { ingress: 'nginx-controller' } },
    ['serving.ingress: is "nginx-controller"; write istio or kourier'],
  ],
  [
    'enum: a number, told once',
    { serverless: { release: 1.37 } },
    ['serverless.release: is 1.37; write v1.36, v1.37 or v1.38 (did you mean v1.37?)'],
  ],
  [
    'enum: empty',
    { serverless: { release: '' } },
    ['serverless.release: is an empty text; write v1.36, v1.37 or v1.38'],
  ],
  ['const', { gateway: { tls: { kind: 'x' } } }, ['gateway.tls.kind: is "x"; write Issuer']],

  [
    'pattern with a hint',
    { mesh: { namespace: 'Team_A' } },
    ['mesh.namespace: is "Team_A"; write lower-case letters, digits and \'-\', for example team-a'],
  ],
  ['pattern without a hint', { mesh: { plain: 'b' } }, ['mesh.plain: is "b"; write a text that matches ^a+$']],
  [
    'pattern and length, told once',
    { mesh: { namespace: 'TEAM-A-AND-B' } },
    ['mesh.namespace: has 12 characters; write at most 10'],
  ],
  [
    'maxLength counts characters',
    { commonLabels: { a: '😀😀😀😀😀😀' } },
    ['commonLabels.a: has 6 characters; write at most 5'],
  ],
  [
    'minimum',
    { kafka: { enabled: true, listeners: [{ name: 'a', port: 0 }] } },
    ['kafka.listeners[0].port: is 0; write a whole number from 1 to 65535'],
  ],
  [
    'maximum',
    { kafka: { enabled: true, listeners: [{ name: 'a', port: 70000 }] } },
    ['kafka.listeners[0].port: is 70000; write a whole number from 1 to 65535'],
  ],

  ['minItems, none', { gateway: { hosts: [] } }, ['gateway.hosts: is empty; write at least 2']],
  ['minItems, too few', { gateway: { hosts: ['a'] } }, ['gateway.hosts: has 1 item; write at least 2']],
  ['maxItems', { mesh: { members: ['a', 'b', 'c', 'd'] } }, ['mesh.members: has 4 items; write at most 3']],
  [
    'uniqueItems',
    { mesh: { members: ['a', 'b', 'a'] } },
    ['mesh.members[2]: is the same as mesh.members[0], a; remove one of the two'],
  ],
  ['minProperties', { commonLabels: {} }, ['commonLabels: is empty; write at least 1']],
  [
    'propertyNames, told once',
    { commonLabels: { 'A KEY THAT IS TOO LONG': 'x' } },
    [
      'commonLabels["A KEY THAT IS TOO LONG"]: is not allowed as a key; write lower-case letters and /, for example my/key',
    ],
  ],
  [
    'a wrong key and a wrong value',
    { commonLabels: { A: 1 } },
    [
      'commonLabels.A: is not allowed as a key; write lower-case letters and /, for example my/key',
      'commonLabels.A: is 1, a number; write "1" in quotes',
    ],
  ],
  ['required: deleted', { kafka: {} }, ['kafka.enabled: was deleted with null; leave it out to get the default']],
  [
    'required: in a list',
    { kafka: { enabled: true, listeners: [{ name: 'a' }] } },
    ['kafka.listeners[0].port: is missing; write it'],
  ],

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
    'a secret is not shown',
    { gateway: { tls: { privateKey: 12345, token: 'ABC' } } },
    [
      'gateway.tls.privateKey: is a wrong number (not shown); write a text',
      'gateway.tls.token: is a wrong text (not shown); write a text that matches ^[a-z]+$',
    ],
  ],
  [
    'nor what stands where its section belongs',
    { gateway: { tls: 'hunter2' } },
    ['gateway.tls: is a wrong text (not shown); write a map of certificate, privateKey, token, kind'],
  ],
  [
    'nor a text of several lines',
    { mesh: { plain: 'x\ny' } },
    ['mesh.plain: is a wrong text (not shown); write a text that matches ^a+$'],
  ],
];
for (const [name, values, want] of rows) {
  test(name, () => assert.equal(told(values).toSorted(), want.toSorted()));
}

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
