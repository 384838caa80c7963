/** The life of a release with Service Mesh 3: its Jobs, its gateway as the real istiod injects and configures it, its end. */
import * as assert from 'uvu/assert';
import { gatewaySecretsRole } from '../../../generator/model/facts/names.ts';
import { object } from '../../cluster-commands/healthy.ts';
import { asReleased, helmWithJobs, programOf, uninstall } from '../actions.ts';
import type { Cluster } from '../cluster.ts';
import { everything } from '../everything.ts';
import { askAsGateway, gatewayFindings, type LocalListener } from '../ingress-gateway.ts';
import { injectedWorkloads, make, prepareNamespaces, releaseName } from '../releases.ts';
import { onEveryVersion } from '../shared.ts';
import { clusterSuite } from '../suite.ts';
import {
  caseFile,
  certificateSecret,
  cleanUp,
  from,
  keptNamespace,
  knativeGateway,
  knativeServingIngress,
  labelsOf,
  meshWords,
  onlyInjected,
  restartedAt,
  secretName,
} from './mesh.ts';

const test = clusterSuite('Service Mesh 3, life of a release', { allKinds: true });
test.after.each(() => onEveryVersion(cleanUp));

const file = caseFile('service-mesh-3');
const crosses = process.env.LIFECYCLE_CROSS === 'full' ? [0, 1] : [0];

for (const shift of crosses) {
  test(`install, upgrade, rollback, uninstall${shift === 1 ? ', the other Helm each' : ''}; nothing is left`, () =>
    onEveryVersion(cluster => life(cluster, shift)));
}

async function life(cluster: Cluster, shift: number): Promise<void> {
  const program = programOf(cluster.kubernetes, shift);
  await prepareNamespaces(cluster, ['shop', 'billing']);
  await make(cluster, await certificateSecret(secretName, knativeServingIngress));
  const before = await everything(cluster);
  await helmWithJobs(cluster, program, from('install', file), meshWords(1));
  const first = await asReleased(cluster, program);
  await holdsInstalled(cluster);
  // Another way to the gateway, other members, and other pods.
  const sets = ['gateway.local.tls=mutual', 'mesh.members={shop}', 'gateway.resources.limits.memory=2Gi'];
  await helmWithJobs(cluster, program, from('upgrade', file, ...sets), meshWords(2));
  const second = await asReleased(cluster, program, first);
  await gatewayListens(cluster, 'mutual');
  await helmWithJobs(cluster, program, ['rollback', releaseName, '1'], meshWords(1));
  await asReleased(cluster, program, second);
  await gatewayListens(cluster, 'plain');
  // New pods, and all of them by Istio: there was nothing to heal.
  await onlyInjected(cluster);
  assert.is(await restartedAt(cluster), undefined);
  await uninstall(cluster, program, before, [keptNamespace]);
}

async function holdsInstalled(cluster: Cluster): Promise<void> {
  await onlyInjected(cluster);
  assert.is(await restartedAt(cluster), undefined);
  assert.equal(await injectedWorkloads(cluster, 'knative-serving'), ['activator', 'autoscaler']);
  assert.equal(await labelsOf(cluster, 'istio-injection', ['shop', 'billing']), ['enabled', 'enabled']);
  await gatewayListens(cluster, 'plain');
  await getsItsCertificate(cluster);
}

async function gatewayListens(cluster: Cluster, local: LocalListener): Promise<void> {
  const look = async () => {
    const findings = gatewayFindings(await askAsGateway(cluster, knativeServingIngress), secretName, local);
    if (findings.length > 0) throw new Error(findings.join('\n'));
    return true;
  };
  await cluster.waitFor('what istiod sends to the gateway', look, { seconds: 30 });
}

/** Real SDS: what istiod hands out to a service account hangs on our Role, and on nothing else. */
async function getsItsCertificate(cluster: Cluster): Promise<void> {
  const namespace = knativeServingIngress;
  const subjects = [{ kind: 'ServiceAccount', name: 'bound', namespace }];
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: gatewaySecretsRole };
  const given = [
    object('v1/ServiceAccount', 'bound', namespace),
    object('v1/ServiceAccount', 'unbound', namespace),
    object('rbac.authorization.k8s.io/v1/RoleBinding', 'bound', namespace, { roleRef, subjects }),
  ];
  for (const one of given) await make(cluster, one);
  const rows: [account: string, gets: boolean][] = [
    [knativeGateway, true],
    ['bound', true],
    ['unbound', false],
  ];
  for (const [account, gets] of rows) {
    const { secretBytes = {} } = await askAsGateway(cluster, namespace, account);
    assert.equal(Object.keys(secretBytes), [`kubernetes://${secretName}`]);
    assert.is(Object.values(secretBytes)[0] !== 0, gets, `${account}: ${JSON.stringify(secretBytes)}`);
  }
  for (const { apiVersion, kind, metadata } of given)
    await cluster.objects.remove(apiVersion, kind, metadata.name, metadata.namespace);
}

test.run();
