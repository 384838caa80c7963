/** Gateways, the Services before them, and the addresses that Knative has of them. */

import { type KubeObject, listAt, mapAt, nameOf, namespaceOf, textAt, titleOf } from '../../cluster/fields.ts';
import { gatewaySelector, knativeServing, knativeServingIngress } from '../../model/facts/names.ts';
import { ofMesh } from '../kinds.ts';
import { isMember, type Mesh, servingOf, usesIstio } from '../mesh.ts';
import { annotationsOf, type Found, oc, patch, type Row, show } from '../row.ts';
import type { Seen } from '../seen.ts';
import { within } from '../within.ts';

const operator = 'github.com/openshift-knative/serverless-operator';
const _routes = `${operator} serving/ingress/pkg/reconciler/ingress/resources/route.go`;
const knativeGateways = ['knative-ingress-gateway', 'knative-local-gateway'];
const _routeLabel = 'serving.knative.openshift.io/ingressName';

type Labels = Readonly<Record<string, unknown>>;
const fits = (selector: Labels, labels: Labels) =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** Labels of the pods of each ingress gateway. Service Mesh 2 makes them from the control plane: maistra/istio-operator resources/helm/v2.5/gateways. */
function gatewayPods(seen: Seen, { generation, controlPlane }: Mesh): Labels[] {
  if (generation === 'v2') {
    const extra = listAt(controlPlane, 'spec', 'gateways', 'additionalIngress');
    return [mapAt(controlPlane, 'spec', 'gateways', 'ingress'), ...extra].map(gateway => ({
      app: 'istio-ingressgateway',
      istio: 'ingressgateway',
      ...mapAt(gateway, 'service', 'metadata', 'labels'),
    }));
  }
  return ingressDeployments(seen).map(d => mapAt(d, 'spec', 'template', 'metadata', 'labels'));
}
const ingressDeployments = (seen: Seen) =>
  seen.all('Deployment').filter(d => namespaceOf(d) === knativeServingIngress && isGateway(d));
const isGateway = (deployment: unknown) =>
  annotationsOf(mapAt(deployment, 'spec', 'template'))['inject.istio.io/templates'] === 'gateway' ||
  listAt(deployment, 'spec', 'template', 'spec', 'containers').some(c => textAt(c, 'name') === 'istio-proxy');

/** Those that Knative names, for pods of the mesh. */
const ofKnative = (gateway: KubeObject) =>
  namespaceOf(gateway) === knativeServing && knativeGateways.includes(nameOf(gateway));

/** Gateways for the pods that serve Knative. */
export function gatewaysBeside(seen: Seen, mesh: Mesh): KubeObject[] {
  const pods = gatewayPods(seen, mesh).filter(labels =>
    seen.all('Gateway').some(g => ofKnative(g) && fits(mapAt(g, 'spec', 'selector'), labels)),
  );
  return seen
    .all('Gateway')
    .filter(g => pods.some(labels => fits(mapAt(g, 'spec', 'selector'), labels)))
    .filter(g => mesh.generation === 'v3' || isMember(seen, mesh, namespaceOf(g)) !== false);
}

