/**
 * Plays the operators that no published module has, Service Mesh 2 and 3 and Knative Kafka: as far as others wait for
 * them, they set status, make the ingress gateway, and keep the roll of the members that apply themselves. The istiod that
 * the operator of Service Mesh 3 would start runs from the beginning.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { changed } from './changed.ts';
import type { KubeObject, Objects } from './objects.ts';

/** What becomes of a resource: it gets ready, says that something is wrong, or says nothing. */
export type Fate = 'ready' | 'failing' | 'silent';
export interface Fates {
  controlPlane: Fate;
  memberRoll: Fate;
  istio: Fate;
  istioCni: Fate;
  kafka: Fate;
}

export const allReady: Fates = {
  controlPlane: 'ready',
  memberRoll: 'ready',
  istio: 'ready',
  istioCni: 'ready',
  kafka: 'ready',
};

export interface MeshOperator {
  /** To be set at any time; all are ready at first. */
  readonly fates: Fates;
  stop(): void;
}

interface Resource extends KubeObject {
  readonly metadata: KubeObject['metadata'] & {
    readonly namespace: string;
    readonly uid: string;
    readonly generation: number;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: {
    readonly members?: readonly string[];
    readonly controlPlaneRef?: { readonly namespace: string };
    readonly gateways?: {
      readonly ingress?: { readonly service?: { readonly metadata?: { readonly labels?: Record<string, string> } } };
    };
  };
  readonly status?: object;
}

type Loose = Readonly<Record<string, unknown>> | undefined;
const milliseconds = 500;
const words: Readonly<Record<Fate, readonly [status: string, message: string]>> = {
  ready: ['True', ''],
  failing: ['False', 'made to fail by the test'],
  silent: ['Unknown', ''],
};

export function startMeshOperator(objects: Objects): MeshOperator {
  const fates = { ...allReady };
  let isStopped = false;
  void (async () => {
    while (!isStopped) {
      // What fails now, such as a change of a resource that was just deleted, is done in the next round.
      await reconcile(objects, fates).catch(() => {});
      await sleep(milliseconds, undefined, { ref: false });
    }
  })();
  return {
    fates,
    stop: () => {
      isStopped = true;
    },
  };
}

const kinds = {
  plane: ['maistra.io/v2', 'ServiceMeshControlPlane'],
  roll: ['maistra.io/v1', 'ServiceMeshMemberRoll'],
  member: ['maistra.io/v1', 'ServiceMeshMember'],
  istio: ['sailoperator.io/v1', 'Istio'],
  istioCni: ['sailoperator.io/v1', 'IstioCNI'],
  kafka: ['operator.serverless.openshift.io/v1alpha1', 'KnativeKafka'],
} as const;

async function reconcile(objects: Objects, fates: Fates): Promise<void> {
  const list = (kind: keyof typeof kinds) => objects.list<Resource>(kinds[kind][0], kinds[kind][1]);
  const [planes, rolls, members] = await Promise.all([list('plane'), list('roll'), list('member')]);
  const tell = (kind: keyof typeof kinds, resource: Resource, fate: Fate, more: object = {}) =>
    setStatus(objects, kind, resource, fate, more);
  for (const plane of planes) {
    if (fates.controlPlane === 'ready') await makeGateway(objects, plane);
    await tell('plane', plane, fates.controlPlane, { readiness: {} });
  }
  await keepRolls(objects, rolls, members);
  for (const roll of rolls) {
    const configuredMembers = fates.memberRoll === 'ready' ? await existing(objects, roll.spec?.members ?? []) : [];
    await tell('roll', roll, fates.memberRoll, { configuredMembers });
  }
  for (const member of members) await tell('member', member, fates.memberRoll);
  for (const kind of ['istio', 'istioCni', 'kafka'] as const) {
    for (const resource of await list(kind)) await tell(kind, resource, fates[kind]);
  }
}

/** Writes the status that a fate means, unless it is there. */
async function setStatus(objects: Objects, kind: keyof typeof kinds, resource: Resource, fate: Fate, more: object) {
  const [status, message] = words[fate];
  const lastTransitionTime = '2026-01-01T00:00:00Z';
  const conditions = fate === 'silent' ? [] : [{ type: 'Ready', status, reason: 'Test', message, lastTransitionTime }];
  const wanted = { observedGeneration: resource.metadata.generation, conditions, ...more };
  const now = Object.fromEntries(Object.keys(wanted).map(key => [key, (resource.status as Loose)?.[key]]));
  if (changed(wanted, now) === undefined && changed(now, wanted) === undefined) return;
  const [apiVersion, name] = kinds[kind];
  await objects.setStatus({ apiVersion, kind: name, metadata: resource.metadata }, wanted);
}

async function existing(objects: Objects, namespaces: readonly string[]): Promise<string[]> {
  const found = await Promise.all(namespaces.map(name => objects.get('v1', 'Namespace', name)));
  return namespaces.filter((_, index) => found[index] !== undefined);
}

const rollOfMembers = { 'test/made-for': 'ServiceMeshMember' };

/** One roll for each control plane that members name, gone with the last of them. */
async function keepRolls(objects: Objects, rolls: readonly Resource[], members: readonly Resource[]): Promise<void> {
  const wanted = new Map<string, string[]>();
  for (const { metadata, spec } of members) {
    const namespace = spec?.controlPlaneRef?.namespace ?? '';
    wanted.set(namespace, [...(wanted.get(namespace) ?? []), metadata.namespace]);
  }
  for (const { metadata } of rolls) {
    const isOurs = metadata.annotations?.['test/made-for'] !== undefined;
    if (!isOurs || wanted.has(metadata.namespace)) continue;
    await objects.remove('maistra.io/v1', 'ServiceMeshMemberRoll', 'default', metadata.namespace);
  }
  for (const [namespace, names] of wanted) {
    names.sort();
    const now = rolls.find(({ metadata }) => metadata.namespace === namespace)?.spec?.members ?? [];
    if (now.join() === names.join()) continue;
    await objects.apply({
      apiVersion: 'maistra.io/v1',
      kind: 'ServiceMeshMemberRoll',
      metadata: { name: 'default', namespace, annotations: rollOfMembers },
      spec: { members: names },
    } as KubeObject);
  }
}

/** Of the gateway's pods, beside the labels that the control plane asks for. */
const ownLabels = { app: 'istio-ingressgateway', istio: 'ingressgateway' };
export const gatewayName = 'istio-ingressgateway';

/** The Deployment and Service that Service Mesh makes from spec.gateways.ingress. They go with their control plane. */
async function makeGateway(objects: Objects, plane: Resource): Promise<void> {
  const { name: owner, namespace, uid } = plane.metadata;
  if ((await objects.get('apps/v1', 'Deployment', gatewayName, namespace)) !== undefined) return;
  const labels = { ...ownLabels, ...plane.spec?.gateways?.ingress?.service?.metadata?.labels };
  const ownerReferences = [
    { apiVersion: plane.apiVersion ?? 'maistra.io/v2', kind: 'ServiceMeshControlPlane', name: owner, uid },
  ];
  const metadata = { name: gatewayName, namespace, labels, ownerReferences };
  const containers = [{ name: 'istio-proxy', image: 'registry.example.com/proxy' }];
  const template = { metadata: { labels: { ...labels, 'sidecar.istio.io/inject': 'false' } }, spec: { containers } };
  const ports = [
    { name: 'http2', port: 80, targetPort: 8080 },
    { name: 'https', port: 443, targetPort: 8443 },
  ];
  const spec = { replicas: 1, selector: { matchLabels: ownLabels }, template };
  await objects.create({
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { selector: ownLabels, ports },
  } as KubeObject);
  await objects.create({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec } as KubeObject);
}
