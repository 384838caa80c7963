/** One release that goes from Service Mesh 2 to 3, and back: nothing of the other generation is left. */
import * as assert from 'uvu/assert';
import { asReleased, helmWithJobs, programOf, uninstall } from '../actions.ts';
import type { Cluster } from '../cluster.ts';
import { everything } from '../everything.ts';
import type { KubeObject } from '../objects.ts';
import { injectedWorkloads, make, prepareNamespaces, releaseName } from '../releases.ts';
import { onEveryVersion } from '../shared.ts';
import { clusterSuite } from '../suite.ts';
import {
  caseFile,
  certificateSecret,
  cleanUp,
  from,
  gatewayLooks,
  keptNamespace,
  knativeServingIngress,
  meshWords,
  onlyInjected,
  secretName,
} from './mesh.ts';

const test = clusterSuite('Service Mesh 2 to 3', { allKinds: true });
test.after.each(() => onEveryVersion(cleanUp));

const file = caseFile('service-mesh-3');
const v2Words = { 'serverless-mesh-wait': 'everything is ready' };

test('install with v2, upgrade to v3, rollback to v2, uninstall', () =>
  onEveryVersion(async cluster => {
    const program = programOf(cluster.kubernetes);
    await prepareNamespaces(cluster, ['shop', 'billing']);
    await make(cluster, await certificateSecret(secretName, knativeServingIngress));
    const before = await everything(cluster);
    await helmWithJobs(cluster, program, from('install', file, 'mesh.generation=v2'), v2Words);
    const asV2 = await asReleased(cluster, program);
    await isOnly(cluster, 'v2');
    await helmWithJobs(cluster, program, from('upgrade', file), meshWords(2));
    const asV3 = await asReleased(cluster, program, asV2);
    await isOnly(cluster, 'v3');
    await helmWithJobs(cluster, program, ['rollback', releaseName, '1'], v2Words);
    await asReleased(cluster, program, asV3);
    await isOnly(cluster, 'v2');
    await uninstall(cluster, program, before, [keptNamespace]);
  }));

type Generation = 'v2' | 'v3';
/** Kinds that a generation has and the other one has not. */
const kindsOf: Readonly<Record<Generation, readonly (readonly [apiVersion: string, kind: string])[]>> = {
  v2: [
    ['maistra.io/v2', 'ServiceMeshControlPlane'],
    ['maistra.io/v1', 'ServiceMeshMemberRoll'],
  ],
  v3: [
    ['sailoperator.io/v1', 'Istio'],
    ['sailoperator.io/v1', 'IstioCNI'],
    ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ],
};

interface Released extends KubeObject {
  readonly metadata: KubeObject['metadata'] & { readonly annotations?: Readonly<Record<string, string>> };
}

/** There is one generation, as the kinds, the pods of the gateway and the configuration of Knative tell. */
async function isOnly(cluster: Cluster, generation: Generation): Promise<void> {
  for (const [other, kinds] of Object.entries(kindsOf)) {
    for (const [apiVersion, kind] of kinds) {
      const found = await cluster.objects.list<Released>(apiVersion, kind);
      // Knative has autoscalers of its own, other tests a control plane that is no chart's.
      const ours = found.filter(({ metadata }) => metadata.annotations?.['meta.helm.sh/release-name'] === releaseName);
      assert.is(ours.length > 0, other === generation, `${kind}: ${ours.map(({ metadata }) => metadata.name)}`);
    }
  }
  if (generation === 'v3') await onlyInjected(cluster);
  else await cluster.waitFor('the end of our gateway', async () => (await gatewayLooks(cluster)).length === 0);
  const place = generation === 'v3' ? knativeServingIngress : 'istio-system';
  const gateway = generation === 'v3' ? 'knative-istio-ingressgateway' : 'istio-ingressgateway';
  const config = await cluster.objects.get<{ data: Record<string, string> }>(
    'v1',
    'ConfigMap',
    'config-istio',
    'knative-serving',
  );
  assert.equal(
    Object.entries(config?.data ?? {}).filter(([key]) => key.includes('gateway.knative-serving.')),
    [
      ['gateway.knative-serving.knative-ingress-gateway', `${gateway}.${place}.svc.cluster.local`],
      ['local-gateway.knative-serving.knative-local-gateway', `knative-local-gateway.${place}.svc.cluster.local`],
    ],
  );
  const injected = await injectedWorkloads(cluster, 'knative-serving');
  assert.equal(injected, ['activator', 'autoscaler']);
}

test.run();
