/** The pods of Knative, and their proxies. */

import { type KubeObject, listAt, mapAt, textAt } from '../../cluster/fields.ts';
import { eventingWorkloads, kafkaWorkloads, servingWorkloads, sidecar } from '../../model/facts/names.ts';
import { ofMesh } from '../kinds.ts';
import { eventingInMesh, eventingOf, kafkaOf, servingOf, usesIstio } from '../mesh.ts';
import { type Found, patch, type Row } from '../row.ts';
import type { Seen } from '../seen.ts';

const _operator = 'github.com/openshift-knative/serverless-operator';
const inject = 'sidecar.istio.io/inject';
const probes = 'sidecar.istio.io/rewriteAppHTTPProbers';

export interface Workload {
  readonly list: 'workloads' | 'deployments';
  readonly index: number;
  readonly value: unknown;
}
export const workloadsOf = (object: unknown, name?: string): Workload[] =>
  (['deployments', 'workloads'] as const).flatMap(list =>
    listAt(object, 'spec', list)
      .map((value, index) => ({ list, index, value }))
      .filter(w => name === undefined || textAt(w.value, 'name') === name),
  );
const injectOf = (object: unknown, name: string, where: 'labels' | 'annotations') =>
  workloadsOf(object, name)
    .map(w => mapAt(w.value, where)[inject])
    .findLast(v => v !== undefined);

function* uninjected(object: KubeObject | undefined, names: readonly string[]): Iterable<Found> {
  if (object === undefined) return;
  // An annotation in place of the label is told as such.
  const isOut = (name: string) => {
    const label = injectOf(object, name, 'labels');
    return label !== 'true' && (label !== undefined || injectOf(object, name, 'annotations') !== 'true');
  };
  const out = names.filter(isOut);
  if (out.length === 0) return;
  const items = out.map(name => ({ name, labels: sidecar.labels, annotations: sidecar.annotations }));
  const all = [...listAt(object, 'spec', 'workloads'), ...items];
  yield {
    object,
    field: `spec.workloads[].labels["${inject}"]`,
    what: `it is not "true" for ${out.join(', ')}`,
    remedy: patch(object, { spec: { workloads: all } }),
  };
}

/** The annotation alone: Service Mesh 2 takes it still. */
function* annotated(seen: Seen): Iterable<Found> {
  if (seen.mesh === undefined) return;
  for (const object of [usesIstio(servingOf(seen)) ? servingOf(seen) : undefined, eventingOf(seen), kafkaOf(seen)]) {
    if (object === undefined) continue;
    const only = workloadsOf(object).filter(
      w => mapAt(w.value, 'annotations')[inject] !== undefined && mapAt(w.value, 'labels')[inject] === undefined,
    );
    if (only.length === 0) continue;
    const lists = new Set(only.map(w => w.list));
    yield {
      object,
      field: `spec.${[...lists].join(' and spec.')}[].annotations["${inject}"]`,
      what: `${only.map(w => textAt(w.value, 'name')).join(', ')} ask for the proxy by annotation, and not by label`,
      remedy: `move ${inject}: "true" from annotations to labels of each of them`,
      severity: seen.mesh.generation === 'v3' ? 'breaks' : 'risk',
    };
  }
}

function* probeRewrites(seen: Seen): Iterable<Found> {
  if (seen.mesh?.generation !== 'v2') return;
  for (const object of [usesIstio(servingOf(seen)) ? servingOf(seen) : undefined, eventingOf(seen), kafkaOf(seen)]) {
    if (object === undefined) continue;
    const off = workloadsOf(object).filter(
      w =>
        [mapAt(w.value, 'labels')[inject], mapAt(w.value, 'annotations')[inject]].includes('true') &&
        mapAt(w.value, 'annotations')[probes] !== 'true',
    );
    if (off.length > 0)
      yield {
        object,
        field: `spec.workloads[].annotations["${probes}"]`,
        what: `it is not "true" for ${off.map(w => textAt(w.value, 'name')).join(', ')}`,
        remedy: `add ${probes}: "true" to annotations of each of them`,
      };
  }
}

const eventingIn = (seen: Seen) => seen.mesh !== undefined && eventingInMesh(seen, seen.mesh);

export const workloads: readonly Row[] = [
  {
    id: 'P9',
    title: 'activator and autoscaler are in the mesh, both',
    severity: 'breaks',
    consequence:
      'The activator never becomes Ready: its websocket to the autoscaler is reset, for one of them has no certificate of the mesh.',
    source: 'base document 1.4.3 step 3; https://github.com/knative/serving/issues/14089',
    looksAt: [...ofMesh, 'KnativeServing'],
    look: seen => uninjected(seen.mesh && usesIstio(servingOf(seen)) ? servingOf(seen) : undefined, servingWorkloads),
  },
  {
    id: 'S18',
    title: 'the data plane of Knative Eventing is in the mesh',
    severity: 'breaks',
    consequence: 'Events do not reach Services of the mesh, which refuses plain text.',
    source: 'base document 1.4.3 step 4',
    looksAt: [...ofMesh, 'KnativeEventing'],
    look: seen => uninjected(eventingIn(seen) ? eventingOf(seen) : undefined, eventingWorkloads),
  },
  {
    id: 'P20',
    title: 'the controller and the data plane of Knative Kafka are in the mesh',
    severity: 'breaks',
    consequence:
      'Brokers stay NotReady (ProbeStatus, 502), for the receivers refuse probes without the certificate of the mesh.',
    source: 'base document 1.4.3 step 5; https://github.com/knative-extensions/eventing-kafka-broker/issues/2107',
    looksAt: [...ofMesh, 'KnativeKafka'],
    look: seen => uninjected(eventingIn(seen) ? kafkaOf(seen) : undefined, kafkaWorkloads),
  },
  {
    id: 'E8',
    title: 'workloads of Knative ask for the proxy by label',
    severity: 'risk',
    consequence:
      'Later webhooks, and all of Service Mesh 3, select pods by the label only: the pods then have no proxy.',
    source:
      'https://github.com/knative-extensions/net-istio/pull/1369 (the snippets of the base document have the annotation)',
    looksAt: [...ofMesh, 'KnativeServing', 'KnativeEventing', 'KnativeKafka'],
    look: annotated,
  },
  {
    id: 'P17',
    title: 'probes of Knative pass the proxy',
    severity: 'risk',
    consequence:
      'Probes come from outside the mesh in plain text, and fail under strict mTLS, so that pods do not become Ready.',
    source: 'base document 1.4.3',
    looksAt: [...ofMesh, 'KnativeServing', 'KnativeEventing', 'KnativeKafka'],
    look: probeRewrites,
  },
];