const hostOf = (host: unknown) => String(host).replace(/^[^/]*\//, '');
const serversOf = (gateway: unknown) =>
  listAt(gateway, 'spec', 'servers').flatMap(s =>
    listAt(s, 'hosts').map(host => `${textAt(s, 'port', 'number')} ${hostOf(host)}`),
  );

function* conflicts(seen: Seen, mesh: Mesh): Iterable<Found> {
  const all = gatewaysBeside(seen, mesh);
  const ours = new Map(all.filter(ofKnative).flatMap(g => serversOf(g).map(server => [server, g] as const)));
  for (const object of all.filter(g => !ofKnative(g)))
    for (const server of new Set(serversOf(object))) {
      const other = ours.get(server);
      if (other === undefined) continue;
      const [port, host] = server.split(' ');
      yield {
        object,
        field: 'spec.servers[].hosts',
        what: `it serves host ${show(host)} on port ${port}, as ${titleOf(other)} does, on the same pods`,
        remedy: `narrow its hosts, or ${oc('delete', object)}`,
      };
    }
}

function* absent(seen: Seen, mesh: Mesh): Iterable<Found> {
  if (!usesIstio(servingOf(seen))) return;
  const pods = gatewayPods(seen, mesh);
  const words = Object.entries(gatewaySelector)
    .map(([k, v]) => `${k}: ${v}`)
    .join();
  if (mesh.generation === 'v3' && pods.length === 0)
    yield {
      object: `Deployment ${knativeServingIngress}/${mesh.gatewayService}`,
      field: '',
      what: 'there is no gateway of Istio in this namespace (annotation inject.istio.io/templates: gateway on its pods)',
      remedy: 'serverless-mesh render, with mesh.generation v3, prints it',
    };
  for (const name of knativeGateways) {
    const gateway = seen.find('Gateway', name, knativeServing);
    if (gateway === undefined)
      yield {
        object: `Gateway ${knativeServing}/${name}`,
        field: '',
        what: 'it does not exist, and the operator makes none',
        remedy: 'serverless-mesh render, with your values, prints it',
      };
    else if (pods.length > 0 && !pods.some(labels => fits(mapAt(gateway, 'spec', 'selector'), labels)))
      yield mesh.generation === 'v2'
        ? {
            object: mesh.controlPlane,
            field: 'spec.gateways.ingress.service.metadata.labels',
            what: `no gateway has the labels that ${titleOf(gateway)} selects (${show(mapAt(gateway, 'spec', 'selector'))})`,
            remedy: patch(mesh.controlPlane, {
              spec: {
                gateways: { ingress: { service: { metadata: { labels: mapAt(gateway, 'spec', 'selector') } } } },
              },
            }),
          }
        : {
            object: gateway,
            field: 'spec.selector',
            what: `no gateway pod of ${knativeServingIngress} has the labels ${show(mapAt(gateway, 'spec', 'selector'))}`,
            remedy: `write labels of its pods there, as ${words}`,
          };
  }
}

/** A policy for all callers of the gateway meets the probes of net-istio, too. */
function* refusedProbes(seen: Seen, mesh: Mesh): Iterable<Found> {
  const pods = gatewayPods(seen, mesh);
  for (const object of seen.all('AuthorizationPolicy')) {
    const isThere = [mesh.gatewayNamespace, mesh.namespace].includes(namespaceOf(object));
    const selector = mapAt(object, 'spec', 'selector', 'matchLabels');
    const action = textAt(object, 'spec', 'action');
    const wantsToken = JSON.stringify(listAt(object, 'spec', 'rules')).includes('"notRequestPrincipals"');
    const refuses = action === 'CUSTOM' || (action === 'DENY' && wantsToken);
    if (!isThere || !refuses || !pods.some(labels => fits(selector, labels))) continue;
    yield {
      object,
      field: 'spec.action',
      what: `${action} is for all that calls the ingress gateway, also for the probes of Knative, which have no token`,
      remedy:
        'leave out the hosts of probes, or the header User-Agent Knative-Ingress-Probe, or protect the Services instead',
      severity: 'risk',
    };
  }
}

const notReady = 'Knative Services do not become Ready (IngressNotConfigured), or cannot be called.';

export const gateways: readonly Row[] = [
  {
    id: 'P1',
    title: 'no other Gateway serves the hosts of Knative on the same pods',
    severity: 'breaks',
    consequence:
      'Which Gateway wins is a matter of chance: 404, the wrong certificate, and Knative Services that come and go.',
    source: 'base document 1.4.1 step 1',
    looksAt: [...ofMesh, 'Gateway', 'Deployment', 'ServiceMeshMemberRoll', 'ServiceMeshMember', 'Namespace'],
    look: within(conflicts),
  },
  {
    id: 'P5',
    title: 'the Gateways of Knative exist, for pods that exist',
    severity: 'breaks',
    consequence: notReady,
    source: 'base document 1.4.2 steps 3 and 4; https://github.com/knative/serving/issues/6793',
    looksAt: [...ofMesh, 'Gateway', 'Deployment'],
    look: within(absent),
  },
  {
    id: 'P5',
    title: 'no policy refuses the probes of Knative',
    severity: 'risk',
    consequence: notReady,
    source: 'https://github.com/knative/serving/issues/12299',
    looksAt: [...ofMesh, 'AuthorizationPolicy', 'Deployment'],
    look: within(refusedProbes),
  },
];
