/**
 * The chart serverless-mesh-operators on both API servers, with both Helms: OLM's own definitions are there, but OLM is not, so
 * the test writes what OLM would.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { serverlessMeshOperators } from '../../generator/model/serverless-mesh-operators/index.ts';
import { chartFolderOf, goldenManifests, operatorCases, release } from '../chart/cases.ts';
import { object } from '../cluster-commands/healthy.ts';
import { helms } from '../support/helm.ts';
import type { Cluster } from './cluster.ts';
import { runRemedy } from './commands/commands.ts';
import { operatorCsv } from './commands/openshift.ts';
import { everything } from './everything.ts';
import type { KubeObject } from './objects.ts';
import { differences, nameOf, released } from './released.ts';
import { helm, make, refusal, releaseName, removeReleases } from './releases.ts';
import { endShared, onEveryVersion } from './shared.ts';
import { clusterSuite } from './suite.ts';

const test = clusterSuite('operators', { allKinds: true });
const chart = chartFolderOf(serverlessMeshOperators);
const olm = 'operators.coreos.com/v1alpha1';
const serverless = 'openshift-serverless';
const others = 'openshift-operators';

const group = (name: string, namespace: string, spec: object = {}) =>
  object('operators.coreos.com/v1/OperatorGroup', name, namespace, { spec });
const subscription = (name: string, namespace: string): KubeObject =>
  object(`${olm}/Subscription`, name, namespace, {
    spec: { channel: 'stable', name, source: 'redhat-operators', sourceNamespace: 'openshift-marketplace' },
  });

/** What every OpenShift has. */
async function openshift(cluster: Cluster): Promise<void> {
  await make(cluster, object('v1/Namespace', others));
  await make(cluster, group('global-operators', others));
}
/** All of a kind, once its storage is ready, which it is not at first. */
const all = (cluster: Cluster, apiVersion: string, kind: string): Promise<KubeObject[]> =>
  cluster.waitFor(`a list of ${kind}`, () => cluster.objects.list<KubeObject>(apiVersion, kind));
/** Nothing of OLM's is left, but what every OpenShift has. */
async function clean(cluster: Cluster): Promise<void> {
  await removeReleases(cluster);
  for (const [apiVersion, kind] of [
    [olm, 'Subscription'],
    [olm, 'ClusterServiceVersion'],
    ['operators.coreos.com/v1', 'OperatorGroup'],
  ] as const)
    for (const { metadata } of await all(cluster, apiVersion, kind))
      await cluster.objects.remove(apiVersion, kind, metadata.name, metadata.namespace);
  await openshift(cluster);
}
test.before(() => onEveryVersion(openshift, 'mesh'));
test.after.each(() => onEveryVersion(clean, 'mesh'));
test.after(() => endShared('mesh'));

const set = (...values: readonly string[]) => values.flatMap(value => ['--set', value]);
const names = async (cluster: Cluster, kind: string, namespace: string, apiVersion = olm) =>
  (await cluster.objects.list<KubeObject>(apiVersion, kind, namespace)).map(({ metadata }) => metadata.name).sort();
const groups = (cluster: Cluster) => names(cluster, 'OperatorGroup', serverless, 'operators.coreos.com/v1');

interface Spec {
  readonly spec: Readonly<Record<string, string>>;
}
const specOf = async (cluster: Cluster, name: string, namespace: string) =>
  (await cluster.objects.get<Spec>(olm, 'Subscription', name, namespace))?.spec;

/** The commands of the chart's README that hand a Subscription over to the release "operators" in namespace default. */
function readmeCommands(): string[] {
  const readme = readFileSync(join(chart, 'README.md'), 'utf8').replaceAll('\\\n', ' ');
  const found = [...readme.matchAll(/^\$ (oc (?:annotate|label) .*)$/gm)].map(([, command = '']) => command);
  assert.is(found.length, 2);
  return found;
}

/** Lines of NOTES that are commands and contain the words. */
async function commands(cluster: Cluster, words: string): Promise<string[]> {
  const { stdout } = await helm(cluster, helms().at(-1)!, ['get', 'notes', releaseName]);
  return stdout.split('\n').filter(line => line.startsWith('  oc ') && line.includes(words));
}

for (const c of operatorCases)
  test(`${c.name}: every object is accepted strictly and kept as it is`, async () => {
    await onEveryVersion(async cluster => {
      for (const name of [serverless, release.namespace]) await make(cluster, object('v1/Namespace', name));
      for (const { object } of goldenManifests(c)) {
        const wanted = object as unknown as KubeObject;
        assert.is(await refusal(cluster, wanted), undefined, nameOf(wanted));
      }
    }, 'mesh');
  });

