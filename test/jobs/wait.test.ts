/** The script of the Job after install, run against a kubectl that answers as each row says. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Values } from '../../generator/values/maps.ts';
import { everything, type Rule, runJob } from './run.ts';

const test = suite('jobs/wait');
const run = (rules: readonly Rule[], values: Values = everything, options = {}) =>
  runJob('serverless-mesh-wait', values, rules, options);

const is = (call: string, ...answers: string[]): Rule => ({ call, answers });
const controlPlane = 'get servicemeshcontrolplane.maistra.io/basic -n istio-system .*generation';
const roll = 'get servicemeshmemberroll.maistra.io/default -n istio-system .*generation';
const members = 'get servicemeshmemberroll.maistra.io/default -n istio-system .*configuredMembers';
const gateway = 'get deployment/istio-ingressgateway -n istio-system .*generation';
const serving = 'get knativeserving.operator.knative.dev/knative-serving -n knative-serving .*generation';
const eventing = 'get knativeeventing.operator.knative.dev/knative-eventing -n knative-eventing .*generation';
const kafka = 'get knativekafka.operator.serverless.openshift.io/knative-kafka -n knative-eventing .*generation';
const servingPods = 'get pods -n knative-serving';
const eventingPods = 'get pods -n knative-eventing';
const ready = 'True 2 2';
/** As the columns of kubectl: deleted at, kind and name of the owner, containers, init containers. */
const pod = (owner: string, containers: string, deleted = '<none>', init = '<none>') =>
  `${deleted}   ${owner.replace('/', '   ')}   ${containers}   ${init}\n`;
const proxied = pod('ReplicaSet/activator-7d9f', 'activator,istio-proxy');

const allReady: readonly Rule[] = [
  is(controlPlane, ready),
  is(roll, ready),
  is(members, 'knative-serving knative-eventing shop'),
  is(gateway, ready),
  is(servingPods, proxied),
  is(serving, ready),
  is(eventingPods, ''),
  is(eventing, ready),
  // KnativeKafka has no observedGeneration.
  is(kafka, 'True 3 '),
  is("conditions\\[\\?\\(@.status!='True'\\)\\]", 'Ready ReconcileError nobody is at home; '),
  is('^rollout restart', 'restarted'),
];
/** The same, but for the rows given. */
const but = (...rules: Rule[]): Rule[] => [...rules, ...allReady];
const restarts = (calls: readonly string[]) => calls.filter(call => call.startsWith('rollout'));

for (const shell of ['sh', 'bash']) {
  test(`${shell}: everything ready`, async () => {
    const { exitCode, said, calls } = await run(allReady, everything, { shell });
    assert.equal(said, [
      'ok: the control plane',
      'ok: the member roll',
      'ok: the members of the mesh',
      'ok: the ingress gateway',
      'ok: Knative Serving',
      'ok: Knative Eventing',
      'ok: Knative Kafka',
      'everything is ready',
    ]);
    assert.is(exitCode, 0);
    assert.equal(restarts(calls), []);
  });
}

const never: readonly (readonly [what: string, rule: string, missing: string])[] = [
  ['the control plane', controlPlane, 'servicemeshcontrolplane.maistra.io/basic is not Ready yet'],
  ['the member roll', roll, 'servicemeshmemberroll.maistra.io/default is not Ready yet'],
  ['the members of the mesh', members, 'servicemeshmemberroll/default does not list as configured: shop'],
  ['the ingress gateway', gateway, 'deployment/istio-ingressgateway is not Available yet'],
  ['Knative Serving', serving, 'knativeserving.operator.knative.dev/knative-serving is not Ready yet'],
  ['Knative Eventing', eventing, 'knativeeventing.operator.knative.dev/knative-eventing is not Ready yet'],
  ['Knative Kafka', kafka, 'knativekafka.operator.serverless.openshift.io/knative-kafka is not Ready yet'],
];
for (const [what, call, missing] of never) {
  test(`never: ${what}`, async () => {
    const answer = call === members ? 'knative-serving knative-eventing' : 'False 2 2';
    const { exitCode, said } = await run(but(is(call, answer)));
    const reason = call === members ? missing : `${missing}. Ready ReconcileError nobody is at home; `;
    assert.is(exitCode, 1);
    assert.equal(said.slice(-2), [
      `waiting for ${what}: ${reason}`,
      `gave up waiting for ${what}, within the 2 seconds of jobs.timeoutSeconds: ${reason}`,
    ]);
    assert.not.ok(said.includes(`ok: ${what}`));
  });
}

