/** verify after a real install on real API servers: what works, what is broken, and its own test service. */
import { join } from 'node:path';
import { execa } from 'execa';
import * as assert from 'uvu/assert';
import { verifyChecks } from '../../../generator/checks/verify/index.ts';
import { projectRoot } from '../../../generator/files.ts';
import { chartFolder } from '../../chart/cases.ts';
import { newFolder, put } from '../../cli/project.ts';
import { concernedBy } from '../../cluster-commands/coverage.ts';
import { object } from '../../cluster-commands/healthy.ts';
import { findingsOf, type Told } from '../../cluster-commands/run.ts';
import { helms } from '../../support/helm.ts';
import type { Cluster } from '../cluster.ts';
import { kubernetesVersions } from '../modules.ts';
import type { KubeObject } from '../objects.ts';
import { helm, make, prepare, releaseName, removeReleases } from '../releases.ts';
import { sharedCluster } from '../shared.ts';
import { clusterSuite } from '../suite.ts';
import { breakages, writeActivatorLog } from './breakages.ts';
import { assertFinding, assertNothingWrong, runRemedy, those, verify } from './commands.ts';
import { here, knativeService, playController, startGateway } from './knative-service.ts';
import { certificates, domain, givenObjects, madeByOperators, meanwhile, unmake, valuesOf } from './openshift.ts';
import { createUser } from './users.ts';

const test = clusterSuite('commands after an install', { allKinds: true });
const values = valuesOf('prod');
const valuesPath = put(newFolder(), 'values.yaml', JSON.stringify(values));
const given = await givenObjects();
let cluster: Cluster;

test.before(async () => {
  cluster = await sharedCluster(kubernetesVersions[1]);
  await prepare(cluster, 'prod');
  for (const wanted of given) await make(cluster, wanted);
});
test.after(async () => {
  await removeReleases(cluster);
  await unmake(cluster, [...given, ...madeByOperators()]);
});
async function podOf(workload: string): Promise<string> {
  const pods = await cluster.objects.list<KubeObject>('v1', 'Pod', 'knative-serving');
  return pods.map(({ metadata }) => metadata.name).find(name => name.startsWith(`${workload}-`)) ?? '';
}

/** Looks until just these checks find something, and gives the last look. */
async function until(ids: readonly string[]): Promise<Told> {
  let last = await verify(cluster, values);
  const look = async () => {
    if (those(last, 'finding').join() === ids.join()) return true;
    last = await verify(cluster, values);
    return false;
  };
  await cluster.waitFor(`findings of ${ids.join()}`, look, { seconds: 20 }).catch(() => {});
  return last;
}

test('an install beside an empty ClusterRole of a former Knative: the Job says how to go on, and does', async () => {
  const role = 'knative-serving-aggregated-addressable-resolver';
  await make(cluster, object('rbac.authorization.k8s.io/v1/ClusterRole', role, undefined, { rules: [] }));
  const before = cluster.jobRuns().length;
  const args = ['install', releaseName, chartFolder, '-f', valuesPath, '--wait', '--timeout', '120s'];
  const installing = helm(cluster, helms().at(-1)!, args);
  const words = async () => / if this stays: (oc delete .*)$/m.exec(cluster.jobRuns()[before]?.output() ?? '')?.[1];
  await runRemedy(cluster, await cluster.waitFor('the words of the Job', words));
  await installing;
  for (const wanted of madeByOperators()) await make(cluster, wanted);
  await writeActivatorLog(cluster, '');
});

test('an install whose Job has ended: every check is ok, in JSON and as a table', async () => {
  const told = await until([]);
  assertNothingWrong(told, []);
  const concerned = concernedBy(verifyChecks, values);
  assert.equal(those(told, 'ok'), concerned);
  const { out, status } = await verify(cluster, values, { output: 'text' }, { columns: 100 });
  assert.is(status, 0);
  const [head, ...lines] = out.trimEnd().split('\n');
  assert.match(head!, /^CHECK +STATE +WHAT$/);
  assert.ok(lines.length >= concerned.length);
  for (const line of lines) assert.match(line, /^([\w-]+ +ok {14}| {42})\S/);
});

for (const { name, checks, during, want } of breakages)
  test(`broken: ${name}`, async () => {
    await during(cluster, async () => {
      const told = await until(checks);
      assertFinding(told, checks, want);
    });
  });

test('an activator outside the mesh: the remedy that verify prints works, and verify --timeout waits for it', async () => {
  const injector = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration' };
  const activator = { ...object('v1/Pod', await podOf('activator'), 'knative-serving') };
  let remedy = '';
  await meanwhile(cluster, { without: [{ ...injector, metadata: { name: 'istio-sidecar-injector' } }] }, async () => {
    await unmake(cluster, [activator]);
    const told = await until(['proxies-knative-serving']);
    const words = /^deployment\/activator in knative-serving has pods without a proxy; (oc rollout restart .*)$/m;
    assertFinding(told, ['proxies-knative-serving'], words);
    remedy = words.exec(findingsOf(told, 'proxies-knative-serving').join('\n'))![1]!;
  });
  await runRemedy(cluster, remedy);
  // The new pods have no log yet, which is not essential.
  assertNothingWrong(await verify(cluster, values, { timeout: 30 }), ['activator-log']);
  await writeActivatorLog(cluster, '');
});

