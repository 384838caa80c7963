/** The addresses that Knative has of its gateways, and the Services and routes behind them. */

import { type KubeObject, listAt, nameOf, namespaceOf, textAt } from '../../cluster/fields.ts';
import { knativeServing, knativeServingIngress, localGateway } from '../../model/facts/names.ts';
import { shellQuote as shell } from '../../shell.ts';
import { ofMesh } from '../kinds.ts';
import { addressesOf, type Mesh, servingOf, usesIstio } from '../mesh.ts';
import { type Found, labelsOf, patch, type Row, show } from '../row.ts';
import type { Seen } from '../seen.ts';
import { within } from '../within.ts';

const operator = 'github.com/openshift-knative/serverless-operator';
const routes = `${operator} serving/ingress/pkg/reconciler/ingress/resources/route.go`;
const knativeGateways = ['knative-ingress-gateway', 'knative-local-gateway'];
const routeLabel = 'serving.knative.openshift.io/ingressName';

function* malformed(seen: Seen): Iterable<Found> {
  const object = servingOf(seen);
  if (object === undefined || !usesIstio(object)) return;
  const all = addressesOf(object);
  for (const { key, host, namespace } of all)
    if (namespace === '')
      yield {
        object,
        field: `spec.config.istio["${key}"]`,
        what: `${show(host)} is not <service>.<namespace>.svc.<cluster domain>`,
        remedy: 'write the name of the Service, of its namespace, and svc.cluster.local',
      };
}

function* namedGateways(seen: Seen, mesh: Mesh): Iterable<Found> {
  const object = servingOf(seen);
  if (object === undefined || !usesIstio(object)) return;
  const all = addressesOf(object);
  for (const [prefix, name, service] of [
    ['gateway.', 'knative-ingress-gateway', mesh.gatewayService],
    ['local-gateway.', 'knative-local-gateway', localGateway],
  ] as const) {
    if (all.some(a => (prefix === 'gateway.' ? !a.key.startsWith('local-') : a.key.startsWith('local-')))) continue;
    const key = `${prefix}${knativeServing}.${name}`;
    const value = `${service}.${mesh.gatewayNamespace}.svc.cluster.local`;
    yield {
      object,
      field: `spec.config.istio["${key}"]`,
      what: 'it is not set, so that Knative takes a gateway in istio-system that is not its own',
      remedy: patch(object, { spec: { config: { istio: { [key]: value } } } }),
    };
  }
  for (const { key } of all) {
    const [, namespace = '', name = ''] = /^(?:local-)?gateway\.([^.]+)\.(.+)$/.exec(key) ?? [];
    if (name === '' || seen.find('Gateway', name, namespace) !== undefined) continue;
    // That Knative's own are missing is told above.
    if (namespace === knativeServing && knativeGateways.includes(name)) continue;
    yield {
      object,
      field: `spec.config.istio["${key}"]`,
      what: `there is no Gateway ${namespace}/${name}`,
      remedy: `create it, or name ${knativeServing}.${knativeGateways[key.startsWith('local') ? 1 : 0]}`,
    };
  }
}

/** Of the document of Service Mesh 3: its Gateway Services have another name and namespace. */
function* ofServiceMesh2(seen: Seen, mesh: Mesh): Iterable<Found> {
  const object = servingOf(seen);
  if (mesh.generation !== 'v3' || object === undefined || !usesIstio(object)) return;
  for (const { key, host, service, namespace } of addressesOf(object)) {
    if (namespace === '' || namespace === knativeServingIngress) continue;
    if (!/^(istio-ingressgateway|knative-local-gateway)$/.test(service)) continue;
    const right = key.startsWith('local') ? localGateway : mesh.gatewayService;
    yield {
      object,
      field: `spec.config.istio["${key}"]`,
      what: `${show(host)} is a gateway of Service Mesh 2`,
      remedy: patch(object, {
        spec: { config: { istio: { [key]: `${right}.${knativeServingIngress}.svc.cluster.local` } } },
      }),
    };
  }
}

const gatewayServices = (seen: Seen): KubeObject[] => {
  const named = addressesOf(servingOf(seen)).filter(a => a.namespace !== '' && !a.key.startsWith('local'));
  return named.flatMap(a => {
    const found = seen.find('Service', a.service, a.namespace);
    return found === undefined ? [] : [found];
  });
};

