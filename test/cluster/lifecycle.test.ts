/** The life of a release on real API servers, with the Knative operator and istiod: install to uninstall, in both Helms. */
import * as assert from 'uvu/assert';
import { chartFolder } from '../chart/cases.ts';
import { type Helm, helms } from '../support/helm.ts';
import { parseManifests } from '../support/render.ts';
import { asReleased, helmWithJobs, programOf, uninstall } from './actions.ts';
import type { Cluster } from './cluster.ts';
import { everything } from './everything.ts';
import { kubernetesVersions } from './modules.ts';
import type { KubeObject } from './objects.ts';
import {
  type Environment,
  environments,
  helm,
  knativeReady,
  prepare,
  refusal,
  releaseName,
  removeReleases,
  valuesFile,
} from './releases.ts';
import { onEveryVersion, sharedCluster } from './shared.ts';
import { clusterSuite } from './suite.ts';

const test = clusterSuite('lifecycle', { allKinds: true });

/** Changes of values in an upgrade, one feature each way: what was off is turned on, and the other way round. */
const changes: Readonly<Record<Environment, readonly string[]>> = {
  dev: [
    'kafka.enabled=true',
    'kafka.bootstrapServers={events-kafka-bootstrap.kafka.svc.cluster.local:9093}',
    'serving.metrics.enabled=true',
    'mesh.members={playground,orders}',
  ],
  staging: ['eventing.enabled=false', 'mesh.members={orders}', 'commonLabels.changed=again'],
  prod: ['kafka.enabled=false', 'serving.metrics.enabled=false', 'mesh.members={orders}', 'verify.namespace='],
};

const wantedTests = ['ConfigMap', 'Job', 'Service'];

interface Annotated {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
}

test.after.each(async () => {
  // A test that failed leaves its release; the next is not to fail because of it.
  await onEveryVersion(removeReleases);
});

const waitWords = { 'serverless-mesh-wait': 'everything is ready' };

const withWaitJob = (cluster: Cluster, program: Helm, args: readonly string[]) =>
  helmWithJobs(cluster, program, args, waitWords);

const values = (environment: Environment) => [chartFolder, '-f', valuesFile(environment)];
const install = (cluster: Cluster, program: Helm, environment: Environment) =>
  withWaitJob(cluster, program, ['install', releaseName, ...values(environment)]);

async function upgrade(cluster: Cluster, program: Helm, environment: Environment, sets: readonly string[]) {
  const args = [...values(environment), ...sets.flatMap(set => ['--set', set])];
  await withWaitJob(cluster, program, ['upgrade', releaseName, ...args]);
}

/** The objects of helm test can be created now; of the others, what is in their way is said. */
async function testsAdmitted(cluster: Cluster, program: Helm): Promise<void> {
  const { stdout } = await helm(cluster, program, ['get', 'hooks', releaseName]);
  const hooks = parseManifests(stdout).map(({ object }) => object as unknown as KubeObject & Annotated);
  const tests = hooks.filter(({ metadata }) => metadata.annotations['helm.sh/hook'] === 'test');
  assert.equal(tests.map(({ kind }) => kind).sort(), wantedTests);
  const refused = await Promise.all(tests.map(object => refusal(cluster, object)));
  assert.equal(refused, [undefined, undefined, undefined]);
}

/** Neither the same release nor another one can be installed beside it, and nothing of the try is left. */
async function secondRefused(cluster: Cluster, program: Helm, environment: Environment): Promise<void> {
  const rows = [
    [releaseName, /cannot re-?use a name that is still in use/],
    ['other', /exists and cannot be imported into the current release|already serves/],
  ] as const;
  for (const [name, want] of rows) {
    const again = await helm(cluster, program, ['install', name, ...values(environment)], { reject: false });
    assert.is(again.exitCode, 1);
    assert.match(again.stderr, want);
  }
  assert.is((await helm(cluster, program, ['list', '--short'])).stdout.trim(), releaseName);
}

for (const [row, environment] of environments.entries()) {
  // Not crossed in full, each environment meets both Helms and both versions, and so does each Helm each version.
  for (const shift of process.env.LIFECYCLE_CROSS === 'full' ? [0, 1] : [row]) {
    const pairs = kubernetesVersions.map(version => `${programOf(version, shift).name} on ${version}`);
    test(`${environment}, ${pairs.join(' and ')}: install, upgrade, rollback, uninstall; nothing is left`, async () => {
      await onEveryVersion(cluster => life(cluster, programOf(cluster.kubernetes, shift), environment));
    });
  }
}

async function life(cluster: Cluster, program: Helm, environment: Environment): Promise<void> {
  await prepare(cluster, environment);
  const before = await everything(cluster);
  await install(cluster, program, environment);
  const first = await asReleased(cluster, program);
  // The Job waited for it: there is nothing left to wait for.
  await knativeReady(cluster, 0);
  await testsAdmitted(cluster, program);
  await secondRefused(cluster, program, environment);
  await upgrade(cluster, program, environment, changes[environment]);
  const changed = await asReleased(cluster, program, first);
  await withWaitJob(cluster, program, ['rollback', releaseName, '1']);
  await asReleased(cluster, program, changed);
  await uninstall(cluster, program, before);
}

test('a release that Helm 3 made is upgraded and uninstalled by Helm 4', async () => {
  const [older, newer] = helms();
  assert.ok(older?.name === 'helm3' && newer?.name === 'helm4', 'both Helms are here');
  const cluster = await sharedCluster(kubernetesVersions[1]);
  await prepare(cluster, 'prod');
  const before = await everything(cluster);
  await install(cluster, older, 'prod');
  const first = await asReleased(cluster, newer);
  await upgrade(cluster, newer, 'prod', changes.prod);
  await asReleased(cluster, newer, first);
  await uninstall(cluster, newer, before);
});

test.run();
