/**
 * The chart's Jobs on real clusters, as their rendered account: stages that come late, fail or never come, pods that came
 * up outside the mesh, Knative in use. KnativeServing is the real operator's, the other statuses are played.
 */
import * as assert from 'uvu/assert';
import { chartFolder } from '../chart/cases.ts';
import { beginHelm, hasSaid, programOf } from './actions.ts';
import type { Cluster } from './cluster.ts';
import { everything, nothingLeft } from './everything.ts';
import { lastWords } from './kubelet.ts';
import { allReady, type Fates } from './mesh-operator.ts';
import { kubernetesVersions } from './modules.ts';
import type { KubeObject } from './objects.ts';
import { helm, injectedWorkloads, knativeReady, prepare, releaseName, removeReleases, valuesFile } from './releases.ts';
import { onEveryVersion } from './shared.ts';
import { clusterSuite } from './suite.ts';

const test = clusterSuite('jobs', { allKinds: true });
test.after.each(() =>
  onEveryVersion(async cluster => {
    Object.assign(cluster.fates, allReady);
    await removeReleases(cluster);
  }),
);

const programFor = ({ kubernetes }: Cluster) => programOf(kubernetes);
const installArgs = ['install', releaseName, chartFolder, '-f', valuesFile('prod'), '--timeout', '120s'];
const uninstallArgs = ['uninstall', releaseName, '--wait', '--timeout', '120s'];

const begin = (cluster: Cluster, args: readonly string[]) => beginHelm(cluster, programFor(cluster), args);

/** Two scenarios at once, each on a version of its own, as most of their time is waiting. */
const sideBySide = (older: Scenario, newer: Scenario) =>
  onEveryVersion(async cluster => {
    await prepare(cluster, 'prod');
    const before = await everything(cluster);
    await (cluster.kubernetes === kubernetesVersions[0] ? older : newer)(cluster);
    await helm(cluster, programFor(cluster), uninstallArgs);
    await nothingLeft(cluster, before);
  });
type Scenario = (cluster: Cluster) => Promise<void>;

test('late stages are waited for, and uninstall is refused in use; pods that came up outside the mesh are restarted', async () => {
  await sideBySide(async cluster => {
    await lateStages(cluster);
    await refusedInUse(cluster);
  }, podsOutside);
});

/** A control plane and a member roll that come late: helm install ends only then, and well. */
async function lateStages(cluster: Cluster): Promise<void> {
  Object.assign(cluster.fates, { controlPlane: 'silent', memberRoll: 'failing' });
  const { done, run } = begin(cluster, installArgs);
  await cluster.waitFor('the first wait', () => hasSaid(run(), 'waiting for the control plane'));
  cluster.fates.controlPlane = 'ready';
  await cluster.waitFor('the second wait', () => hasSaid(run(), 'waiting for the member roll: '));
  assert.match(run()!.output(), /ok: the control plane\n(.|\n)*Ready Test made to fail by the test/);
  cluster.fates.memberRoll = 'ready';
  const { exitCode, stderr } = await done;
  assert.is(exitCode, 0, stderr);
  assert.is(lastWords(run()!), 'everything is ready');
  await knativeReady(cluster, 0);
}

/** An uninstall that is refused changes nothing; the next one does not mind it. */
async function refusedInUse(cluster: Cluster): Promise<void> {
  const service = {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name: 'cart', namespace: 'orders' },
    spec: { template: { spec: { containers: [{ image: 'registry.example.com/cart' }] } } },
  };
  const created = await cluster.objects.create(service);
  assert.is(created.status, 201, JSON.stringify(created.body));
  const { done, run } = begin(cluster, uninstallArgs);
  assert.is((await done).exitCode, 1);
  assert.match(lastWords(run()!) ?? '', /^refused, for Knative is in use: 1 Knative Services, such as orders\/cart; /);
  await knativeReady(cluster, 0);
  await cluster.objects.remove(service.apiVersion, service.kind, 'cart', 'orders');
}

