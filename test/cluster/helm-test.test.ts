/**
 * helm test of the charts serverless-mesh-operators and serverless-mesh-tenant: their Jobs really run, as the account that the
 * test makes, and say what the cluster has. OLM is not there, so the test writes what OLM would.
 */
import * as assert from 'uvu/assert';
import { serverlessMeshOperators } from '../../generator/model/serverless-mesh-operators/index.ts';
import { chartFolderOf } from '../chart/cases.ts';
import { object } from '../cluster-commands/healthy.ts';
import { beginHelm, programOf } from './actions.ts';
import type { Cluster } from './cluster.ts';
import { operatorCsv } from './commands/openshift.ts';
import { everything } from './everything.ts';
import { lastWords } from './kubelet.ts';
import type { KubeObject } from './objects.ts';
import { helm, make, removeReleases } from './releases.ts';
import { onEveryVersion } from './shared.ts';
import { clusterSuite } from './suite.ts';
import { baseSet, makeAll, policyKind, removePolicies, security, tenant } from './tenants/tenants.ts';

const test = clusterSuite('helm-test', { allKinds: true });
test.after.each(() => onEveryVersion(removeReleases));

const programFor = ({ kubernetes }: Cluster) => programOf(kubernetes);
const olm = 'operators.coreos.com/v1alpha1';

/** What helm test made, and nobody has removed. */
const made = async (cluster: Cluster) =>
  [...(await everything(cluster))].filter(name => /-test$|\/serverless-mesh-tenant-orders$/.test(name));

/** Runs helm test: its status, and the last line of its Job. */
async function tested(cluster: Cluster, release: string) {
  const { done, run } = beginHelm(cluster, programFor(cluster), ['test', release, '--timeout', '120s']);
  const { exitCode, stdout, stderr } = await done;
  const words = lastWords(run()!) ?? '';
  // Helm 4 shows the log of a Job that failed, as its annotation asks.
  if (exitCode !== 0 && programFor(cluster).name === 'helm4')
    assert.ok(`${stdout}${stderr}`.replaceAll('\\"', '"').includes(words), stderr);
  return { exitCode, words };
}
/** All that the test made goes with it, also what one before has left. */
async function succeeds(cluster: Cluster, release: string, words: string): Promise<void> {
  assert.equal(await tested(cluster, release), { exitCode: 0, words });
  await cluster.waitFor('the end of what helm test made', async () => {
    const left = await made(cluster);
    if (left.length > 0) throw new Error(left.join('\n'));
    return true;
  });
}
/** Its Job stays, so that one can look; Helm 3 leaves the rest, too, as the READMEs say. */
async function fails(cluster: Cluster, release: string, words: RegExp): Promise<void> {
  const result = await tested(cluster, release);
  assert.is(result.exitCode, 1);
  assert.match(result.words, words);
  const left = await made(cluster);
  const job = `jobs.batch default/${release}-test`;
  if (programFor(cluster).name === 'helm4') assert.equal(left, [job]);
  else assert.ok(left.includes(job) && left.length > 1, left.join());
}

/** Subscriptions, with the namespace and the version of each. */
const operators = [
  ['serverless-operator', 'openshift-serverless', 'serverless-operator.v1.37.0'],
  ['servicemeshoperator', 'openshift-operators', 'servicemeshoperator.v2.6.11'],
] as const;

async function says(cluster: Cluster, name: string, namespace: string, status: object): Promise<void> {
  const subscription = object(`${olm}/Subscription`, name, namespace, {}) as KubeObject;
  const answer = await cluster.objects.setStatus(subscription, { lastUpdated: '2026-01-01T00:00:00Z', ...status });
  assert.is(answer.status, 200, JSON.stringify(answer.body));
}

test('operators: an InstallPlan that waits, a version that fails, and then all is well', () =>
  onEveryVersion(async cluster => {
    await make(cluster, object('v1/Namespace', 'openshift-operators'));
    const chart = chartFolderOf(serverlessMeshOperators);
    const sets = ['--set', 'installPlanApproval=Manual,jobs.timeoutSeconds=60'];
    await helm(cluster, programFor(cluster), ['install', 'operators', chart, ...sets]);
    try {
      const [[name, namespace]] = operators;
      const pending = { type: 'InstallPlanPending', status: 'True', reason: 'RequiresApproval' };
      await says(cluster, name, namespace, { conditions: [pending], installPlanRef: { name: 'install-abc' } });
      const approve =
        /^InstallPlan install-abc in openshift-serverless waits for your approval\. .*: oc patch installplan -n openshift-serverless install-abc --type merge /;
      await fails(cluster, 'operators', approve);
      for (const [operator, place, version] of operators) {
        await says(cluster, operator, place, { installedCSV: version, conditions: [] });
        await make(cluster, operatorCsv(version, place) as KubeObject);
      }
      const [, [, place, version]] = operators;
      const mesh = operatorCsv(version, place) as KubeObject;
      const failed = { phase: 'Failed', reason: 'InstallCheckFailed', message: 'install timeout' };
      await cluster.objects.setStatus(mesh, failed);
      await fails(
        cluster,
        'operators',
        /^gave up waiting for servicemeshoperator in openshift-operators, .*: ClusterServiceVersion servicemeshoperator\.v2\.6\.11 is not Succeeded yet\. Failed InstallCheckFailed install timeout$/,
      );
      await cluster.objects.setStatus(mesh, { phase: 'Succeeded' });
      const versions = operators.map(([, , version]) => version).join(' ');
      await succeeds(cluster, 'operators', `the operators work: ${versions}`);
    } finally {
      for (const [, place, version] of operators)
        await cluster.objects.remove(olm, 'ClusterServiceVersion', version, place);
    }
  }));

const namespaces = ['orders-a', 'orders-b'];
const isMember = { 'maistra.io/member-of': 'istio-system' };

test('a tenant: all in force, a policy that somebody removed, and after an upgrade all in force again', () =>
  onEveryVersion(async cluster => {
    await removePolicies(cluster);
    for (const name of namespaces)
      await make(cluster, object('v1/Namespace', name, undefined, { metadata: { name, labels: isMember } }));
    await makeAll(cluster, await baseSet({}));
    const values = { namespaces, jobs: { timeoutSeconds: 60 } };
    await tenant(cluster, programFor(cluster), ['install', 'orders'], values);
    const well = 'the policies of tenant orders are in force in 2 namespaces';
    await succeeds(cluster, 'orders', well);
    await cluster.objects.remove(security, policyKind, 'allow-orders', 'orders-b');
    await fails(
      cluster,
      'orders',
      /^gave up waiting for the policies of the namespaces, .*: of 2 namespaces 1 have no AuthorizationPolicy allow-orders, such as orders-b\. Upgrade this release$/,
    );
    await tenant(cluster, programFor(cluster), ['upgrade', 'orders'], values);
    await succeeds(cluster, 'orders', well);
    await helm(cluster, programFor(cluster), ['uninstall', 'orders']);
    await removePolicies(cluster);
  }));

test.run();
