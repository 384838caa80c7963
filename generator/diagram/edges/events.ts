/** The way of an event: to Knative Eventing, to Kafka, and to a subscriber. */
import { listAt, namespaceOf, textAt, titleOf } from '../../cluster/fields.ts';
import { knativeEventing } from '../../model/facts/names.ts';
import { allowedBy } from '../allowed.ts';
import * as facts from '../facts.ts';
import { one } from '../found.ts';
import type { Edge } from '../installation.ts';
import { brokersOf } from '../kafka.ts';
import { protectionOf } from '../mesh.ts';
import { names, type Places } from '../places.ts';

export function eventingEdges(places: Places): Edge[] {
  const { eventing, knativeInMesh, appsInMesh, mesh, objects, workloads } = places;
  if (!eventing) return [];
  const takes = facts.receivers.filter(name => workloads.eventing.includes(name));
  const sends = facts.senders.filter(name => workloads.eventing.includes(name));
  const by = (all: readonly string[]) => (all.length === 0 ? '' : ` (${all.join(', ')})`);
  return [
    {
      from: names.apps,
      to: names.eventing,
      ports: facts.events.ports,
      protection: protectionOf(appsInMesh, knativeInMesh, mesh.strictness),
      what: 'events',
      purpose: `events for Brokers, channels and sinks${by(takes)}`,
      sources: [
        facts.events.source,
        ...(one(objects, 'KnativeKafka') === undefined ? [] : [facts.kafkaEvents]),
        ...(knativeInMesh ? mesh.sources : []),
      ],
      ...allowedBy(objects, mesh.members[0] ?? '', knativeEventing, takes),
    },
    {
      from: names.eventing,
      to: names.apps,
      ports: ['its own port'],
      protection: protectionOf(knativeInMesh, appsInMesh, mesh.strictness),
      what: 'events',
      purpose: `events for a subscriber that is no Knative Service${by(sends)}`,
      sources: [facts.delivery, ...(appsInMesh ? mesh.sources : [])],
    },
  ];
}

/** To the listeners of the brokers: nothing of the mesh is there, so it lets the connections pass as they are. */
export function kafkaEdges({ objects }: Places): Edge[] {
  const { entries, bootstrap, resource } = brokersOf(objects);
  const consumers = entries.filter(entry => namespaceOf(entry) !== knativeEventing);
  const own = entries.filter(entry => namespaceOf(entry) === knativeEventing);
  const shared = { to: names.brokers, protection: 'TCP', what: 'records' } as const;
  const sourcesOf = (found: typeof entries) => [
    ...found,
    ...objects.filter(o => o.kind === 'DestinationRule' && found.some(entry => namespaceOf(entry) === namespaceOf(o))),
  ];
  if (resource === undefined) return [];
  return [
    {
      ...shared,
      from: names.eventing,
      ports: own.length === 0 ? [...new Set(bootstrap.map(({ port }) => port))] : portsOf(own[0]),
      purpose: 'records of Brokers, channels, sources and sinks',
      sources: (own.length === 0 ? [resource] : sourcesOf(own)).map(titleOf),
    },
    ...consumers.slice(0, 1).map(entry => ({
      ...shared,
      from: names.apps,
      ports: portsOf(entry),
      purpose: `records that pods of ${consumers.map(namespaceOf).join(', ')} read and write themselves`,
      sources: sourcesOf(consumers).map(titleOf),
    })),
  ];
}
const portsOf = (entry: unknown) => listAt(entry, 'spec', 'ports').map(port => textAt(port, 'number'));
