/** The mesh that a rendered chart makes, for the simulation: its objects, those that the products make, and the pods. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifests } from '../../support/render.ts';
import { builtPath } from '../cache.ts';
import type { KubeObject } from '../objects.ts';
import { knativeServiceObjects, revisionPod } from './knative-service.ts';
import { type MadeMesh, only } from './mesh.ts';
import { serviceMesh2 } from './mesh-2.ts';
import { serviceMesh3 } from './mesh-3.ts';
import { endpointSlices, type Pod, pod } from './pods.ts';
import { type Answer, type Call, type Envoy, type Questions, simulate } from './simulation.ts';

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
  const made = mesh.objects.some(({ kind }) => kind === 'Istio')
    ? serviceMesh3(mesh.objects)
    : serviceMesh2(mesh.objects);
  const isExcluded = ({ mode, port }: MeshCall) => mode === 'inbound' && made.excludedPorts.includes(port);
  const asked = calls.filter(call => !isExcluded(call));
  const answers = await simulate({ ...worldOf(mesh, made), calls: asked });
  return calls.map(call => (isExcluded(call) ? notRedirected : answers[asked.indexOf(call)]!));
}

function worldOf({ objects, namespace, host }: MeshOptions, made: MadeMesh): Omit<Questions, 'calls'> {
  const istio = only(objects, 'KnativeServing').spec.config.istio;
  const service = { name: 'hello', namespace, host, ip: addresses.hello, activator: addresses.activator, istio };
  const pods = [...productPods(made), revisionPod(service) as Pod];
  const services = [...objects, ...made.objects, ...knativeObjects(), ...knativeServiceObjects(service)];
  const known = [...services, ...pods, ...endpointSlices(services, pods)].filter(
    ({ metadata }) => metadata.namespace !== undefined && made.sees(metadata.namespace),
  );
  return {
    rootNamespace: made.rootNamespace,
    config: known.filter(({ apiVersion }) => /^[a-z]+\.istio\.io\//.test(apiVersion)),
    kubernetes: known.filter(({ apiVersion }) => ['v1', 'discovery.k8s.io/v1'].includes(apiVersion)),
    proxies: Object.fromEntries(Object.entries(addresses).map(([name, ip]) => [name, proxyOf(ip, pods)])),
  };
}

/** The second label is istiod's own: by it, others know that the pod understands mTLS. */
const inject = { 'sidecar.istio.io/inject': 'true', 'security.istio.io/tlsMode': 'istio' } as const;

/** All but the gateway have a sidecar: semantics.test.ts proves that. */
function productPods({ gateway }: MadeMesh): Pod[] {
  return [
    pod({
      name: 'ingressgateway',
      namespace: gateway.namespace,
      ip: addresses.gateway,
      labels: gateway.labels,
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

/** The Services of Knative Serving, from the manifests of its operator. */
function knativeObjects(): KubeObject[] {
  const folder = join(builtPath('knative', 'kodata'), 'knative-serving');
  const newest = readdirSync(folder).sort().at(-1)!;
  const services = readFileSync(join(folder, newest, '2-serving-core.yaml'), 'utf8')
    .split(/^---$/m)
    .filter(text => /^kind: Service$/m.test(text));
  return parseManifests(services.join('---\n')).map(({ object }) => object as unknown as KubeObject);
}

function proxyOf(ip: string, pods: readonly Pod[]): Envoy {
  const { name, namespace, labels } = pods.find(({ status }) => status.podIP === ip)!.metadata;
  return { type: ip === addresses.gateway ? 'router' : 'sidecar', pod: name, ip, namespace, labels };
}
