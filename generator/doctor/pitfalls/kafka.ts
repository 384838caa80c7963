/** Knative Kafka, and how the mesh lets it out to the brokers of Kafka. */
import { at, type KubeObject, listAt, namespaceOf, textAt } from '../../cluster/fields.ts';
import { knativeEventing } from '../../model/facts/names.ts';
import { shellQuote as shell } from '../../shell.ts';
import { eventingInMesh, kafkaOf } from '../mesh.ts';
import { annotationsOf, append, type Found, patch, type Row } from '../row.ts';
import type { Seen } from '../seen.ts';

const operator = 'github.com/openshift-knative/serverless-operator';

const isSinkInBroker = (object: unknown) => at(object, 'spec', 'broker', 'sink') !== undefined;

/** The API server drops the field; what oc apply was given still tells. */
function lastApplied(object: unknown): unknown {
  try {
    return JSON.parse(String(annotationsOf(object)['kubectl.kubernetes.io/last-applied-configuration'] ?? 'null'));
  } catch {
    return undefined;
  }
}

function* sinkInBroker(seen: Seen): Iterable<Found> {
  const object = kafkaOf(seen);
  if (object === undefined || at(object, 'spec', 'sink', 'enabled') !== undefined) return;
  const stands = isSinkInBroker(object);
  if (!stands && !isSinkInBroker(lastApplied(object))) return;
  yield {
    object,
    field: 'spec.broker.sink',
    what: stands
      ? 'the API has no such field'
      : 'it was applied, and the API server dropped it, for it has no such field',
    remedy: patch(object, { spec: { sink: { enabled: true } } }),
  };
}

interface Server {
  readonly host: string;
  readonly port: number;
}
const serversOf = (kafka: unknown): Server[] => {
  const texts = [
    textAt(kafka, 'spec', 'channel', 'bootstrapServers'),
    textAt(kafka, 'spec', 'broker', 'defaultConfig', 'bootstrapServers'),
  ];
  const all = texts.flatMap(t => t.split(',')).map(t => /^\s*(\S+):(\d+)\s*$/.exec(t));
  const found = all.flatMap(m => (m ? [{ host: m[1] ?? '', port: Number(m[2]) }] : []));
  return [...new Map(found.map(s => [`${s.host}:${s.port}`, s])).values()];
};

const isVisible = (object: KubeObject, namespace: string) => {
  const to = listAt(object, 'spec', 'exportTo').map(String);
  return namespaceOf(object) === namespace || to.length === 0 || to.includes('*') || to.includes(namespace);
};

function* unreachable(seen: Seen): Iterable<Found> {
  const kafka = kafkaOf(seen);
  if (kafka === undefined || seen.mesh === undefined || !eventingInMesh(seen, seen.mesh)) return;
  for (const { host, port } of serversOf(kafka)) {
    const entry = seen
      .all('ServiceEntry')
      .find(e => isVisible(e, knativeEventing) && listAt(e, 'spec', 'hosts').includes(host));
    const ports = listAt(entry, 'spec', 'ports').map(p => Number(textAt(p, 'number')));
    const field = 'spec.channel.bootstrapServers';
    if (entry === undefined)
      yield {
        object: kafka,
        field,
        what: `no ServiceEntry of ${knativeEventing} has the host ${host}`,
        remedy: `create {apiVersion: networking.istio.io/v1beta1, kind: ServiceEntry, metadata: {name: kafka-cluster, namespace: ${knativeEventing}}, spec: {hosts: [${shell(host)}], exportTo: ["."], ports: [{number: ${port}, name: tcp-kafka, protocol: TCP}], location: MESH_EXTERNAL, resolution: NONE}}`,
      };
    else if (!ports.includes(port))
      yield {
        object: entry,
        field: 'spec.ports',
        what: `it lacks port ${port} of ${host}`,
        remedy: append(entry, '/spec/ports/-', { number: port, name: `tcp-${port}`, protocol: 'TCP' }),
      };
    else if (textAt(entry, 'spec', 'location') !== 'MESH_EXTERNAL')
      yield {
        object: entry,
        field: 'spec.location',
        what: `it is ${textAt(entry, 'spec', 'location') || 'not set'}, so that the proxies send the certificate of the mesh to brokers without a proxy`,
        remedy: patch(entry, { spec: { location: 'MESH_EXTERNAL' } }),
      };
  }
  if (seen.mesh.generation === 'v2') yield* encrypted(seen, kafka);
}

