/** Every case of test/cases and every example environment, object by object, on both API servers with istiod's webhook. */
import * as assert from 'uvu/assert';
import { cases, goldenManifests } from '../chart/cases.ts';
import { parallel } from '../support/helm.ts';
import type { Cluster } from './cluster.ts';
import type { KubeObject } from './objects.ts';
import { nameOf } from './released.ts';
import { refusal } from './releases.ts';
import { endShared, onEveryVersion } from './shared.ts';
import { clusterSuite } from './suite.ts';

const test = clusterSuite('cases', { allKinds: true });
test.after(() => endShared('mesh'));

/** The namespaces that the objects of all cases are in; those that are there already stay as they are. */
async function prepare(cluster: Cluster, objects: readonly KubeObject[]): Promise<void> {
  const names = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  for (const name of names) {
    await cluster.objects.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
}

for (const one of cases) {
  test(`${one.name}: every object, tests included, is accepted strictly and kept as it is`, async () => {
    const objects = goldenManifests(one).map(({ object }) => object as unknown as KubeObject);
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

test.run();
