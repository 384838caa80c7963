/** `helm test` of serverless-mesh-tenant, run against a kubectl that answers as each row says. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { serverlessMeshTenant as chart } from '../../generator/model/serverless-mesh-tenant/index.ts';
import type { Values } from '../../generator/values/maps.ts';
import { allowed, needed } from './rights.ts';
import { objectsOf, type Rule, runJob } from './run.ts';

const test = suite('jobs/tenant');
/** No time: it gives up at the first thing that is missing. */
const short = { timeout: '1' };
const is = (call: string, ...answers: string[]): Rule => ({ call, answers });
const orders: Values = { name: 'orders', namespaces: ['orders-a', 'orders-b'] };
const run = (rules: readonly Rule[], values: Values = orders, options = {}) =>
  runJob('mine-test', values, rules, { chart, ...options });

const denial = 'get authorizationpolicies.security.istio.io deny-all-by-default -n ';
const named = 'get authorizationpolicies.security.istio.io allow-orders-to-';
const guards = 'get authorizationpolicies.security.istio.io -A --field-selector metadata.name=allow-orders ';
const namespaces = 'get namespaces ';
/** As kubectl prints `{..hosts}`: a list for each rule, with a space between them. */
const hosts = (...names: readonly string[]) => {
  const list = JSON.stringify(names.flatMap(n => [`*.${n}`, `*.${n}.svc`, `*.${n}.svc.cluster.local`]));
  return `${list} ${list}`;
};
const policyIn = (...names: readonly string[]) => names.map(n => `${n}   allow-orders   ALLOW   3d\n`).join('');
/** Columns: name, maistra.io/member-of, istio-injection, istio.io/rev. */
const namespace = (name: string, member = '<none>', injection = '<none>', revision = '<none>') =>
  `${name}   ${member}   ${injection}   ${revision}\n`;
const member = (name: string) => namespace(name, 'istio-system');

const allWell: readonly Rule[] = [
  is(denial, 'authorizationpolicy.security.istio.io/deny-all-by-default'),
  is(named, hosts('orders-a', 'orders-b')),
  is(namespaces, namespace('default') + member('orders-b') + member('billing') + member('orders-a')),
  is(guards, policyIn('orders-a', 'orders-b')),
];
const but = (...rules: Rule[]): Rule[] => [...rules, ...allWell];

for (const shell of ['sh', 'bash'])
  test(`${shell}: all is in force`, async () => {
    const { exitCode, said, calls } = await run(allWell, orders, { shell });
    assert.equal(said, [
      'ok: the isolation of Knative Serving',
      'ok: the isolation of Knative Eventing',
      'ok: the policies of the tenant in knative-serving',
      'ok: the namespaces of the tenant',
      'ok: the policies of the namespaces',
      'the policies of tenant orders are in force in 2 namespaces',
    ]);
    assert.is(exitCode, 0);
    assert.is(calls.length, 5);
  });

/** What the cluster says -> what the test waited for, and why it gave up. */
const gaveUp: readonly (readonly [name: string, rule: Rule, what: string, missing: string])[] = [
  [
    'Serving is not isolated',
    is(`${denial}knative-serving`, ''),
    'the isolation of Knative Serving',
    'knative-serving has no AuthorizationPolicy deny-all-by-default. Upgrade the release of serverless-mesh with isolation.enabled true',
  ],
  [
    'Eventing is not isolated',
    is(`${denial}knative-eventing`, ''),
    'the isolation of Knative Eventing',
    'knative-eventing has no AuthorizationPolicy deny-all-by-default. Upgrade the release of serverless-mesh with isolation.enabled true',
  ],
  [
    'a policy of Knative is gone',
    is(named, 'Error from server (NotFound): "allow-orders-to-activator-1" not found'),
    'the policies of the tenant in knative-serving',
    'Error from server (NotFound): "allow-orders-to-activator-1" not found',
  ],
  [
    'a policy of Knative names other namespaces than the release',
    is(named, hosts('orders-a')),
    'the policies of the tenant in knative-serving',
    'they name 1 namespaces instead of 2. Upgrade this release',
  ],
  [
    'a namespace does not exist',
    is(namespaces, member('orders-a') + member('orders')),
    'the namespaces of the tenant',
    'of 2 namespaces 1 do not exist, such as orders-b. Create them, or take them out of namespaces and upgrade this release',
  ],
  [
    'namespaces are no members, or of another mesh',
    is(namespaces, namespace('orders-a') + namespace('orders-b', 'istio-system-2')),
    'the namespaces of the tenant',
    'of 2 namespaces 2 are no members of the mesh, such as orders-a orders-b. Add them to mesh.members of serverless-mesh, and upgrade it',
  ],
  [
    'a namespace was made anew',
    is(guards, policyIn('orders-b')),
    'the policies of the namespaces',
    'of 2 namespaces 1 have no AuthorizationPolicy allow-orders, such as orders-a. Upgrade this release',
  ],
  [
    'no namespace has its policy',
    is(guards, ''),
    'the policies of the namespaces',
    'of 2 namespaces 2 have no AuthorizationPolicy allow-orders, such as orders-a orders-b. Upgrade this release',
  ],
];
for (const [name, rule, what, missing] of gaveUp)
  test(`gives up: ${name}`, async () => {
    const { exitCode, said } = await run(but(rule), orders, short);
    assert.is(exitCode, 1);
    assert.equal(said.slice(-2), [
      `waiting for ${what}: ${missing}`,
      `gave up waiting for ${what}, within the 1 seconds of jobs.timeoutSeconds: ${missing}`,
    ]);
  });

