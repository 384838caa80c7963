/** Event sources of users, and where events go. */
import { at, type KubeObject, mapAt, namespaceOf, textAt } from '../../cluster/fields.ts';
import type { Kind } from '../kinds.ts';
import { eventingOf, isMember, type Mesh } from '../mesh.ts';
import { append, type Found, labelsOf, patch, type Row } from '../row.ts';
import type { Seen } from '../seen.ts';
import { within } from '../within.ts';
import { asks, inject } from './services.ts';

const looksAt: readonly Kind[] = [
  'ServiceMeshControlPlane',
  'Istio',
  'ServiceMeshMemberRoll',
  'ServiceMeshMember',
  'Namespace',
];
const byPods = ['ContainerSource', 'SinkBinding', 'ApiServerSource'] as const;
/** Their events come from pods of Knative Eventing. */
const byKnative = ['PingSource', 'KafkaSource', 'Subscription', 'Trigger'] as const;

const labelField = `template.metadata.labels["${inject}"]`;
const addLabel = (object: KubeObject) =>
  patch(object, { spec: { template: { metadata: { labels: { [inject]: 'true' } } } } });

/** Service Mesh 2 takes it still. */
const ofAnnotation = (mesh: Mesh, asked: string) =>
  mesh.generation === 'v2' && asked === 'annotation' ? { severity: 'risk' as const } : {};

/** Pods of sources in the mesh that do not ask for a proxy. */
function* outsidePods(seen: Seen, mesh: Mesh): Iterable<Found> {
  for (const source of seen.all('ContainerSource')) {
    const asked = asks(seen, mesh, mapAt(source, 'spec', 'template'), namespaceOf(source));
    if (isMember(seen, mesh, namespaceOf(source)) !== false && (asked === 'no' || asked === 'annotation'))
      yield {
        object: source,
        field: `spec.${labelField}`,
        what: 'its pods do not ask for a proxy by label',
        remedy: addLabel(source),
        ...ofAnnotation(mesh, asked),
      };
  }
  for (const binding of seen.all('SinkBinding'))
    for (const object of subjectsOf(seen, binding)) {
      const asked = asks(seen, mesh, mapAt(object, 'spec', 'template'), namespaceOf(object));
      if (isMember(seen, mesh, namespaceOf(object)) === false || asked === 'label' || asked === 'namespace') continue;
      yield {
        object,
        field: `spec.${labelField}`,
        what: `its pods do not ask for a proxy by label, and SinkBinding ${textAt(binding, 'metadata', 'name')} makes them send events`,
        remedy: addLabel(object),
        ...ofAnnotation(mesh, asked),
      };
    }
  for (const object of seen.all('ApiServerSource'))
    if (isMember(seen, mesh, namespaceOf(object)) === true && mesh.generation === 'v2')
      yield {
        object,
        field: '',
        what: 'Knative makes its pods, whose template has no place for the label that asks for a proxy',
        remedy: `see whether they have one: oc get pods -n ${namespaceOf(object)} -l eventing.knative.dev/source=apiserver-source-controller; if not, send to a Broker`,
        severity: 'risk',
      };
  for (const object of seen.all('EventTransform'))
    if (isMember(seen, mesh, namespaceOf(object)) === true)
      yield {
        object,
        field: '',
        what: 'EventTransform is not compatible with a mesh: its pods cannot be given the label',
        remedy: 'move it to a namespace outside the mesh',
      };
}

/** Deployments that a SinkBinding names. A subject of another kind is looked at by its own pods only. */
function subjectsOf(seen: Seen, binding: KubeObject): KubeObject[] {
  const subject = mapAt(binding, 'spec', 'subject');
  if (textAt(subject, 'kind') !== 'Deployment') return [];
  const namespace = textAt(subject, 'namespace') || namespaceOf(binding);
  const [name, selector] = [textAt(subject, 'name'), mapAt(subject, 'selector', 'matchLabels')];
  return seen.all('Deployment').filter(d => {
    if (namespaceOf(d) !== namespace) return false;
    if (name !== '') return textAt(d, 'metadata', 'name') === name;
    const labels = Object.entries(selector);
    return labels.length > 0 && labels.every(([key, value]) => labelsOf(d)[key] === value);
  });
}

interface Sink {
  readonly path: string;
  readonly namespace: string;
  readonly words: string;
  /** The Knative Service, where it is one. */
  readonly object: (seen: Seen) => KubeObject | undefined;
}