function* portNames(seen: Seen): Iterable<Found> {
  for (const object of gatewayServices(seen)) {
    const names = listAt(object, 'spec', 'ports').map(p => textAt(p, 'name'));
    const lacks = ['http2', 'https'].filter(name => !names.includes(name));
    if (lacks.length > 0)
      yield {
        object,
        field: 'spec.ports[].name',
        what: `it has no port of the name ${lacks.join(' or ')}; it has ${names.filter(Boolean).map(show).join(', ') || 'no names'}`,
        remedy: 'name port 80 http2, and port 443 https',
      };
  }
}

function* exposed(seen: Seen, { generation, controlPlane }: Mesh): Iterable<Found> {
  const outside = ['NodePort', 'LoadBalancer'];
  const path = ['spec', 'gateways', 'ingress', 'service', 'type'];
  const type = generation === 'v2' ? textAt(controlPlane, ...path) : '';
  if (outside.includes(type))
    yield {
      object: controlPlane,
      field: path.join('.'),
      what: `it is ${type}`,
      remedy: patch(controlPlane, { spec: { gateways: { ingress: { service: { type: 'ClusterIP' } } } } }),
    };
  else
    for (const object of gatewayServices(seen).filter(s => outside.includes(textAt(s, 'spec', 'type'))))
      yield {
        object,
        field: 'spec.type',
        what: `it is ${textAt(object, 'spec', 'type')}`,
        remedy: patch(object, { spec: { type: 'ClusterIP' } }),
      };
}

function* staleRoutes(seen: Seen, mesh: Mesh): Iterable<Found> {
  if (mesh.generation !== 'v3') return;
  for (const object of seen.all('Route')) {
    if (labelsOf(object)[routeLabel] === undefined || namespaceOf(object) === mesh.gatewayNamespace) continue;
    yield {
      object,
      field: 'metadata.namespace',
      what: `it keeps the host ${show(textAt(object, 'spec', 'host'))} for a former mesh`,
      remedy: `oc delete route -n ${shell(namespaceOf(object))} ${shell(nameOf(object))}`,
    };
  }
}

export const addresses: readonly Row[] = [
  {
    id: 'P5',
    title: 'Knative knows its Gateways',
    severity: 'breaks',
    consequence: 'Knative Services do not become Ready (IngressNotConfigured), or cannot be called.',
    source: 'base document 1.4.3 step 3; https://github.com/knative/serving/issues/13845',
    looksAt: [...ofMesh, 'Gateway'],
    look: within(namedGateways),
  },
  {
    id: 'P7',
    title: 'the addresses of the gateways are names of Services',
    severity: 'breaks',
    consequence:
      'The Serverless operator makes no routes: unable to find Ingress LoadBalancer with DomainInternal set.',
    source: routes,
    looksAt: ['KnativeServing'],
    look: malformed,
  },
  {
    id: 'E5',
    title: 'the addresses of the gateways are those of Service Mesh 3',
    severity: 'breaks',
    consequence: 'There is no such Service with Service Mesh 3, so routes lead nowhere.',
    source: `${operator} hack/lib/serverless.bash (enable_istio_mesh3)`,
    looksAt: ofMesh,
    look: within(ofServiceMesh2),
  },
  {
    id: 'P8',
    title: 'the ports of the gateway Service have the names that routes use',
    severity: 'breaks',
    consequence: 'Routes answer 503.',
    source: routes,
    looksAt: ['KnativeServing', 'Service'],
    look: portNames,
  },
  {
    id: 'S14',
    title: 'the ingress gateway is not exposed to the outside',
    severity: 'risk',
    consequence: 'Serverless does not support it: requests then pass by the routes of OpenShift.',
    source: 'base document 1.4.1 step 2',
    looksAt: [...ofMesh, 'Service'],
    look: within(exposed),
  },
  {
    id: 'S15',
    title: 'no route of a former mesh keeps the host of a Knative Service',
    severity: 'breaks',
    consequence: 'The route in the namespace of the new gateway is not admitted: HostAlreadyClaimed.',
    source: `${operator} hack/migrate-mesh-routes.sh`,
    looksAt: [...ofMesh, 'Route'],
    running: true,
    look: within(staleRoutes),
  },
];