test('later: a member that the operator is just labelling', async () => {
  const late = is(namespaces, namespace('orders-a') + member('orders-b'), member('orders-a') + member('orders-b'));
  const { exitCode } = await run(but(late), orders, { timeout: '20' });
  assert.is(exitCode, 0);
});

/** Labels of a namespace of Service Mesh 3 -> whether its pods are injected. */
const injected: readonly (readonly [injection: string, revision: string, want: boolean])[] = [
  ['enabled', '<none>', true],
  ['<none>', 'mesh', true],
  ['enabled', 'mesh', true],
  ['<none>', '<none>', false],
  ['disabled', '<none>', false],
  ['disabled', 'mesh', false],
];
for (const [injection, revision, want] of injected)
  test(`Service Mesh 3: istio-injection ${injection}, istio.io/rev ${revision}`, async () => {
    const seen = ['orders-a', 'orders-b'].map(name => namespace(name, 'istio-system', injection, revision)).join('');
    const { exitCode } = await run(but(is(namespaces, seen)), { ...orders, mesh: { generation: 'v3' } }, short);
    assert.is(exitCode === 0, want);
  });

test('values: without Serving, the policies of Eventing name the namespaces; and the other way round', async () => {
  const eventing = await run(allWell, { ...orders, serving: { enabled: false } });
  assert.is(eventing.exitCode, 0);
  assert.not.match(eventing.calls.join('\n'), 'knative-serving');
  assert.match(eventing.calls.join('\n'), `${named}imc-dispatcher-1 -n knative-eventing `);
  const serving = await run(allWell, { ...orders, eventing: { enabled: false } });
  assert.is(serving.exitCode, 0);
  assert.not.match(serving.calls.join('\n'), 'knative-eventing');
});

test('301 namespaces: as many requests as for one, and no list of more than five names', async () => {
  const names = Array.from({ length: 301 }, (_, index) => `orders-${index}`);
  const rules = [
    is(named, names.map(name => hosts(name)).join(' ')),
    is(namespaces, names.map(member).join('')),
    is(guards, policyIn(...names.slice(7))),
    ...allWell,
  ];
  const { exitCode, said, calls } = await run(rules, { ...orders, namespaces: names }, short);
  assert.is(exitCode, 1);
  assert.match(
    said.at(-1)!,
    /: of 301 namespaces 7 have no AuthorizationPolicy allow-orders, such as orders-0 orders-1 orders-2 orders-3 orders-4\. Upgrade this release$/,
  );
  assert.is(new Set(calls).size, 5);
  const [, asked] = calls.flatMap(call => /^get (?:\S+) (allow-\S+ .*) -n /.exec(call) ?? []);
  assert.is(asked, [1, 2, 3].map(part => `allow-orders-to-activator-${part}`).join(' '));
});

const scopes: readonly (readonly [name: string, values: Values])[] = [
  ['both', orders],
  ['Eventing only', { ...orders, serving: { enabled: false } }],
  ['many namespaces', { ...orders, namespaces: Array.from({ length: 151 }, (_, index) => `o-${index}`) }],
];
for (const [name, values] of scopes)
  test(`every call is allowed, and every permission is used: ${name}`, async () => {
    const names = values.namespaces as string[];
    const rules = [
      is(named, hosts(...names)),
      is(namespaces, names.map(member).join('')),
      is(guards, policyIn(...names)),
    ];
    const { exitCode, calls } = await run([...rules, ...allWell], values);
    assert.is(exitCode, 0);
    assert.equal([...new Set(calls.flatMap(needed))].sort(), allowed(objectsOf(values, chart)).sort());
  });

test.run();
