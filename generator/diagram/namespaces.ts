/** The boxes of the picture: namespaces, and the parties in them and around them. */
import { nameOf, namespaceOf, textAt } from '../cluster/fields.ts';
import { knativeEventing, knativeServing, routerNamespace } from '../model/facts/names.ts';
import { one } from './found.ts';
import type { Namespace, Party } from './installation.ts';
import { brokersOf } from './kafka.ts';
import { names, type Places, yours } from './places.ts';

/** Where OpenShift keeps its monitoring (domain.md, base document 1.5). */
const monitoringNamespace = 'openshift-monitoring';

export function partiesOf(places: Places): readonly Party[] {
  const { gateways, mesh, knativeInMesh, appsInMesh, workloads } = places;
  const party = (name: string, namespace: string | undefined, inMesh: boolean, details: readonly string[] = []) => ({
    name,
    namespace,
    inMesh,
    details,
  });
  const cni = one(places.objects, 'IstioCNI');
  return [
    ...(gateways === undefined
      ? []
      : [
          party(names.clients, undefined, false, ['outside the cluster']),
          party(names.router, routerNamespace, false, ['a Route for each Knative Service']),
          party(gateways.name, gateways.namespace, gateways.inMesh, gateways.details),
        ]),
    party(names.istiod, mesh.namespace, false, ['configuration and certificates of the proxies']),
    ...(cni === undefined ? [] : [party('istio-cni-node', textAt(cni, 'spec', 'namespace'), false, ['on each node'])]),
    ...(places.serving
      ? [names.activator, names.autoscaler].map(name => party(name, knativeServing, workloads.serving.includes(name)))
      : []),
    party(names.prometheus, monitoringNamespace, false),
    ...(places.eventing ? [party(names.eventing, knativeEventing, knativeInMesh, workloads.eventing)] : []),
    party(names.kubelet, undefined, false, ['on each node']),
    party(names.apps, yours, appsInMesh, [
      ...(places.serving ? ['Knative Services and others'] : []),
      ...(appsInMesh ? ['label in the pod template: sidecar.istio.io/inject=true'] : ['no proxy of the mesh']),
    ]),
    ...kafkaParty(places),
  ];
}

function kafkaParty({ objects }: Places): Party[] {
  const { resource, hosts, listeners } = brokersOf(objects);
  if (resource === undefined) return [];
  return [{ name: names.brokers, inMesh: false, details: ['outside the mesh', ...listeners], hosts }];
}

/** Namespaces of these parties, with what is to be said of each. */
export function namespacesOf(places: Places, parties: readonly Party[]): readonly Namespace[] {
  const keys = [...new Set(parties.flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace])))];
  return keys.map(key => {
    const { members } = places.mesh;
    const title = key === yours ? (members.length === 0 ? [yours] : members) : [key];
    return { key, title, details: detailsOf(places, key) };
  });
}

function detailsOf({ objects, mesh }: Places, key: string): string[] {
  const inside = (namespace: string) => key === namespace || (key === yours && mesh.members.includes(namespace));
  const denies = objects.some(o => o.kind === 'AuthorizationPolicy' && inside(namespaceOf(o)));
  const policies = objects.filter(o => o.kind === 'NetworkPolicy' && inside(namespaceOf(o)));
  return [
    ...(denies ? ['isolated: only what a policy allows'] : []),
    ...[...new Set(policies.map(nameOf))].map(name => `NetworkPolicy ${name}`),
  ];
}
