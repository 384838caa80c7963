/** What section 1.4.1 of the base document refuses. */
import type { Cluster } from '../../cluster/cluster.ts';
import { listAt, mapAt, nameOf, namespaceOf, textAt } from '../../cluster/fields.ts';
import { ingressGatewayService, knativeServing } from '../../model/facts/names.ts';
import type { Check } from '../check.ts';
import { gatewayName, hasGateways, isV3, membersOf, meshNamespace, type Plan, planned } from '../plan.ts';

const source = 'base document 1.4.1';
const takesAnyHost = (server: unknown) =>
  listAt(server, 'hosts').some(host => /^([^/]+\/)?[*]$/.test(String(host))) &&
  textAt(server, 'port', 'number') === '443';

/** A Gateway is for the pods that serve Knative: with Service Mesh 3 one in any namespace may select them. */
async function servesKnative(cluster: Cluster, plan: Plan, gateway: unknown): Promise<boolean> {
  if (!isV3(plan)) return inMesh(cluster, plan, namespaceOf(gateway));
  const labels = mapAt(planned(plan, 'Deployment', gatewayName(plan)), 'spec', 'template', 'metadata', 'labels');
  return Object.entries(mapAt(gateway, 'spec', 'selector')).every(([key, value]) => labels[key] === value);
}

/** The namespace is the control plane's, one of its members, or about to become one. */
async function inMesh(cluster: Cluster, plan: Plan, namespace: string): Promise<boolean> {
  if (namespace === meshNamespace(plan) || membersOf(plan).includes(namespace)) return true;
  const found = await cluster.get('v1/Namespace', namespace);
  return mapAt(found, 'metadata', 'labels')['maistra.io/member-of'] === meshNamespace(plan);
}

export const gatewayConflict: Check = {
  id: 'gateway-conflict',
  title: 'no other Gateway of this mesh serves host * on port 443',
  // The full name: gateways.gateway.networking.k8s.io may stand before it in what oc get gateway shows.
  looksAt: 'gateways.networking.istio.io in all namespaces, and the labels of their namespaces',
  source: `${source} step 1`,
  concerns: plan => hasGateways(plan) && plan.values.gateway.hosts.includes('*'),
  run: async function* (cluster, plan) {
    for (const gateway of await cluster.list('networking.istio.io/v1beta1/Gateway')) {
      const namespace = namespaceOf(gateway);
      if (namespace === knativeServing || !listAt(gateway, 'spec', 'servers').some(takesAnyHost)) continue;
      if (!(await servesKnative(cluster, plan, gateway))) continue;
      yield {
        finding: `Gateway ${namespace}/${nameOf(gateway)} of the same mesh already serves host * on port 443`,
        remedy: 'narrow its hosts or gateway.hosts, or give Serverless a mesh of its own',
      };
    }
  },
};

export const exposedGateway: Check = {
  id: 'exposed-gateway',
  title: `Service ${ingressGatewayService} is not exposed to the outside`,
  looksAt: `Service ${ingressGatewayService} in mesh.namespace`,
  source: `${source} step 2`,
  // That of Service Mesh 3 is an object of the release.
  concerns: plan => hasGateways(plan) && !isV3(plan),
  run: async function* (cluster, plan) {
    const service = await cluster.get('v1/Service', ingressGatewayService, meshNamespace(plan));
    const type = textAt(service, 'spec', 'type');
    if (!['NodePort', 'LoadBalancer'].includes(type)) return;
    yield {
      finding: `Service ${meshNamespace(plan)}/${ingressGatewayService} is of type ${type}, which is not supported with Serverless`,
      remedy: 'make it ClusterIP in the ServiceMeshControlPlane (spec.gateways.ingress.service.type)',
    };
  },
};
