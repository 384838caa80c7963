/** What the real istiod makes of the policies: it takes them all, and sends each Envoy exactly the expected RBAC rules. */
import * as assert from 'uvu/assert';
import { helms } from '../../support/helm.ts';
import type { Cluster } from '../cluster.ts';
import { askIstiod } from '../envoy-view.ts';
import { kubernetesVersions } from '../modules.ts';
import type { KubeObject } from '../objects.ts';
import { helm, refusal, removeReleases } from '../releases.ts';
import { endShared, sharedCluster } from '../shared.ts';
import { clusterSuite } from '../suite.ts';
import type { Expected } from './filter-rows.ts';
import { scenarios as ofMesh2 } from './filter-rows-mesh-2.ts';
import { scenarios as ofMesh3 } from './filter-rows-mesh-3.ts';
import { rulesOf } from './rbac.ts';
import { baseSet, makeAll, namespaceNamed, pathOf, removePolicies, tenant, tenantSet } from './tenants.ts';

const scenarios = [...ofMesh2, ...ofMesh3];
const test = clusterSuite('tenants, what Envoy gets');
const meshNamespace = 'istio-system';
/** istiod's own settings, which the chart of the control plane would write. */
const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'istio', namespace: meshNamespace } };

test.after.each(async () => {
  const cluster = await sharedCluster(kubernetesVersions[1], 'mesh');
  await removeReleases(cluster);
  await removePolicies(cluster);
});
test.after(() => endShared('mesh'));

/** The mesh has another trust domain from now on. */
async function trust(cluster: Cluster, domain: string): Promise<void> {
  const found = await cluster.objects.get<{ data: { mesh: string } }>('v1', 'ConfigMap', 'istio', meshNamespace);
  const lines = found!.data.mesh.split('\n').filter(line => !line.startsWith('trustDomain:'));
  const { status } = await cluster.objects.apply({
    ...settings,
    data: { mesh: [`trustDomain: ${domain}`, ...lines].join('\n') },
  } as KubeObject);
  assert.is(status, 200);
}

/** Until istiod sends each pod what is expected: it takes notice of policies in its own time. */
async function assertSent(cluster: Cluster, expected: readonly Expected[]): Promise<void> {
  for (const { pod, namespace, labels, requests, connections } of expected) {
    const look = async () => {
      const view = await askIstiod(cluster, { type: 'sidecar', ip: '10.1.0.9', pod, namespace, labels });
      assert.equal(rulesOf(view), { requests: [...requests].sort(), connections: [...connections].sort() }, pod);
      return true;
    };
    await cluster.waitFor(`the rules of ${pod}`, look, { seconds: 20, every: 0.5 });
  }
}

for (const { name, trustDomain, base, values, isolated, withTenant } of scenarios)
  test(`${name}: the rules of each pod, with the tenant and after it`, async () => {
    const cluster = await sharedCluster(kubernetesVersions[1], 'mesh');
    await trust(cluster, trustDomain);
    await makeAll(cluster, ['orders-a', 'orders-b'].map(namespaceNamed));
    await makeAll(cluster, await baseSet(base));
    await assertSent(cluster, isolated);
    const program = helms().at(-1)!;
    await tenant(cluster, program, ['install', 'orders'], values);
    await assertSent(cluster, withTenant);
    await helm(cluster, program, ['uninstall', 'orders']);
    await assertSent(cluster, isolated);
    await trust(cluster, 'cluster.local');
  });

test('istiod takes every policy as it is', async () => {
  const cluster = await sharedCluster(kubernetesVersions[1], 'mesh');
  await makeAll(cluster, ['orders-a', 'orders-b'].map(namespaceNamed));
  for (const { base, values } of scenarios)
    for (const policy of [...(await baseSet(base)), ...(await tenantSet(values))])
      assert.is(await refusal(cluster, policy), undefined, pathOf(policy));
});

/** An object of any kind, to be changed without its type. */
// biome-ignore lint/suspicious/noExplicitAny: what is broken here need not be of the type
type Loose = any;
/** One change each to the policy of the job-sink, and what istiod, not the definition of the kind, says to it. */
const broken: readonly (readonly [what: string, change: (spec: Loose) => void, want: RegExp])[] = [
  [
    'a condition with a misspelled key',
    ({ rules }) => {
      rules[1].when[0].key = 'request.header[Kn-Namespace]';
    },
    /unknown attribute: request\.header\[Kn-Namespace\]/,
  ],
  [
    'a source of nothing',
    ({ rules }) => {
      rules[0].from[0].source = {};
    },
    /source/,
  ],
  [
    'a namespace without a name',
    ({ rules }) => {
      rules[0].from[0].source.namespaces.push('');
    },
    /empty/,
  ],
  [
    'a port that is no number',
    ({ rules }) => {
      rules[0].to[0].operation.ports = ['http'];
    },
    /port/,
  ],
  [
    'no values of a condition',
    ({ rules }) => {
      rules[1].when[0].values = [];
    },
    /value/,
  ],
];

for (const [what, change, want] of broken)
  test(`broken on purpose, ${what}: istiod refuses it`, async () => {
    const cluster = await sharedCluster(kubernetesVersions[1], 'mesh');
    const all = await tenantSet({ namespaces: ['orders-a'] });
    const policy = structuredClone(all.find(({ metadata }) => metadata.name === 'allow-orders-to-job-sink-1')!);
    assert.is(await refusal(cluster, policy), undefined);
    change(policy.spec);
    const why = (await refusal(cluster, policy)) ?? 'accepted';
    assert.ok(why.includes('admission webhook "validation.istio.io" denied the request'), why);
    assert.match(why, want);
  });

test.run();
