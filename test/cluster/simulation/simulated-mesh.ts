/** The mesh that a rendered chart makes, for the simulation: its objects, those that the products make, and the pods. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifests } from '../../support/render.ts';
import { builtPath } from '../cache.ts';
import type { KubeObject } from '../objects.ts';
import { knativeServiceObjects, revisionPod } from './knative-service.ts';
import { endpointSlices, type Pod, pod } from './pods.ts';
import { type Answer, type Call, type Envoy, type Questions, simulate } from './simulation.ts';

/** An object of any kind, of which we read what the products read. */
// biome-ignore lint/suspicious/noExplicitAny: rendered, and in some tests broken on purpose
type Loose = any;

/** An address for each pod; the tests name them. */
export const addresses = {
  gateway: '10.1.0.1',
  activator: '10.1.0.2',
  autoscaler: '10.1.0.3',
  dispatcher: '10.1.0.4',
  hello: '10.1.0.5',
} as const;
export type PodName = keyof typeof addresses;

/** Where a call from outside of the pod never meets Envoy: see askMesh. */
export const notRedirected = 'goes past Envoy';
/** What a call meets. */
export type Met = Answer | typeof notRedirected;
export type MeshCall = Omit<Call, 'proxy'> & { readonly proxy: PodName };

export interface MeshOptions {
  /** Of the chart, and of those who bring what the chart does not: the control plane, for example. */
  readonly objects: readonly KubeObject[];
  /** Namespace of the Knative Service `hello`: a member of the mesh. */
  readonly namespace: string;
  /** Host of its URL. */
  readonly host: string;
}

/**
 * What each call meets, in their order. Throws where an object is not there that the products need to make anything.
 *
 * Excluded ports are a matter of the pod's packet filter, which istiod's sidecar template sets up, and unknown to the
 * simulation: a call to one from outside of the pod goes straight to the program. Any other is redirected to Envoy.
 */
export async function askMesh(mesh: MeshOptions, calls: readonly MeshCall[]): Promise<Met[]> {
  const controlPlane = only(mesh.objects, 'ServiceMeshControlPlane');
  const excluded = excludedPorts(controlPlane);
  const isExcluded = ({ mode, port }: MeshCall) => mode === 'inbound' && excluded.includes(port);
  const asked = calls.filter(call => !isExcluded(call));
  const answers = await simulate({ ...worldOf(mesh, controlPlane), calls: asked });
  return calls.map(call => (isExcluded(call) ? notRedirected : answers[asked.indexOf(call)]!));
}

