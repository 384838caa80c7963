/** The Jobs may do what their scripts do, and nothing else. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allowed, needed, type RoleRule } from './rights.ts';
import { everything, mapped, objectsOf, type Rule, runJob } from './run.ts';

const test = suite('jobs/permissions');

const pods = (...owners: string[]) => owners.map(owner => `<none> ${owner} a <none>\n`).join('');
const restartable: readonly Rule[] = [
  {
    call: 'get pods -n knative-serving',
    answers: [pods('ReplicaSet activator-1', 'ReplicaSet autoscaler-1'), ''],
  },
  {
    call: 'get pods -n knative-eventing',
    answers: [
      pods(
        ...['pingsource-mt-adapter', 'imc-dispatcher', 'mt-broker-ingress', 'mt-broker-filter', 'job-sink'].map(
          name => `ReplicaSet ${name}-1`,
        ),
      ),
      '',
      pods(
        ...['controller', 'broker-receiver', 'channel-receiver', 'sink-receiver'].map(n => `ReplicaSet kafka-${n}-1`),
        ...['broker', 'channel', 'source'].map(n => `StatefulSet kafka-${n}-dispatcher`),
      ),
      '',
    ],
  },
  { call: 'rollout', answers: ['restarted'] },
  { call: 'configuredMembers', answers: ['shop knative-serving knative-eventing'] },
  { call: 'generation', answers: ['True 1 1'] },
];
const leftovers: readonly Rule[] = [
  { call: ' -A ', answers: [''] },
  ...['mesh-verify', 'knative-serving', 'knativeeventing', 'knative-kafka', 'serverless-mesh-wait', 'example.com'].map(
    name => ({
      call: `^get (?!.* -A ).*${name}`,
      answers: [' ', ''],
    }),
  ),
  { call: 'delete', answers: ['deleted'] },
];
// Three objects of helm test have one name: each is there once.
const each = (rules: readonly Rule[]): Rule[] => [
  ...['services.serving.knative.dev', 'job', 'configmap'].map(kind => ({
    call: `^get ${kind}/mesh-verify`,
    answers: [' ', ''],
  })),
  { call: '^get domainmappings.serving.knative.dev/www', answers: [' ', ''] },
  ...rules,
];

test('every call is allowed, and every permission is used', async () => {
  const objects = objectsOf(mapped);
  const may = new Set(allowed(objects));
  const wait = await runJob('serverless-mesh-wait', mapped, restartable, { timeout: '60' });
  const uninstall = await runJob('serverless-mesh-uninstall', mapped, each(leftovers), { timeout: '60' });
  assert.equal([wait.exitCode, uninstall.exitCode], [0, 0], [...wait.said, ...uninstall.said].join('\n'));
  const does = new Set([...wait.calls, ...uninstall.calls].flatMap(needed));
  assert.equal(
    [...does].filter(call => !may.has(call)),
    [],
    'not allowed',
  );
  // Kafka's Deployments and StatefulSets are one rule.
  const idle = [...may].filter(
    call => !does.has(call) && !/^(get|patch) (deployments|statefulsets).apps\/kafka-/.test(call),
  );
  assert.equal(idle, [], 'allowed in vain');
});

test('what changes something names it; no secrets, nothing created, no wildcards', () => {
  for (const role of objectsOf(mapped).filter(o => /^(Cluster)?Role$/.test(o.kind)))
    for (const rule of role.rules as RoleRule[]) {
      const text = JSON.stringify(rule);
      assert.not.match(text, /\*|secrets|create|update|deletecollection|escalate|bind|impersonate/);
      if (/patch|delete/.test(text)) assert.ok((rule.resourceNames ?? []).length > 0, text);
      if (role.kind === 'ClusterRole') assert.equal(rule.verbs, ['list']);
    }
});

const fewer: readonly (readonly [name: string, values: object, absent: RegExp])[] = [
  ['Kourier: no pods are touched', { serving: { ingress: 'kourier' } }, /pods|deployments|statefulsets|patch/],
  ['an existing control plane', { mesh: { controlPlane: { create: false } } }, /servicemeshcontrolplanes/],
  ['uninstall while in use: no look at all namespaces', { uninstall: { allowInUse: true } }, / in \*$/],
  ['without Kafka', { kafka: { enabled: false } }, /kafka/],
  ['without Serving', { serving: { enabled: false } }, /serving/],
  ['without Eventing', { eventing: { enabled: false }, kafka: { enabled: false } }, /eventing|kafka/],
  ['without a helm test', { cluster: { appsDomain: '' } }, /mesh-verify/],
  ['without Jobs', { jobs: { enabled: false } }, /./],
];
for (const [name, values, absent] of fewer)
  test(`values: ${name}`, () =>
    assert.equal(
      allowed(objectsOf({ ...everything, ...values })).filter(line => absent.test(line)),
      [],
    ));

test('every role is bound to the Jobs, in its namespace, and to nobody else', () => {
  const objects = objectsOf({ ...mapped, mesh: { namespace: 'mesh', members: ['shop'] } });
  const roles = objects.filter(o => /^(Cluster)?Role$/.test(o.kind));
  const bindings = objects.filter(o => /^(Cluster)?RoleBinding$/.test(o.kind));
  const place = (kind: string, name: string, namespace = '') => `${kind} ${namespace}/${name}`;
  assert.equal(
    bindings
      .map(b => {
        const ref = b.roleRef as { kind: string; name: string };
        return place(ref.kind, ref.name, b.metadata.namespace);
      })
      .sort(),
    roles.map(r => place(r.kind, r.metadata.name, r.metadata.namespace)).sort(),
  );
  for (const b of bindings)
    assert.equal(b.subjects, [{ kind: 'ServiceAccount', name: 'serverless-mesh-jobs', namespace: 'mesh' }]);
  assert.is(objects.filter(o => o.kind === 'ServiceAccount').length, 1);
});

test.run();
