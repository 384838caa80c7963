/** Which mesh Knative is in, and what is in that mesh: by what stands there, and not by names that people choose. */
import { type KubeObject, listAt, mapAt, nameOf, namespaceOf, textAt } from '../cluster/fields.ts';
import {
  ingressGatewayService,
  knativeEventing,
  knativeGateway,
  knativeServing,
  knativeServingIngress,
} from '../model/facts/names.ts';
import type { Lists } from './lists.ts';
import { isOn, labelsOf } from './row.ts';

export interface Mesh {
  readonly generation: 'v2' | 'v3';
  /** Of the control plane. */
  readonly namespace: string;
  readonly controlPlane: KubeObject;
  /** Of the pods of the ingress gateway. */
  readonly gatewayNamespace: string;
  readonly gatewayService: string;
}

export const meshesOf = (lists: Lists): Mesh[] => [
  ...lists.all('ServiceMeshControlPlane').map(
    (controlPlane): Mesh => ({
      generation: 'v2',
      namespace: namespaceOf(controlPlane),
      controlPlane,
      gatewayNamespace: namespaceOf(controlPlane),
      gatewayService: ingressGatewayService,
    }),
  ),
  ...lists.all('Istio').map(
    (controlPlane): Mesh => ({
      generation: 'v3',
      namespace: textAt(controlPlane, 'spec', 'namespace'),
      controlPlane,
      gatewayNamespace: knativeServingIngress,
      gatewayService: knativeGateway,
    }),
  ),
];

export interface Address {
  /** Of spec.config.istio. */
  readonly key: string;
  readonly host: string;
  readonly service: string;
  /** Empty where the host is no address of a Service. */
  readonly namespace: string;
}

/** spec.config.istio of Knative Serving; the operator takes the name of the ConfigMap, too. */
export const istioConfig = (serving: unknown): Readonly<Record<string, unknown>> => ({
  ...mapAt(serving, 'spec', 'config', 'config-istio'),
  ...mapAt(serving, 'spec', 'config', 'istio'),
});
export const isOldKey = (key: string) => /^(local-)?gateway\./.test(key);
export const isNewKey = (key: string) => /^(external|local)-gateways$/.test(key);

/** Services of gateways, in both ways to write them. */
export const addressesOf = (serving: unknown): Address[] =>
  Object.entries(istioConfig(serving)).flatMap(([key, value]) => {
    const text = String(value);
    const hosts = isOldKey(key)
      ? [text]
      : isNewKey(key)
        ? [...text.matchAll(/\bservice:\s*["']?([^\s"']+)/g)].map(m => m[1] ?? '')
        : [];
    return hosts.map(host => {
      const [, service = '', namespace = ''] = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.|$)/.exec(host) ?? [];
      return { key, host, service, namespace };
    });
  });

/** Knative's mesh: the one that its gateways are in, or else the only one. Undefined where that leaves several. */
export function knativeMesh(meshes: readonly Mesh[], lists: Lists): Mesh | undefined {
  if (meshes.length < 2) return meshes[0];
  const serving = servingOf(lists);
  const places = new Set(addressesOf(serving).map(a => a.namespace));
  const fit = meshes.filter(m =>
    places.has(knativeServingIngress) ? m.generation === 'v3' : m.generation === 'v2' && places.has(m.namespace),
  );
  if (fit.length < 2) return fit[0];
  // Pods with the label alone belong to the default revision.
  const revision = listAt(serving, 'spec', 'workloads')
    .map(w => textAt(w, 'labels', 'istio.io/rev'))
    .find(Boolean);
  const named = fit.filter(m => m.generation === 'v3' && nameOf(m.controlPlane) === (revision ?? 'default'));
  return named.length === 1 ? named[0] : undefined;
}

export const servingOf = (lists: Lists) => lists.find('KnativeServing', 'knative-serving', knativeServing);
export const eventingOf = (lists: Lists) => lists.find('KnativeEventing', 'knative-eventing', knativeEventing);
export const kafkaOf = (lists: Lists) => lists.find('KnativeKafka', 'knative-kafka', knativeEventing);
/** Requests to Knative come through the mesh. */
export const usesIstio = (serving: unknown): boolean => isOn(serving, 'spec', 'ingress', 'istio', 'enabled');

/** The mesh is Knative's business: with Kourier it may be any, unless Eventing is in it. */
export const knativeInMesh = (lists: Lists): boolean => {
  const serving = servingOf(lists);
  return serving === undefined ? eventingOf(lists) !== undefined : usesIstio(serving);
};
export const eventingInMesh = (lists: Lists, mesh: Mesh): boolean =>
  eventingOf(lists) !== undefined &&
  (knativeInMesh(lists) || (mesh.generation === 'v2' && isMember(lists, mesh, knativeEventing) === true));

/** The namespaces that a mesh of Service Mesh 2 lists. */
export function listedMembers(lists: Lists, namespace: string): Set<string> {
  const rolls = lists.all('ServiceMeshMemberRoll').filter(r => namespaceOf(r) === namespace);
  const members = lists
    .all('ServiceMeshMember')
    .filter(m => textAt(m, 'spec', 'controlPlaneRef', 'namespace') === namespace);
  const listed = rolls.flatMap(r => [...listAt(r, 'spec', 'members'), ...listAt(r, 'status', 'configuredMembers')]);
  return new Set([...listed.map(String), ...members.map(namespaceOf)]);
}

/** Whether pods of a namespace can be in the mesh; undefined where that cannot be told. */
export function isMember(lists: Lists, { generation, namespace: mesh }: Mesh, namespace: string) {
  if (generation === 'v2') {
    const listed = listedMembers(lists, mesh);
    if (listed.has(namespace) || listed.has('*') || namespace === mesh) return true;
    const chosen = lists
      .all('ServiceMeshMemberRoll')
      .some(r => namespaceOf(r) === mesh && listAt(r, 'spec', 'memberSelectors').length > 0);
    return chosen ? undefined : false;
  }
  const found = lists.find('Namespace', namespace);
  return found === undefined ? undefined : injects(labelsOf(found));
}

/** Labels of a namespace by which Service Mesh 3 injects all its pods. */
export const injects = (labels: Readonly<Record<string, unknown>>): boolean =>
  labels['istio-injection'] === 'enabled' ||
  (labels['istio-injection'] === undefined && labels['istio.io/rev'] !== undefined);

/** Namespaces of Knative that must be in the mesh. */
export const knativesOf = (seen: Lists): string[] => [
  ...(usesIstio(servingOf(seen)) ? [knativeServing] : []),
  ...(eventingOf(seen) === undefined ? [] : [knativeEventing]),
];
