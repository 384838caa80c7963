/** Limits and the table: given policies, wanted words. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exampleOf } from '../../generator/callers/example.ts';
import { collapsed, limitOf } from '../../generator/callers/limits.ts';
import { accountOf, callersOf, podsOf } from '../../generator/callers/parties.ts';
import type { Policy, Rule } from '../../generator/callers/policies.ts';
import { tableOf } from '../../generator/callers/table.ts';

const test = suite('callers: words');
const tenants = [
  { name: 'a', namespaces: ['a-shop', 'a-stock'] },
  { name: 'b', namespaces: ['b-shop'] },
];

const lists: readonly (readonly [title: string, given: readonly string[], want: readonly string[]])[] = [
  ['all namespaces of a tenant', ['a-shop', 'a-stock'], ['{a}']],
  ['in another order', ['a-stock', 'x', 'a-shop'], ['{a}', 'x']],
  ['of two tenants', ['a-shop', 'b-shop', 'a-stock'], ['{a}', '{b}']],
  ['one of two is missing', ['a-shop'], ['a-shop']],
  ['hosts', ['*.a-shop', '*.a-shop.svc', '*.a-stock', '*.a-stock.svc'], ['*.{a}', '*.{a}.svc']],
  ['a host of one is missing', ['*.a-shop', '*.a-shop.svc', '*.a-stock'], ['*.{a}', '*.a-shop.svc']],
  ['a longer name', ['b-shop2', 'my-b-shop', '*.b-shop-x.svc'], ['b-shop2', 'my-b-shop', '*.b-shop-x.svc']],
  ['a pattern', ['a-*', '/a-*'], ['a-*', '/a-*']],
];
for (const [title, given, want] of lists) test(`a list: ${title}`, () => assert.equal(collapsed(given, tenants), want));

const header = (...values: readonly string[]) => ({ header: 'H', values });
const limits: readonly (readonly [given: Partial<Rule>, words: string, of?: readonly string[]])[] = [
  [{}, ''],
  [{ to: [{ ports: ['1', '2'] }] }, 'port 1, 2'],
  [{ to: [{ ports: ['1'] }, { methods: ['GET'] }] }, 'port 1, or method GET'],
  [{ to: [{ ports: ['1'], methods: ['GET'] }] }, 'method GET and port 1'],
  [{ when: [header('b-shop')] }, 'header H: N', ['b']],
  [{ to: [{ paths: ['/b-shop/*'] }], when: [header('b-shop')] }, 'path /N/* and header H: N', ['b']],
  [{ to: [{ ports: ['1'] }, { ports: ['2'] }], when: [header('x')] }, '(port 1, or port 2) and header H: x'],
  [
    { to: [{ paths: ['/a-shop/*', '/a-stock/*'] }], when: [header('b-shop')] },
    'path /N1/* and header H: N2',
    ['a', 'b'],
  ],
];
for (const [given, words, of = []] of limits)
  test(`a limit: ${words || 'none'}`, () =>
    assert.equal(limitOf({ to: [], when: [], ...given }, tenants), { words, tenants: of }));

const policy = (change: Partial<Policy>): Policy => ({ namespace: 'n', name: 'p', labels: {}, rules: [], ...change });
const refused: readonly (readonly [title: string, act: () => unknown, message: string])[] = [
  [
    'a principal with a star',
    () => accountOf('cluster.local/ns/a/*'),
    'principal cluster.local/ns/a/*: the picture of the callers needs one service account; name it whole.',
  ],
  [
    'a namespace with a star',
    () =>
      callersOf({
        ...exampleOf('v2'),
        policies: [policy({ rules: [{ from: [{ namespaces: ['a-*'] }], to: [], when: [] }] })],
      }),
    'namespace a-*: the picture of the callers needs whole names; list the namespaces.',
  ],
  [
    'a selector of two values',
    () => podsOf(policy({ labels: { app: 'x', tier: 'y' } })),
    'policy p: the picture of the callers needs a selector with one value; use one label.',
  ],
];
for (const [title, act, message] of refused)
  test(`refused: ${title}`, () => assert.throws(act, (error: Error) => error.message === message));

/** Rows of the table, by hand from domain.md 3.1 and 3.2. */
const wanted: readonly (readonly [caller: string, callee: string, limit: string, policy: string, mesh: string])[] = [
  ['tenant T', 'pods of tenant T', 'any request', '`allow-T`', '2, 3'],
  ['everybody', 'pods of tenant T', 'port `8022`', '`allow-T`', '2, 3'],
  ['`knative-serving`, `istio-system`', 'pods of tenant T', 'any request', '`allow-T`', '2'],
  ['`knative-serving`, `knative-serving-ingress`', 'pods of tenant T', 'any request', '`allow-T`', '3'],
  ['`knative-serving`', '`autoscaler` in `knative-serving`', 'any request', '`allow-traffic-to-autoscaler`', '2, 3'],
  ['nobody', 'any other pod in `knative-serving`', 'any request', '`deny-all-by-default`', '2, 3'],
  ['everybody', 'ingress gateway, any other namespace', 'any request', 'none guards them', '2'],
  [
    'tenant T',
    '`activator` in `knative-serving`',
    'host `*.N`, `*.N.svc`, `*.N.svc.cluster.local`, where N is a namespace of T',
    '`allow-T-to-activator-1`',
    '2, 3',
  ],
  [
    'tenant T',
    '`imc-dispatcher`, `broker-ingress`, `job-sink`, `kafka-broker-receiver`, `kafka-channel-receiver`, `kafka-sink-receiver` in `knative-eventing`',
    'path `/N/*`, or host `*.N`, `*.N.svc`, `*.N.svc.cluster.local`, where N is a namespace of T',
    '`allow-T-to-POD-1`',
    '2, 3',
  ],
];
const table = tableOf([exampleOf('v2'), exampleOf('v3')]);
for (const row of wanted)
  test(`the table: ${row.slice(0, 2).join(' to ')} ${row[4]}`, () =>
    assert.ok(table.split('\n').includes(`| ${row.join(' | ')} |`)));

test('the table: what only one tenant has stands there with its name', () => {
  const example = exampleOf('v2');
  const [first, ...others] = example.policies.filter(({ name }) => name === 'allow-a');
  const more: Rule = { from: [{ namespaces: ['elsewhere'] }], to: [], when: [] };
  const policies = [...example.policies, { ...first!, rules: [more] }];
  assert.ok(others.length > 0);
  const changed = tableOf([{ ...example, policies }]);
  assert.match(changed, '| `elsewhere` | pods of tenant a | any request | `allow-a` | 2 |');
  assert.match(changed, '| tenant T | pods of tenant T | any request | `allow-T` | 2 |');
});

test.run();
