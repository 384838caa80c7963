/** What the real istiod makes of the policies: it takes them all, and sends Envoy the expected RBAC rules. */
import * as assert from 'uvu/assert';
import { helms } from '../../support/helm.ts';
import { kubernetesVersions } from '../modules.ts';
import { removeReleases } from '../releases.ts';
import { endShared, sharedCluster } from '../shared.ts';
import { clusterSuite } from '../suite.ts';
import { askIstiod } from '../envoy-view.ts';
import { rulesOf } from './rbac.ts';
import { baseSet, makeAll, namespaceNamed, removePolicies, tenant } from './tenants.ts';
const test = clusterSuite('tenants, what Envoy gets');
test.after(() => endShared('mesh'));
test('look', async () => {
  const cluster = await sharedCluster(kubernetesVersions[1], 'mesh');
  await makeAll(cluster, ['orders-a', 'orders-b'].map(namespaceNamed));
  await makeAll(cluster, await baseSet({}));
  for (const values of [{ namespaces: ['orders-a', 'orders-b'] }, { namespaces: ['orders-a', 'orders-b'], namespacePrefix: 'orders-' }]) {
  await tenant(cluster, helms()[1]!, ['install', 'orders'], values);
  await new Promise(r => setTimeout(r, 3000));
  for (const [namespace, labels] of [['orders-a', {}], ['knative-serving', { app: 'activator', 'app.kubernetes.io/component': 'activator' }], ['knative-eventing', { 'app.kubernetes.io/component': 'job-sink' }]] as const) {
    const view = await askIstiod(cluster, { type: 'sidecar', ip: '10.1.0.9', pod: 'p', namespace, labels });
    process.stdout.write(JSON.stringify(view.listeners.filter(l => l.name==='virtualInbound').map(l => l.chains), null, 1).slice(0, 60000));
    try { process.stdout.write(JSON.stringify(rulesOf(view), null, 1)); } catch (e) { process.stdout.write(String(e).slice(0,500)); }
  }
  await removeReleases(cluster);
  }
  await removePolicies(cluster);
  assert.ok(true);
});
test.run();
