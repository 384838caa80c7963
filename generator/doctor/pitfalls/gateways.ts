/** Gateways, the Services before them, and the addresses that Knative has of them. */
import { type KubeObject, listAt, mapAt, nameOf, namespaceOf, textAt, titleOf } from '../../cluster/fields.ts';
import { gatewaySelector, knativeServing, knativeServingIngress, localGateway } from '../../model/facts/names.ts';
import { shellQuote as shell } from '../../shell.ts';
import { addressesOf, isMember, type Mesh, servingOf, usesIstio } from '../mesh.ts';
import { annotationsOf, type Found, labelsOf, oc, patch, type Row, show } from '../row.ts';
import type { Seen } from '../seen.ts';

const operator = 'github.com/openshift-knative/serverless-operator';
const routes = `${operator} serving/ingress/pkg/reconciler/ingress/resources/route.go`;
const control = ['ServiceMeshControlPlane', 'Istio', 'KnativeServing'] as const;
const knativeGateways = ['knative-ingress-gateway', 'knative-local-gateway'];
const routeLabel = 'serving.knative.openshift.io/ingressName';

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

function* addresses(seen: Seen): Iterable<Found> {
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

const within = (look: (seen: Seen, mesh: Mesh) => Iterable<Found>) => (seen: Seen) =>
  seen.mesh === undefined ? [] : look(seen, seen.mesh);
const notReady = 'Knative Services do not become Ready (IngressNotConfigured), or cannot be called.';

export const gateways: readonly Row[] = [
  {
    id: 'P1',
    title: 'no other Gateway serves the hosts of Knative on the same pods',
    severity: 'breaks',
    consequence:
      'Which Gateway wins is a matter of chance: 404, the wrong certificate, and Knative Services that come and go.',
    source: 'base document 1.4.1 step 1',
    looksAt: [...control, 'Gateway', 'Deployment', 'ServiceMeshMemberRoll', 'ServiceMeshMember', 'Namespace'],
    look: within(conflicts),
  },
  {
    id: 'P5',
    title: 'the Gateways of Knative exist, for pods that exist',
    severity: 'breaks',
    consequence: notReady,
    source: 'base document 1.4.2 steps 3 and 4; https://github.com/knative/serving/issues/6793',
    looksAt: [...control, 'Gateway', 'Deployment'],
    look: within(absent),
  },
  {
    id: 'P5',
    title: 'Knative knows its Gateways',
    severity: 'breaks',
    consequence: notReady,
    source: 'base document 1.4.3 step 3; https://github.com/knative/serving/issues/13845',
    looksAt: [...control, 'Gateway'],
    look: within(namedGateways),
  },
  {
    id: 'P5',
    title: 'no policy refuses the probes of Knative',
    severity: 'risk',
    consequence: notReady,
    source: 'https://github.com/knative/serving/issues/12299',
    looksAt: [...control, 'AuthorizationPolicy', 'Deployment'],
    look: within(refusedProbes),
  },
  {
    id: 'P7',
    title: 'the addresses of the gateways are names of Services',
    severity: 'breaks',
    consequence:
      'The Serverless operator makes no routes: unable to find Ingress LoadBalancer with DomainInternal set.',
    source: routes,
    looksAt: ['KnativeServing'],
    look: addresses,
  },
  {
    id: 'E5',
    title: 'the addresses of the gateways are those of Service Mesh 3',
    severity: 'breaks',
    consequence: 'There is no such Service with Service Mesh 3, so routes lead nowhere.',
    source: `${operator} hack/lib/serverless.bash (enable_istio_mesh3)`,
    looksAt: control,
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
    looksAt: [...control, 'Service'],
    look: within(exposed),
  },
  {
    id: 'S15',
    title: 'no route of a former mesh keeps the host of a Knative Service',
    severity: 'breaks',
    consequence: 'The route in the namespace of the new gateway is not admitted: HostAlreadyClaimed.',
    source: `${operator} hack/migrate-mesh-routes.sh`,
    looksAt: [...control, 'Route'],
    running: true,
    look: within(staleRoutes),
  },
];