/** Where events go, as far as it is a place in this cluster whose pods are the user's. */
function sinkOf(object: KubeObject, path: 'sink' | 'subscriber'): Sink | undefined {
  const sink = at(object, 'spec', path);
  const ref = mapAt(sink, 'ref');
  const kind = textAt(ref, 'kind');
  if (kind === 'Service') {
    const namespace = textAt(ref, 'namespace') || namespaceOf(object);
    const name = textAt(ref, 'name');
    const found = (seen: Seen) => seen.find('KnativeService', name, namespace);
    return { path: `spec.${path}.ref`, namespace, words: `Service ${namespace}/${name}`, object: found };
  }
  const [, host = '', namespace = ''] =
    /^https?:\/\/([a-z0-9-]+\.([a-z0-9-]+)\.svc(?:\.[a-z0-9.-]+)?)(?:[:/]|$)/.exec(textAt(sink, 'uri')) ?? [];
  return namespace === '' ? undefined : { path: `spec.${path}.uri`, namespace, words: host, object: () => undefined };
}

/** With Service Mesh 3 the label of the pods is enough, whatever their namespace has. */
function isInside(seen: Seen, mesh: Mesh, object: KubeObject | undefined, namespace: string): boolean | undefined {
  const byLabel = object !== undefined && asks(seen, mesh, mapAt(object, 'spec', 'template'), namespace) === 'label';
  return mesh.generation === 'v3' && byLabel ? true : isMember(seen, mesh, namespace);
}
const senderOf = (seen: Seen, source: KubeObject) =>
  textAt(source, 'kind') === 'SinkBinding' ? subjectsOf(seen, source)[0] : source;

function* farSinks(seen: Seen, mesh: Mesh): Iterable<Found> {
  const knativesAreIn = mesh.generation === 'v3' || isMember(seen, mesh, 'knative-eventing') === true;
  for (const kind of [...byPods, ...byKnative])
    for (const object of seen.all(kind)) {
      const sink = sinkOf(object, kind === 'Trigger' || kind === 'Subscription' ? 'subscriber' : 'sink');
      if (sink === undefined) continue;
      const own = (byPods as readonly string[]).includes(kind);
      const from = own
        ? isInside(seen, mesh, senderOf(seen, object), namespaceOf(object))
        : eventingOf(seen) === undefined
          ? undefined
          : knativesAreIn;
      // Knative's own namespaces lead on through its gateways.
      const to = sink.namespace.startsWith('knative-')
        ? undefined
        : isInside(seen, mesh, sink.object(seen), sink.namespace);
      if (from === undefined || to === undefined || from === to) continue;
      const sender = own ? `its pods in ${namespaceOf(object)}` : 'Knative Eventing';
      const lost = from ? sink.namespace : namespaceOf(object);
      yield {
        object,
        field: sink.path,
        what: from
          ? `${sink.words} is outside the mesh, and ${sender} in it`
          : `${sink.words} is in the mesh, and ${sender} outside of it`,
        remedy:
          mesh.generation === 'v2' ? memberOf(seen, mesh, lost) : `oc label namespace ${lost} istio-injection=enabled`,
        severity: mesh.generation === 'v2' || !from ? 'breaks' : 'risk',
      };
    }
}
function memberOf(seen: Seen, mesh: Mesh, namespace: string): string {
  const roll = seen.all('ServiceMeshMemberRoll').find(r => namespaceOf(r) === mesh.namespace);
  return roll === undefined ? `take ${namespace} into the mesh` : append(roll, '/spec/members/-', namespace);
}

export const sources: readonly Row[] = [
  {
    id: 'P22',
    title: 'pods of event sources in the mesh ask for the proxy',
    severity: 'breaks',
    consequence: 'They send events without the certificate of the mesh, and strict mTLS refuses them.',
    source:
      'https://github.com/openshift/openshift-docs/pull/64130; release notes of OpenShift Serverless 1.37 (EventTransform)',
    looksAt: [...looksAt, ...byPods, 'EventTransform', 'Deployment'],
    look: within(outsidePods),
  },
  {
    id: 'S20',
    title: 'sources and sinks are on one side of the mesh',
    severity: 'breaks',
    consequence:
      'Events do not arrive: strict mTLS refuses plain text from outside, and the proxies inside send mTLS to pods that have none.',
    source:
      'base document 1.4.2 steps 1 and 2; github.com/maistra/istio-operator resources/helm/v2.5/mesh-config/templates/enable-mesh-mtls.yaml',
    looksAt: [...looksAt, ...byPods, ...byKnative, 'KnativeEventing'],
    look: within(farSinks),
  },
];