function worldOf({ objects, namespace, host }: MeshOptions, controlPlane: Loose): Omit<Questions, 'calls'> {
  const rootNamespace: string = controlPlane.metadata.namespace;
  const istio = only(objects, 'KnativeServing').spec.config.istio;
  const service = { name: 'hello', namespace, host, ip: addresses.hello, activator: addresses.activator, istio };
  const pods = [...productPods(controlPlane), revisionPod(service) as Pod];
  const services = [
    ...objects,
    ...controlPlaneObjects(controlPlane),
    ...knativeObjects(),
    ...knativeServiceObjects(service),
  ];
  const seen = seenByIstiod(objects, rootNamespace);
  const known = [...services, ...pods, ...endpointSlices(services, pods)].filter(
    ({ metadata }) => metadata.namespace !== undefined && seen.includes(metadata.namespace),
  );
  return {
    rootNamespace,
    config: known.filter(({ apiVersion }) => /^[a-z]+\.istio\.io\//.test(apiVersion)),
    kubernetes: known.filter(({ apiVersion }) => ['v1', 'discovery.k8s.io/v1'].includes(apiVersion)),
    proxies: Object.fromEntries(Object.entries(addresses).map(([name, ip]) => [name, proxyOf(ip, pods)])),
  };
}

const inject = { 'sidecar.istio.io/inject': 'true' } as const;

/** All but the gateway have a sidecar: semantics.test.ts proves that. */
function productPods(controlPlane: Loose): Pod[] {
  return [
    pod({
      name: 'istio-ingressgateway',
      namespace: controlPlane.metadata.namespace,
      ip: addresses.gateway,
      labels: gatewayLabels(controlPlane),
    }),
    ...(['activator', 'autoscaler'] as const).map(name =>
      pod({ name, namespace: 'knative-serving', ip: addresses[name], labels: { ...inject, app: name } }),
    ),
    pod({
      name: 'kafka-broker-dispatcher-0',
      namespace: 'knative-eventing',
      ip: addresses.dispatcher,
      labels: { ...inject, app: 'kafka-broker-dispatcher' },
    }),
  ];
}

/**
 * Service Mesh puts the labels of the Service in the control plane on Service, Deployment and pods:
 * https://github.com/maistra/istio-operator/tree/08c043ffe11805c4f2353e9781e8b8349031b2be/resources/helm/v2.5/gateways/istio-ingress/templates
 */
const gatewayLabels = ({ spec }: Loose) => ({
  app: 'istio-ingressgateway',
  istio: 'ingressgateway',
  ...spec.gateways?.ingress?.service?.metadata?.labels,
});

/**
 * The Service of the ingress gateway with its default ports; and what follows from mtls: true, but for the API server:
 * https://github.com/maistra/istio-operator/blob/08c043ffe11805c4f2353e9781e8b8349031b2be/resources/helm/v2.5/mesh-config/templates/enable-mesh-mtls.yaml
 */
function controlPlaneObjects(controlPlane: Loose): KubeObject[] {
  const { namespace } = controlPlane.metadata;
  const labels = gatewayLabels(controlPlane);
  const gateway = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'istio-ingressgateway', namespace, labels },
    spec: {
      selector: labels,
      ports: [
        { name: 'status-port', port: 15021, targetPort: 15021 },
        { name: 'http2', port: 80, targetPort: 8080 },
        { name: 'https', port: 443, targetPort: 8443 },
      ],
    },
  };
  const mutualTls = [
    {
      apiVersion: 'security.istio.io/v1beta1',
      kind: 'PeerAuthentication',
      metadata: { name: 'default', namespace },
      spec: { mtls: { mode: 'STRICT' } },
    },
    {
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'DestinationRule',
      metadata: { name: 'default', namespace },
      spec: { host: '*.cluster.local', trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
    },
  ];
  return [gateway, ...(controlPlane.spec.security?.dataPlane?.mtls === true ? mutualTls : [])];
}

const excludedPorts = ({ spec }: Loose): readonly number[] =>
  spec.proxy?.networking?.trafficControl?.inbound?.excludedPorts ?? [];

/** The Services of Knative Serving, from the manifests of its operator. */
function knativeObjects(): KubeObject[] {
  const folder = join(builtPath('knative', 'kodata'), 'knative-serving');
  const newest = readdirSync(folder).sort().at(-1)!;
  const services = readFileSync(join(folder, newest, '2-serving-core.yaml'), 'utf8')
    .split(/^---$/m)
    .filter(text => /^kind: Service$/m.test(text));
  return parseManifests(services.join('---\n')).map(({ object }) => object as unknown as KubeObject);
}

/** The istiod of Service Mesh 2 sees its own namespace and those of the members only. */
function seenByIstiod(objects: readonly KubeObject[], rootNamespace: string): string[] {
  const rolls = objects.filter(({ kind }) => kind === 'ServiceMeshMemberRoll') as Loose[];
  const members = objects.filter(({ kind }) => kind === 'ServiceMeshMember');
  return [
    rootNamespace,
    ...rolls.flatMap(({ spec }) => spec.members),
    ...members.flatMap(({ metadata }) => metadata.namespace ?? []),
  ];
}

function proxyOf(ip: string, pods: readonly Pod[]): Envoy {
  const { name, namespace, labels } = pods.find(({ status }) => status.podIP === ip)!.metadata;
  return { type: ip === addresses.gateway ? 'router' : 'sidecar', pod: name, ip, namespace, labels };
}

function only(objects: readonly KubeObject[], kind: string): Loose {
  const [found, ...others] = objects.filter(object => object.kind === kind);
  if (found === undefined || others.length > 0)
    throw new Error(`${kind}: ${others.length + 1} of them wanted, not one`);
  return found;
}
