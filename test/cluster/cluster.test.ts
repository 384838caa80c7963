/** The test cluster itself: it starts, it is sealed, its faults are seen, and it leaves nothing behind. */
import { existsSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { type Cluster, startCluster } from './cluster.ts';
import { kubernetesVersions } from './modules.ts';
import { clusterSuite, stillRunning } from './suite.ts';
import { waitFor } from './wait.ts';

const test = clusterSuite('cluster');
const newest = kubernetesVersions[1];

const hook = (namespace: string) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: `${namespace}-hook` },
  webhooks: [
    {
      name: `hook.${namespace}.example.com`,
      clientConfig: { service: { name: 'hook', namespace, port: 443 } },
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
      objectSelector: { matchLabels: { ask: namespace } },
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      timeoutSeconds: 5,
    },
  ],
});

const service = (namespace: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'hook', namespace },
  spec: { ports: [{ port: 443 }] },
});

/** Creates a ConfigMap on which the hook of that namespace has a say, and returns what the API server answers. */
async function admitted(cluster: Cluster, namespace: string) {
  if (namespace === 'elsewhere') {
    await cluster.objects.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  }
  await cluster.objects.create(service(namespace));
  await cluster.objects.create(hook(namespace));
  const map = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'asked', namespace: 'default', labels: { ask: namespace } },
  };
  // The API server learns of a new webhook within a second; until then it does not ask.
  return cluster.waitFor(`the API server asks ${namespace}`, async () => {
    const answer = await cluster.objects.create(map, { dryRun: 'All' });
    return cluster.egress().some(({ target }) => target.includes(`.${namespace}.svc`)) && answer;
  });
}

test('everything starts, listens only on this machine, and stops without a trace', async () => {
  const cluster = await startCluster({ kubernetes: newest });
  const pids = Object.values(cluster.pids());
  const names = Object.keys(cluster.pids());
  const wanted = [
    'etcd',
    'istiod',
    'keeper',
    'knative-operator',
    'kube-apiserver',
    'kube-controller-manager',
    'kube-scheduler',
  ];
  assert.equal(names.filter(name => wanted.includes(name)).sort(), wanted);
  const outside = cluster
    .listeners()
    .filter(({ kind, address }) => kind !== 'unix' && !address.startsWith('127.0.0.1:'));
  assert.equal(outside, []);
  const open = cluster.listeners().filter(({ kind }) => kind === 'tcp');
  assert.ok(open.length > 8, `only ${open.length} listeners seen`);
  const strangers = cluster.peers().filter(({ address }) => !address.startsWith('127.0.0.1:'));
  assert.equal(strangers, []);
  await cluster.stop();
  assert.equal(stillRunning(pids), []);
  assert.not(existsSync(cluster.dir));
});

test('an admission call goes nowhere but to the way out', async () => {
  const cluster = await startCluster({ kubernetes: newest, components: 'api' });
  const refused = await admitted(cluster, 'elsewhere');
  assert.is(refused.status, 500);
  assert.match(JSON.stringify(refused.body), /failed calling webhook/);
  assert.is(cluster.egress().at(-1)?.what, 'refused');
  const answered = await admitted(cluster, 'knative-serving');
  assert.is(answered.status, 201);
  assert.equal(cluster.egress().at(-1)?.subject, 'CREATE ConfigMap default asked');
  await cluster.stop();
});

test('a component that is halted on purpose can be resumed; one that dies is named, with its last words', async () => {
  const cluster = await startCluster({ kubernetes: newest, components: 'api' });
  await cluster.halt('etcd');
  assert.is(cluster.pids().etcd, undefined);
  await cluster.resume('etcd');
  await cluster.waitFor('ready', async () => (await cluster.rest('GET', '/readyz')).status === 200);
  process.kill(cluster.pids().etcd as number, 'SIGKILL');
  const failure = await cluster.waitFor('never', () => false).catch(error => error as Error);
  assert.match((failure as Error).message, /^etcd ended by itself: SIGKILL\n\{"level":/);
  assert.is(await cluster.rest('GET', '/readyz').catch(error => error.message), (failure as Error).message);
  await cluster.stop();
});

test('two clusters run side by side, one of each version; a keeper that is killed takes only its own along', async () => {
  const [older, newer] = (await Promise.all(
    kubernetesVersions.map(kubernetes => startCluster({ kubernetes, components: 'api' })),
  )) as [Cluster, Cluster];
  for (const cluster of [older, newer]) {
    const { stdout } = await cluster.kubectl(['version', '-o', 'json']);
    assert.is(JSON.parse(stdout).serverVersion.gitVersion, `v${cluster.kubernetes}`);
  }
  const pids = Object.values(older.pids());
  process.kill(older.pids().keeper as number, 'SIGKILL');
  await waitFor('the end of all processes', () => stillRunning(pids).length === 0, { seconds: 10 });
  await older.stop();
  assert.not(existsSync(older.dir));
  assert.is((await newer.rest('GET', '/readyz')).status, 200);
  await newer.stop();
});

test.run();