/** What a stage first answers, before it is ready. */
const later: readonly (readonly [name: string, answer: string])[] = [
  ['no status yet', ' 1 '],
  ['ready for what was before', 'True 2 1'],
  ['not known yet', 'Unknown 2 2'],
  ['a kind that is not there yet', 'error: the server doesn\'t have a resource type "knativeserving"'],
  ['an API server that does not answer', 'Error from server (ServiceUnavailable): try again'],
];
for (const [name, answer] of later)
  test(`later: ${name}`, async () => {
    const { exitCode, said } = await run(but(is(serving, answer, answer, ready)), everything, { timeout: '20' });
    assert.is(exitCode, 0);
    assert.is(said.filter(line => line.startsWith('waiting for Knative Serving: ')).length, 1);
    assert.is(said.at(-1), 'everything is ready');
  });

test('an empty ClusterRole of a former Knative: says how to get rid of it', async () => {
  const words = 'Ready Error Install failed with message: .rules accessor error: <nil> is of the type <nil>; ';
  const rules = but(is("conditions\\[\\?\\(@.status!='True'\\)\\]", words), is(serving, 'False 2 2'));
  const { exitCode, said } = await run(rules);
  assert.is(exitCode, 1);
  assert.is(
    said.at(-2),
    `waiting for Knative Serving: knativeserving.operator.knative.dev/knative-serving is not Ready yet. ${words}if this stays: oc delete clusterrole --ignore-not-found knative-serving-aggregated-addressable-resolver knative-serving-admin`,
  );
  assert.not.match((await run(but(is(serving, 'False 2 2')))).said.join(), 'oc delete');
});

test('forbidden: gives up long before the time is over, with the words of the API server', async () => {
  const words = 'Error from server (Forbidden): knativeservings.operator.knative.dev "knative-serving" is forbidden';
  const { exitCode, said, calls } = await run(but(is(serving, words)), everything, { timeout: '1000' });
  assert.is(exitCode, 1);
  assert.is(calls.filter(call => new RegExp(serving).test(call)).length, 10);
  assert.is(
    said.at(-1),
    `gave up waiting for Knative Serving, within the 1000 seconds of jobs.timeoutSeconds: ${words}`,
  );
});
test('forbidden for a moment: goes on', async () => {
  const { exitCode } = await run(but(is(roll, 'Error from server (Forbidden): not yet', ready)), everything, {
    timeout: '20',
  });
  assert.is(exitCode, 0);
});

test('restarts only what has pods without a proxy, once', async () => {
  const outside = [
    pod('ReplicaSet/activator-7d9f', 'activator'),
    pod('ReplicaSet/activator-7d9f', 'activator'),
    pod('ReplicaSet/autoscaler-5c6b', 'autoscaler,istio-proxy'),
    pod('ReplicaSet/autoscaler-hpa-1a2b', 'autoscaler-hpa'),
    pod('ReplicaSet/yours-1a2b', 'web'),
    pod('Job/autoscaler', 'autoscaler'),
  ].join('');
  const dispatchers = [
    pod('StatefulSet/kafka-broker-dispatcher', 'kafka-broker-dispatcher'),
    pod('StatefulSet/kafka-source-dispatcher', 'kafka-source-dispatcher', '2026-01-01T00:00:00Z'),
    pod('ReplicaSet/kafka-sink-receiver-66', 'kafka-sink-receiver', '<none>', 'istio-init,istio-proxy'),
    pod('ReplicaSet/imc-dispatcher-77', 'dispatcher,istio-proxy'),
  ].join('');
  const rules = but(
    is(servingPods, outside, outside, proxied),
    is(eventingPods, dispatchers, dispatchers, dispatchers, ''),
    is(serving, 'False 2 2', ready),
  );
  const { exitCode, said, calls } = await run(rules, everything, { timeout: '20' });
  assert.is(exitCode, 0, said.join('\n'));
  assert.equal(restarts(calls), [
    'rollout restart -n knative-serving deployment/activator',
    'rollout restart -n knative-eventing statefulset/kafka-broker-dispatcher',
  ]);
  const first = (call: string) => calls.findIndex(c => new RegExp(call).test(c));
  assert.ok(first('rollout.*activator') < first(serving), 'a pod outside the mesh may be why Serving is not ready');
});

