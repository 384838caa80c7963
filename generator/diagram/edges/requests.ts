/** The way of a request to a Knative Service: router, gateway, activator, pod. */
import { titleOf } from '../../cluster/fields.ts';
import { knativeServing } from '../../model/facts/names.ts';
import { allowedBy } from '../allowed.ts';
import * as facts from '../facts.ts';
import type { Edge } from '../installation.ts';
import { protectionOf, strictnessOf } from '../mesh.ts';
import { names, type Places } from '../places.ts';

/** From outside to the gateway, and from pods to it. */
export function requestEdges(places: Places): Edge[] {
  const { gateways, appsInMesh, eventing, knativeInMesh } = places;
  if (gateways === undefined) return [];
  const { ingress, name } = gateways;
  return [
    {
      from: names.clients,
      to: names.router,
      ports: facts.routerPort.ports,
      protection: 'TLS',
      what: 'requests',
      purpose: 'requests to the URL of a Knative Service',
      sources: [facts.routerPort.source],
    },
    {
      from: names.router,
      to: name,
      ports: [ingress.ports],
      protection: ingress.protection,
      what: gateways.inMesh ? 'passed through' : 'requests',
      purpose: gateways.inMesh
        ? 'the same connection, passed through: the gateway has the certificate'
        : 'the same requests: the router has the certificate',
      sources: [...ingress.sources, facts.passthrough],
    },
    localCall(places, names.apps, appsInMesh, 'local calls', 'calls to the cluster-local address of a Knative Service'),
    ...(eventing ? [localCall(places, names.eventing, knativeInMesh, 'events', 'events for a Knative Service')] : []),
  ];
}

/** A call to the local gateway, which is the same pods as the other one. */
function localCall({ gateways, objects }: Places, from: string, inMesh: boolean, what: string, purpose: string): Edge {
  const { local, name, localHost } = gateways!;
  const rules = objects.filter(o => o.kind === 'DestinationRule' && hostOf(o).startsWith(`${localHost}.`));
  const policies = objects.filter(
    o => o.kind === 'NetworkPolicy' && titleOf(o).endsWith(`/${localHost.split('.')[0]}`),
  );
  return {
    from,
    to: name,
    ports: [local.ports],
    protection: local.protection === 'mTLS' && !inMesh ? 'refused' : local.protection,
    what,
    purpose,
    sources: [...local.sources, ...[...rules, ...policies].map(titleOf)],
  };
}
const hostOf = (object: { readonly spec?: unknown }) => `${(object.spec as { readonly host?: string }).host}`;

/** From the gateway to the pods of a Knative Service, by way of the activator where it is scaled to zero. */
export function servingEdges(places: Places): Edge[] {
  const { gateways, mesh, objects, workloads, appsInMesh } = places;
  if (gateways === undefined) return [];
  const activator = workloads.serving.includes(names.activator);
  const autoscaler = workloads.serving.includes(names.autoscaler);
  const toActivator = { name: names.activator, inMesh: activator };
  const toApps = { name: names.apps, inMesh: appsInMesh };
  const statistics = strictnessOf(objects, mesh, knativeServing, names.autoscaler);
  return [
    {
      ...request(places, gateways, toActivator, 'requests while a Knative Service has too few pods'),
      ...allowedBy(objects, gateways.namespace, knativeServing, [names.activator]),
    },
    request(places, gateways, toApps, 'requests to a Knative Service that has enough pods'),
    request(places, toActivator, toApps, 'requests that the activator held back'),
    {
      from: names.activator,
      to: names.autoscaler,
      ports: facts.statistics.ports,
      protection: protectionOf(activator, autoscaler, statistics.strictness),
      what: 'statistics',
      purpose: 'how many requests wait',
      sources: [facts.statistics.source, ...(autoscaler ? statistics.sources : [])],
      ...allowedBy(objects, knativeServing, knativeServing, [names.autoscaler]),
    },
  ];
}

interface End {
  readonly name: string;
  readonly inMesh: boolean;
}
const request = ({ mesh }: Places, from: End, to: End, purpose: string): Edge => ({
  from: from.name,
  to: to.name,
  ports: facts.requests.ports,
  protection: protectionOf(from.inMesh, to.inMesh, mesh.strictness),
  what: 'requests',
  purpose,
  sources: [facts.requests.source, ...(to.inMesh ? mesh.sources : [])],
});