for (const program of helms()) {
  const run = (cluster: Cluster, ...args: readonly string[]) => helm(cluster, program, args);
  /** What Helm says to something that the chart refuses. */
  async function refused(cluster: Cluster, ...args: readonly string[]): Promise<string> {
    const { exitCode, stderr } = await helm(cluster, program, args, { reject: false });
    assert.is(exitCode, 1, args.join(' '));
    return stderr;
  }

  test(`${program.name}: install, upgrade, rollback, uninstall; namespace and OperatorGroup stay`, async () => {
    await onEveryVersion(async cluster => {
      const before = await everything(cluster);
      await run(cluster, 'install', releaseName, chart);
      const first = await released(cluster, program);
      assert.equal(await differences(cluster, first, []), []);
      assert.equal(await names(cluster, 'Subscription', others), ['servicemeshoperator']);

      const manual = ['serverless.channel=stable-1.37', 'installPlanApproval=Manual'];
      await run(cluster, 'upgrade', releaseName, chart, ...set(...manual));
      assert.equal(await specOf(cluster, 'serverless-operator', serverless), {
        channel: 'stable-1.37',
        name: 'serverless-operator',
        source: 'redhat-operators',
        sourceNamespace: 'openshift-marketplace',
        installPlanApproval: 'Manual',
      });
      await run(cluster, 'upgrade', releaseName, chart, ...set('mesh.generation=v3', 'mesh.channel=stable-3.1'));
      assert.equal(await names(cluster, 'Subscription', others), ['servicemeshoperator3']);
      await run(cluster, 'rollback', releaseName, '1');
      assert.equal(await released(cluster, program), first);
      assert.equal(await differences(cluster, first, []), []);
      assert.equal(await names(cluster, 'Subscription', others), ['servicemeshoperator']);

      await run(cluster, 'uninstall', releaseName);
      const left = [...(await everything(cluster))].filter(name => !before.has(name));
      const stays = `operatorgroups.operators.coreos.com ${serverless}/serverless-operators`;
      // The namespace is there from the case before.
      assert.equal(left, [stays]);
      // With what stayed, the same release and another one can be installed, and no second OperatorGroup comes.
      for (const name of [releaseName, 'again']) {
        await run(cluster, 'install', name, chart);
        assert.equal(await groups(cluster), ['serverless-operators']);
        assert.equal(await names(cluster, 'Subscription', serverless), ['serverless-operator']);
        await run(cluster, 'uninstall', name);
      }
    }, 'mesh');
  });

  test(`${program.name}: the OperatorGroup of somebody else is enough, and stays as it is`, async () => {
    await onEveryVersion(async cluster => {
      await make(cluster, group('theirs', serverless));
      await run(cluster, 'install', releaseName, chart);
      assert.equal(await groups(cluster), ['theirs']);
      // One that comes later is refused by the next upgrade; and so is one that the operator cannot live in.
      await make(cluster, group('second', serverless));
      assert.match(
        await refused(cluster, 'upgrade', releaseName, chart),
        'serverless.enabled: is true, but namespace openshift-serverless has several OperatorGroups (second, theirs), so OLM installs nothing there; delete all but one of them, or set preflight.enabled to false',
      );
      await cluster.objects.remove('operators.coreos.com/v1', 'OperatorGroup', 'second', serverless);
      await cluster.objects.apply(group('theirs', serverless, { targetNamespaces: ['default'] }));
      assert.match(
        await refused(cluster, 'upgrade', releaseName, chart),
        'OperatorGroup openshift-serverless/theirs is for some namespaces only',
      );
    }, 'mesh');
  });

  test(`${program.name}: the Subscription of somebody else is refused by name, left alone, or handed over`, async () => {
    await onEveryVersion(async cluster => {
      await make(cluster, subscription('serverless-operator', serverless));
      const sentence =
        'serverless.enabled: is true, but Subscription openshift-serverless/serverless-operator, which is not of this release, installs serverless-operator already; set it to false, or preflight.enabled to false';
      assert.match(await refused(cluster, 'install', releaseName, chart), sentence);
      assert.equal((await run(cluster, 'list', '--short')).stdout.trim(), '');
      await run(cluster, 'install', releaseName, chart, ...set('serverless.enabled=false'));
      assert.match(await refused(cluster, 'upgrade', releaseName, chart, ...set('serverless.enabled=true')), sentence);
      const handOver = readmeCommands().map(line => line.replaceAll('=operators', `=${releaseName}`));
      await runRemedy(cluster, handOver.join('\n'));
      await run(cluster, 'upgrade', releaseName, chart, ...set('serverless.enabled=true'));
      // As the chart's README says. Helm 3 writes only what differs from the release before, in which it was not.
      const force = program.name === 'helm4' ? ['--force-conflicts'] : [];
      await run(cluster, 'upgrade', releaseName, chart, ...set('serverless.channel=stable-1.37'), ...force);
      assert.is((await specOf(cluster, 'serverless-operator', serverless))?.channel, 'stable-1.37');
    }, 'mesh');
  });

  test(`${program.name}: a second release brings Service Mesh 3 for a migration, beside Service Mesh 2`, async () => {
    await onEveryVersion(async cluster => {
      await run(cluster, 'install', releaseName, chart);
      await run(cluster, 'install', 'migration', chart, ...set('serverless.enabled=false', 'mesh.generation=v3'));
      assert.equal(await names(cluster, 'Subscription', others), ['servicemeshoperator', 'servicemeshoperator3']);
      await run(cluster, 'upgrade', releaseName, chart, ...set('mesh.enabled=false'));
      assert.equal(await names(cluster, 'Subscription', others), ['servicemeshoperator3']);
      assert.match(
        await refused(cluster, 'upgrade', releaseName, chart, ...set('mesh.generation=v3', 'mesh.enabled=true')),
        'Subscription openshift-operators/servicemeshoperator3, which is not of this release, installs servicemeshoperator3 already',
      );
    }, 'mesh');
  });
}