test('pods that stay outside: says which, and restarts them no second time', async () => {
  const { exitCode, said, calls } = await run(but(is(servingPods, pod('ReplicaSet/activator-7d9f', 'activator'))));
  assert.is(exitCode, 1);
  assert.match(
    said.at(-1)!,
    /^gave up waiting for Knative Serving, .*: there are pods without a proxy in knative-serving: deployment\/activator$/,
  );
  assert.is(restarts(calls).length, 1);
});
test('a restart that is forbidden is said', async () => {
  const words = 'Error from server (Forbidden): deployments.apps "activator" is forbidden';
  const rules = [is('^rollout', words), ...but(is(servingPods, pod('ReplicaSet/activator-7d9f', 'activator')))];
  const { exitCode, said } = await run(rules);
  assert.is(exitCode, 1);
  assert.ok(said.at(-1)!.endsWith(words));
});

/** Values, what is not asked for, and what is. */
const off: readonly (readonly [name: string, values: Values, absent: RegExp, steps: readonly string[]])[] = [
  [
    'an existing control plane',
    { ...everything, mesh: { members: ['shop'], controlPlane: { create: false } } },
    /servicemeshcontrolplane/,
    ['member roll', 'members of the mesh', 'ingress gateway', 'Knative Serving', 'Knative Eventing', 'Knative Kafka'],
  ],
  [
    'an existing member roll: only whether it lists the namespaces',
    { ...everything, mesh: { members: ['shop'], memberRoll: { create: false } } },
    /servicemeshmemberroll.*generation/,
    ['control plane', 'members of the mesh', 'ingress gateway', 'Knative Serving', 'Knative Eventing', 'Knative Kafka'],
  ],
  [
    'ServiceMeshMember objects',
    { ...everything, mesh: { members: ['shop'], serviceMeshMembers: { create: true } } },
    /servicemeshmemberroll.*generation/,
    ['control plane', 'members of the mesh', 'ingress gateway', 'Knative Serving', 'Knative Eventing', 'Knative Kafka'],
  ],
  [
    'Kourier: Knative is not in the mesh',
    { ...everything, serving: { ingress: 'kourier' } },
    /pods|rollout|ingressgateway/,
    ['control plane', 'member roll', 'members of the mesh', 'Knative Serving', 'Knative Eventing', 'Knative Kafka'],
  ],
  [
    'Serving only',
    { eventing: { enabled: false } },
    /eventing|kafka/,
    ['control plane', 'member roll', 'members of the mesh', 'ingress gateway', 'Knative Serving'],
  ],
  [
    'Eventing only',
    { serving: { enabled: false } },
    /knative-serving|ingressgateway|kafka/,
    ['control plane', 'member roll', 'members of the mesh', 'Knative Eventing'],
  ],
  [
    'nothing of ours',
    {
      mesh: { controlPlane: { create: false }, memberRoll: { create: false } },
      serving: { enabled: false, ingress: 'kourier' },
      eventing: { enabled: false },
    },
    /./,
    [],
  ],
];
for (const [name, values, absent, steps] of off)
  test(`values: ${name}`, async () => {
    const listed = is(
      members,
      values.mesh ? 'shop knative-serving knative-eventing' : 'knative-serving knative-eventing',
    );
    const { exitCode, said, calls } = await run(but(listed), values);
    const named = steps.map(step => `ok: ${step.startsWith('Knative') ? '' : 'the '}${step}`);
    assert.equal(said, [...named, 'everything is ready']);
    assert.is(exitCode, 0);
    assert.equal(
      calls.filter(call => absent.test(call)),
      [],
    );
  });

test.run();
