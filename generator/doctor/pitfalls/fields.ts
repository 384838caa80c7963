/** Fields of the resources of Knative that nothing comes of. */

import { type KubeObject, mapAt, textAt } from '../../cluster/fields.ts';
import { nearest } from '../../values/nearest.ts';
import { eventingOf, isNewKey, isOldKey, istioConfig, kafkaOf, servingOf } from '../mesh.ts';
import { type Found, type Row, show } from '../row.ts';
import type { Seen } from '../seen.ts';
import { workloadsOf } from './workloads.ts';

const operator = 'github.com/openshift-knative/serverless-operator';

/** knative.dev/operator pkg/apis/operator/v1beta1 and pkg/apis/operator/base/common.go. */
const common =
  'config registry deployments workloads services podDisruptionBudgets high-availability namespace version manifests additionalManifests clusterProfileRef placement';
const known: Readonly<Record<string, readonly string[]>> = {
  KnativeServing: `${common} controller-custom-certs ingress security`.split(' '),
  KnativeKafka: 'broker source sink channel config high-availability logging workloads'.split(' '),
  KnativeEventing: `${common} defaultBrokerClass sinkBindingSelectionMode source`.split(' '),
};
const knownWorkload =
  'name labels annotations replicas nodeSelector topologySpreadConstraints tolerations affinity resources env readinessProbes livenessProbes startupProbes hostNetwork version volumeMounts'.split(
    ' ',
  );

function* unknownKeys(seen: Seen): Iterable<Found> {
  for (const object of [servingOf(seen), eventingOf(seen), kafkaOf(seen)]) {
    if (object === undefined) continue;
    yield* unknownIn(object, 'spec', mapAt(object, 'spec'), known[textAt(object, 'kind')] ?? []);
    for (const { list, value } of workloadsOf(object))
      yield* unknownIn(object, `spec.${list}[name=${textAt(value, 'name')}]`, mapAt({ value }, 'value'), knownWorkload);
  }
}

function* unknownIn(object: KubeObject, path: string, map: object, keys: readonly string[]): Iterable<Found> {
  for (const key of Object.keys(map).filter(k => !keys.includes(k))) {
    const meant = nearest(key, keys);
    yield {
      object,
      field: `${path}.${key}`,
      what: 'the operator has no such field, as far as is known',
      remedy: `${meant === undefined ? 'take it out' : `write ${meant}, if that was meant`}: the API never refuses it`,
    };
  }
}

function* mixedKeys(seen: Seen): Iterable<Found> {
  const object = servingOf(seen);
  const keys = Object.keys(istioConfig(object));
  const [old, now] = [keys.filter(isOldKey), keys.filter(isNewKey)];
  if (object === undefined || old.length === 0 || now.length === 0) return;
  yield {
    object,
    field: 'spec.config.istio',
    what: `it has keys of both formats: ${[...old, ...now].map(show).join(', ')}`,
    remedy: `keep one format: take out ${now.join(' and ')}`,
  };
}

export const fields: readonly Row[] = [
  {
    id: 'P31',
    title: 'spec.config.istio is of one format',
    severity: 'breaks',
    consequence: 'The webhook of net-istio refuses config-istio, and Knative keeps the gateways of before, or none.',
    source: 'https://github.com/knative-extensions/net-istio/pull/1249',
    looksAt: ['KnativeServing'],
    look: mixedKeys,
  },
  {
    id: 'P30',
    title: 'the resources of Knative have no field that their operator does not know',
    severity: 'risk',
    consequence: 'The API takes the field without an error, and nothing comes of it.',
    source: `${operator} olm-catalog/serverless-operator/manifests/operator_v1beta1_knativeserving_crd.yaml (x-kubernetes-preserve-unknown-fields); knative.dev/operator pkg/apis/operator/base/common.go`,
    looksAt: ['KnativeServing', 'KnativeEventing', 'KnativeKafka'],
    look: unknownKeys,
  },
];
