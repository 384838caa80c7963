/** The life of a release on real API servers, with the Knative operator and istiod: install to uninstall, in both Helms. */
import * as assert from 'uvu/assert';
import { chartFolder } from '../chart/cases.ts';
import { type Helm, helms } from '../support/helm.ts';
import type { Cluster } from './cluster.ts';
import { everything } from './everything.ts';
import { differences, released } from './released.ts';
import {
  type Environment,
  environments,
  helm,
  knativeReady,
  prepare,
  releaseName,
  removeReleases,
  valuesFile,
} from './releases.ts';
import { onEveryVersion } from './shared.ts';
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

/** What the Knative operator leaves behind; nothing of it is the chart's. */
const leftByKnative: readonly RegExp[] = [
  // By its design: the definitions of Knative's kinds, and with them the API groups that they make.
  /^customresourcedefinitions\.apiextensions\.k8s\.io .*\.knative\.dev$/,
  /^apiservices\.apiregistration\.k8s\.io .*\.knative\.dev$/,
  // Aggregated roles: Kubernetes' own controller applies one again while the operator is deleting it, now and then.
  /^clusterroles\S* \/(addressable-resolver|channelable-manipulator|crossnamespace-subscriber)$/,
  /^clusterroles\S* \/(podspecable-binding|source-observer|knative-(serving|eventing)-aggregated-\S+)$/,
];
const stays = (name: string) => leftByKnative.some(pattern => pattern.test(name));

test.after.each(async () => {
  // A test that failed leaves its release; the next is not to fail because of it.
  await onEveryVersion(removeReleases);
});

const waiting = ['--wait', '--timeout', '120s'];

/** Runs Helm, and holds that the one Job of that action ran to its end: its last words are these. */
async function helmWithJob(cluster: Cluster, program: Helm, args: readonly string[], job: string, words: string) {
  const before = cluster.jobRuns().length;
  await helm(cluster, program, [...args, ...waiting]);
  const ran = cluster.jobRuns().slice(before);
  assert.equal(
    ran.map(run => [run.job, run.exitCode, run.output().trimEnd().split('\n').at(-1)?.slice('12:00:00 '.length)]),
    [[job, 0, words]],
  );
}

const withWaitJob = (cluster: Cluster, program: Helm, args: readonly string[]) =>
  helmWithJob(cluster, program, args, 'serverless-mesh-wait', 'everything is ready');

async function install(cluster: Cluster, program: Helm, environment: Environment): Promise<void> {
  await withWaitJob(cluster, program, ['install', releaseName, chartFolder, '-f', valuesFile(environment)]);
}

async function upgrade(cluster: Cluster, program: Helm, environment: Environment, sets: readonly string[]) {
  const values = ['-f', valuesFile(environment), ...sets.flatMap(set => ['--set', set])];
  await withWaitJob(cluster, program, ['upgrade', releaseName, chartFolder, ...values]);
}

/** What the release says is what the cluster has; what the release no longer has is gone. */
async function asReleased(cluster: Cluster, program: Helm, before: Awaited<ReturnType<typeof released>> = []) {
  const now = await released(cluster, program);
  await cluster.waitFor('the cluster is as the release says', async () => {
    const found = await differences(cluster, now, before);
    if (found.length > 0) throw new Error(found.join('\n'));
    return true;
  });
  return now;
}

async function uninstall(cluster: Cluster, program: Helm, before: ReadonlySet<string>): Promise<void> {
  const words = 'the resources of Knative are gone';
  await helmWithJob(cluster, program, ['uninstall', releaseName], 'serverless-mesh-uninstall', words);
  const allGone = async () => {
    const left = [...(await everything(cluster))].filter(name => !before.has(name) && !stays(name));
    if (left.length > 0) throw new Error(left.join('\n'));
    return true;
  };
  // Each look asks for all kinds, which is much to do for an API server.
  await cluster.waitFor('nothing is left behind', allGone, { every: 1 });
}

for (const program of helms()) {
  for (const environment of environments) {
    test(`${program.name}, ${environment}: install, upgrade, rollback, uninstall; nothing is left`, async () => {
      await onEveryVersion(async cluster => {
        await prepare(cluster, environment);
        const before = await everything(cluster);
        await install(cluster, program, environment);
        const first = await asReleased(cluster, program);
        // The Job waited for it: there is nothing left to wait for.
        await knativeReady(cluster, 0);
        const again = ['install', releaseName, chartFolder, '-f', valuesFile(environment)];
        const second = await helm(cluster, program, again, { reject: false });
        assert.match(second.stderr, /cannot re-?use a name that is still in use/);
        await upgrade(cluster, program, environment, changes[environment]);
        const changed = await asReleased(cluster, program, first);
        await upgrade(cluster, program, environment, []);
        await asReleased(cluster, program, changed);
        await withWaitJob(cluster, program, ['rollback', releaseName, '2']);
        await asReleased(cluster, program, first);
        await uninstall(cluster, program, before);
      });
    });
  }
}

test('a release that Helm 3 made is upgraded and uninstalled by Helm 4', async () => {
  const [older, newer] = helms();
  assert.ok(older?.name === 'helm3' && newer?.name === 'helm4', 'both Helms are here');
  await onEveryVersion(async cluster => {
    await prepare(cluster, 'prod');
    const before = await everything(cluster);
    await install(cluster, older, 'prod');
    const first = await asReleased(cluster, newer);
    await upgrade(cluster, newer, 'prod', changes.prod);
    await asReleased(cluster, newer, first);
    await uninstall(cluster, newer, before);
  });
});

test('a second release beside the first is refused, saying what is in its way', async () => {
  await onEveryVersion(async cluster => {
    await prepare(cluster, 'dev');
    const before = await everything(cluster);
    for (const program of helms()) {
      await install(cluster, program, 'dev');
      const other = ['install', 'other', chartFolder, '-f', valuesFile('dev')];
      const { exitCode, stderr } = await helm(cluster, program, other, { reject: false });
      assert.is(exitCode, 1);
      assert.match(stderr, /exists and cannot be imported into the current release|already serves|already installed/);
      await helm(cluster, program, ['uninstall', 'other'], { reject: false });
      await uninstall(cluster, program, before);
    }
  });
});

test.run();