test('a user who may see the mesh only: what was not seen is never ok, and nothing is a finding', async () => {
  const rules = [{ apiGroups: ['maistra.io'], resources: ['*'], verbs: ['get', 'list'] }];
  const user = await createUser(cluster, 'mesh-reader', rules);
  try {
    const told = await verify(user, values);
    assert.is(told.status, 1);
    assert.equal(those(told, 'ok'), ['control-plane', 'member-roll']);
    assert.equal(those(told, 'finding'), []);
  } finally {
    await user.remove();
  }
});

interface Marked {
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
}
const isLeft = async () => {
  const map = await cluster.objects.get('v1', 'ConfigMap', 'mesh-verify', 'orders');
  return map !== undefined || (await knativeService(cluster, 'mesh-verify', 'orders')) !== undefined;
};

test('the test service: nobody makes it ready here, which is told with progress and in time; nothing is left', async () => {
  let progress = '';
  const talk = (text: string) => {
    progress += text;
  };
  const began = Date.now();
  const wanted = { createTestService: true, timeout: 3 };
  const looking = verify(cluster, values, wanted, { interactive: true, talk });
  const made = await cluster.waitFor('the test service', () => knativeService(cluster, 'mesh-verify', 'orders'));
  // Serving's own webhook has taken it, and says for whom.
  assert.is((made.metadata as Marked).annotations['serving.knative.dev/creator'], 'admin');
  const told = await looking;
  assert.ok(Date.now() - began < 40_000, 'not much longer than the two waits of three seconds, on a busy machine');
  assertFinding(
    told,
    ['test-service'],
    /^Service orders\/mesh-verify is not Ready: it has no status yet; wait, or see oc describe -n orders service\.serving\.knative\.dev mesh-verify$/,
  );
  const steps = [
    'creating ConfigMap',
    'creating Service',
    'waiting until Service orders/mesh-verify is ready',
    'deleting what',
  ];
  for (const step of steps) assert.match(progress, step);
  assert.not.ok(await isLeft());
});

test('the test service: a quota of the namespace refuses it', async () => {
  const hard = { 'count/configmaps': '0' };
  const quota = object('v1/ResourceQuota', 'small', 'orders', {
    spec: { hard },
    status: { hard, used: { 'count/configmaps': '0' } },
  });
  await meanwhile(cluster, { put: [quota] }, async () => {
    const told = await verify(cluster, values, { createTestService: true, timeout: 1 });
    assertFinding(
      told,
      ['test-service'],
      /^ConfigMap orders\/mesh-verify cannot be created: configmaps "mesh-verify" is forbidden: exceeded quota: small, requested: count\/configmaps=1/,
    );
    assert.not.ok(await isLeft());
  });
});

test('the test service: made ready by the test, called over HTTPS with the CA of the wildcard certificate, and deleted', async () => {
  const gateway = await startGateway();
  const stop = playController(cluster, 'mesh-verify', 'orders', gateway.port);
  try {
    const { root } = await certificates();
    const trusting = valuesOf('prod', { verify: { caCertificate: root.certificate } });
    const told = await verify(cluster, trusting, { createTestService: true, timeout: 20, lookup: here });
    assertNothingWrong(told, []);
    assert.equal(told.checks.find(({ id }) => id === 'test-service')?.facts, [
      `https://mesh-verify-orders.${domain}:${gateway.port}/ answers with the page of the test`,
    ]);
    assert.not.ok(await isLeft());
  } finally {
    stop();
    gateway.stop();
  }
});

test('the test service: interrupted by Ctrl-C, the command deletes what it made', async () => {
  const program = join(projectRoot, 'scripts/from-source.js');
  const options = ['-f', valuesPath, '--kubeconfig', cluster.kubeconfig, '--release-name', releaseName];
  const args = [program, 'verify', ...options, '--create-test-service', '--timeout', '60'];
  const running = execa(process.execPath, args, { reject: false });
  await cluster.waitFor('the test service', isLeft);
  running.kill('SIGINT');
  const { exitCode, stdout, stderr } = await running;
  assert.is(exitCode, 1);
  assert.match(stdout, /^could not look: test-service: interrupted; run it again$/m);
  assert.match(stderr, /^interrupted: deleting what was created; interrupt again to leave it$/m);
  assert.not.match(stderr, / at .*:\d+:\d+/);
  assert.not.ok(await isLeft());
});

test.run();