/** Pods that came up before the mesh could reach them are replaced, and then have a proxy. */
async function podsOutside(cluster: Cluster): Promise<void> {
  cluster.fates.controlPlane = 'silent';
  await injecting(cluster, false);
  const { done, run } = begin(cluster, installArgs);
  await cluster.waitFor('an activator', async () =>
    (await cluster.objects.list<KubeObject>('v1', 'Pod', 'knative-serving')).some(({ metadata }) =>
      metadata.name.startsWith('activator-'),
    ),
  );
  await injecting(cluster, true);
  cluster.fates.controlPlane = 'ready';
  const { exitCode, stderr } = await done;
  assert.is(exitCode, 0, `${stderr}\n${run()?.output()}`);
  assert.match(run()!.output(), /restarted deployment\/activator in knative-serving/);
  const injected = await injectedWorkloads(cluster, 'knative-serving');
  assert.ok(injected.includes('activator') && injected.includes('autoscaler'), injected.join());
}

/** Turns istiod's injection off and on: as if the namespaces were not members yet. */
async function injecting(cluster: Cluster, isOn: boolean): Promise<void> {
  const path = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/istio-sidecar-injector';
  const { body } = await cluster.rest('GET', path);
  const { webhooks, ...rest } = body as { webhooks: object[] };
  const never = [{ name: 'never', expression: 'false' }];
  const changed = webhooks.map(webhook => ({ ...webhook, matchConditions: isOn ? [] : never }));
  const { status } = await cluster.rest('PUT', path, { body: { ...rest, webhooks: changed } });
  assert.is(status, 200);
}

/** Of an action of Helm that fails a minute later, as the Job has no more time then. */
interface Failure {
  readonly action: 'install' | 'upgrade';
  readonly fates?: Partial<Fates>;
  readonly sets?: readonly string[];
  /** The last words of the Job. */
  readonly words: RegExp;
}

const ofTheMesh: readonly Failure[] = [
  {
    action: 'install',
    fates: { controlPlane: 'silent' },
    words: /^gave up waiting for the control plane, .*basic is not Ready yet/,
  },
  {
    action: 'upgrade',
    fates: { controlPlane: 'ready', memberRoll: 'failing' },
    words: /^gave up waiting for the member roll, .*Ready Test made to fail by the test/,
  },
];
const ofKnative: readonly Failure[] = [
  {
    action: 'install',
    fates: { kafka: 'failing' },
    words: /^gave up waiting for Knative Kafka, .*Ready Test made to fail by the test/,
  },
  {
    action: 'upgrade',
    sets: ['--set', 'serving.config.autoscaler.stable-window=nonsense'],
    words: /^gave up waiting for Knative Serving, .*Install failed with message: .*invalid duration/,
  },
];

async function fail(cluster: Cluster, failures: readonly Failure[]): Promise<void> {
  for (const { action, fates, sets = [], words } of failures) {
    Object.assign(cluster.fates, fates);
    const short = ['--set', 'jobs.timeoutSeconds=60', ...sets];
    const { done, run } = begin(cluster, [action, ...installArgs.slice(1), ...short]);
    const { exitCode, stderr, stdout } = await done;
    assert.is(exitCode, 1);
    assert.match(lastWords(run()!) ?? '', words);
    // Helm 4 shows the log of a hook that failed, as the annotation of the Job asks it to.
    if (programFor(cluster).name !== 'helm4') continue;
    assert.ok(`${stdout}${stderr}`.replaceAll('\\"', '"').includes(lastWords(run()!) as string), stderr);
  }
}

test('a stage that never comes, or fails: Helm fails, the Job says why, and uninstall leaves nothing', async () => {
  await sideBySide(
    cluster => fail(cluster, ofTheMesh),
    cluster => fail(cluster, ofKnative),
  );
});

test.run();