/** The control plane asks for mTLS in all of the cluster domain; brokers have no proxy. */
function* encrypted(seen: Seen, kafka: KubeObject): Iterable<Found> {
  for (const host of new Set(serversOf(kafka).map(s => s.host)))
    if (/\.cluster\.local$/.test(host) && !plainTo(seen, host))
      yield {
        object: kafka,
        field: 'spec.channel.bootstrapServers',
        what: `no DestinationRule of ${knativeEventing} turns off mTLS to ${host}, which strict mTLS of the control plane asks for in all of cluster.local`,
        remedy: `create {apiVersion: networking.istio.io/v1beta1, kind: DestinationRule, metadata: {name: ${host}, namespace: ${knativeEventing}}, spec: {host: ${host}, exportTo: ["."], trafficPolicy: {tls: {mode: DISABLE}}}}`,
      };
}
const plainTo = (seen: Seen, host: string) =>
  seen
    .all('DestinationRule')
    .some(
      r =>
        isVisible(r, knativeEventing) &&
        textAt(r, 'spec', 'host') === host &&
        textAt(r, 'spec', 'trafficPolicy', 'tls', 'mode') === 'DISABLE',
    );

function* samePortNames(seen: Seen): Iterable<Found> {
  for (const object of seen.all('ServiceEntry')) {
    const all = listAt(object, 'spec', 'ports');
    for (const name of new Set(all.map(p => textAt(p, 'name')).filter(Boolean))) {
      const ports = all.filter(p => textAt(p, 'name') === name).map(p => textAt(p, 'number'));
      if (ports.length > 1)
        yield {
          object,
          field: 'spec.ports[].name',
          what: `ports ${ports.join(' and ')} have one name, ${name}`,
          remedy: `give each a name of its own, as ${ports.map(p => `${name}-${p}`).join(', ')}`,
        };
    }
  }
}

export const kafka: readonly Row[] = [
  {
    id: 'E1',
    title: 'KafkaSink is switched on where the API has it',
    severity: 'breaks',
    consequence: 'The API server drops the field without an error, and KafkaSink is never installed.',
    source: `${operator} olm-catalog/serverless-operator/manifests/operator_v1alpha1_knativekafka_crd.yaml (base document 1.4.3 step 5 is wrong)`,
    looksAt: ['KnativeKafka'],
    look: sinkInBroker,
  },
  {
    id: 'E2',
    title: 'ports of a ServiceEntry have names of their own',
    severity: 'breaks',
    consequence: 'Istio refuses the ServiceEntry, and the pods of Knative Kafka do not reach the brokers.',
    source:
      'https://github.com/istio/istio/blob/1.20.8/pkg/config/validation/validation.go#L2955 (base document 1.4.3 step 7 is wrong)',
    looksAt: ['ServiceEntry'],
    look: samePortNames,
  },
  {
    id: 'P19',
    title: 'the mesh lets Knative Kafka out to its brokers',
    severity: 'breaks',
    consequence: 'The proxies of Knative Kafka cannot connect to the brokers of Kafka, so that no event is stored.',
    source: 'base document 1.4.3 step 7; https://github.com/knative/eventing-contrib/issues/1326',
    looksAt: ['ServiceMeshControlPlane', 'Istio', 'KnativeKafka', 'ServiceEntry', 'DestinationRule'],
    look: unreachable,
  },
];
