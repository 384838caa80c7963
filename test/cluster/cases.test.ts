/**
 * Every case of test/cases and every example environment on both API servers with istiod's webhook: object by object, and
 * as one release that is upgraded from case to case. No operators here, so Helm runs no hooks: see lifecycle.test.ts.
 */
import * as assert from 'uvu/assert';
import { type Case, cases, chartFolder, goldenManifests } from '../chart/cases.ts';
import { type Helm, helms, parallel } from '../support/helm.ts';
import type { Cluster } from './cluster.ts';
import { everything, nothingLeft } from './everything.ts';
import { kubernetesVersions } from './modules.ts';
import type { KubeObject } from './objects.ts';
import { differences, nameOf, released } from './released.ts';
import { helm, refusal, releaseName } from './releases.ts';
import { endShared, onEveryVersion } from './shared.ts';
import { clusterSuite } from './suite.ts';

const test = clusterSuite('cases', { allKinds: true });
test.after(() => endShared('mesh'));

const objectsOf = (one: Case) => goldenManifests(one).map(({ object }) => object as unknown as KubeObject);

/** The namespaces that the objects are in or that the chart makes and keeps; what is there already stays as it is. */
async function prepare(cluster: Cluster, objects: readonly KubeObject[]): Promise<void> {
  const names = new Set(
    objects.flatMap(({ kind, metadata: { name, namespace } }) => (kind === 'Namespace' ? name : (namespace ?? []))),
  );
  for (const name of names) {
    await cluster.objects.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
}

for (const one of cases) {
  test(`${one.name}: every object, tests included, is accepted strictly and kept as it is`, async () => {
    const objects = objectsOf(one);
    assert.ok(objects.length > 1, `only ${objects.length} objects`);
    await onEveryVersion(async cluster => {
      await prepare(cluster, objects);
      const refused = await parallel(objects, 4, async object => {
        const why = await refusal(cluster, object);
        return why === undefined ? [] : [`${nameOf(object)}: ${why}`];
      });
      assert.equal(refused.flat(), []);
    }, 'mesh');
  });
}

test('one release becomes each of the cases in turn, is rolled back to the first, and leaves nothing', async () => {
  await onEveryVersion(async cluster => {
    // Each version with a Helm and a half of the cases of its own.
    const index = kubernetesVersions.indexOf(cluster.kubernetes);
    const program = helms()[index % helms().length] as Helm;
    const turns = cases.filter((_, turn) => turn % kubernetesVersions.length === index);
    for (const one of turns) await prepare(cluster, objectsOf(one));
    const before = await everything(cluster);
    // Helm forgets what is older than ten revisions.
    const keepAll = ['--history-max', '0'];
    let last: readonly KubeObject[] = [];
    let first: readonly KubeObject[] | undefined;
    const become = async (args: readonly string[], name: string) => {
      await helm(cluster, program, [...args, '--no-hooks']);
      const now = await released(cluster, program);
      const wrong = (await differences(cluster, now, last)).join('; ');
      assert.is(wrong, '', `after ${name}: ${wrong}`);
      last = now;
      first ??= now;
    };
    for (const { name, file } of turns) {
      await become(['upgrade', '--install', releaseName, chartFolder, '-f', file, ...keepAll], name);
    }
    await become(['rollback', releaseName, '1'], 'rollback');
    assert.equal(last, first);
    await helm(cluster, program, ['uninstall', releaseName, '--no-hooks']);
    await nothingLeft(cluster, before);
  }, 'mesh');
});

test.run();