test('a version that uninstall leaves: the next install is refused by name, until the command of NOTES has deleted it', async () => {
  await onEveryVersion(async cluster => {
    const program = helms().at(-1)!;
    await helm(cluster, program, ['install', releaseName, chart]);
    const version = operatorCsv('serverless-operator.v1.37.0', serverless);
    const label = { [`operators.coreos.com/serverless-operator.${serverless}`]: '' };
    await make(cluster, { ...version, metadata: { ...version.metadata, labels: label } } as KubeObject);
    const wait = (await commands(cluster, 'csv -l')).filter(line => line.startsWith(`  oc wait -n ${serverless}`));
    assert.is(wait.length, 1);
    await runRemedy(cluster, wait.join('\n'));
    const [remove = '', ...more] = (await commands(cluster, 'delete csv')).filter(line => line.includes(serverless));
    assert.equal(more, []);
    await helm(cluster, program, ['uninstall', releaseName]);
    const again = () => helm(cluster, program, ['install', releaseName, chart], { reject: false });
    assert.match(
      (await again()).stderr,
      `serverless.enabled: is true, but ClusterServiceVersion ${serverless}/serverless-operator.v1.37.0 is left of a Subscription that is gone, and OLM installs nothing beside it; delete it with oc delete csv -n ${serverless} serverless-operator.v1.37.0, or set preflight.enabled to false`,
    );
    await runRemedy(cluster, remove);
    assert.equal(await names(cluster, 'ClusterServiceVersion', serverless), []);
    const { exitCode, stderr } = await again();
    assert.is(exitCode, 0, stderr);
  }, 'mesh');
});

/** No file has the real one; all that matters here is whether the command fits. */
const installPlans = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'installplans.operators.coreos.com' },
  spec: {
    group: 'operators.coreos.com',
    scope: 'Namespaced',
    names: { kind: 'InstallPlan', plural: 'installplans', singular: 'installplan', listKind: 'InstallPlanList' },
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
} as const;

test('manual approval: the commands of NOTES approve just the InstallPlans of these Subscriptions', async () => {
  await onEveryVersion(async cluster => {
    await make(cluster, installPlans as unknown as KubeObject);
    try {
      await cluster.waitFor('InstallPlans', () => cluster.objects.list(`${olm}`, 'InstallPlan').then(() => true));
      const sets = set('installPlanApproval=Manual', 'mesh.generation=v3');
      await helm(cluster, helms().at(-1)!, ['install', releaseName, chart, ...sets]);
      const plan = (name: string, namespace: string) =>
        object(`${olm}/InstallPlan`, name, namespace, { spec: { approval: 'Manual', approved: false } });
      for (const [name, namespace] of [
        ['serverless-operator', serverless],
        ['servicemeshoperator3', others],
      ] as const) {
        await make(cluster, plan(`install-${name}`, namespace));
        const at = { lastUpdated: '2026-01-01T00:00:00Z', installPlanRef: { name: `install-${name}` } };
        const { status } = await cluster.objects.setStatus(subscription(name, namespace), at);
        assert.is(status, 200);
      }
      await make(cluster, plan('install-other', others));
      await runRemedy(cluster, (await commands(cluster, 'patch installplan')).join('\n'));
      const plans = await cluster.objects.list<KubeObject & { spec: { approved: boolean } }>(olm, 'InstallPlan');
      assert.equal(plans.map(({ metadata, spec }) => `${metadata.name} ${spec.approved}`).sort(), [
        'install-other false',
        'install-serverless-operator true',
        'install-servicemeshoperator3 true',
      ]);
    } finally {
      const { apiVersion, kind, metadata } = installPlans;
      await cluster.objects.remove(apiVersion, kind, metadata.name);
    }
  }, 'mesh');
});

test.run();
