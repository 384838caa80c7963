/** KnativeKafka, and what lets its pods out to Kafka. */
import { type EffectRow, knativeKafka, listed } from './row.ts';

const crd = 'serverless-operator olm-catalog/serverless-operator/manifests/operator_v1alpha1_knativekafka_crd.yaml';
const kinds = [knativeKafka];
const change = 'changed' as const;
const enabled = /^spec\.(broker|channel|source|sink)\.enabled$/;
const parts = (leaves: readonly { readonly path: string }[]) => listed(leaves.map(l => l.path.split('.')[1] ?? ''));

export const kafkaRows: readonly EffectRow[] = [
  {
    ...{ id: 'other-kafka', severity: 'unsupported', kinds, change },
    field: /^spec\.(channel|broker\.defaultConfig)\.bootstrapServers$/,
    what: () =>
      'topics are made in the Kafka that it names now; events in topics of another one stay there, and are delivered no more',
    source: 'https://knative.dev/docs/eventing/brokers/broker-types/kafka-broker/',
  },
  {
    ...{ id: 'kafka-part-off', severity: 'interrupts', kinds, change },
    field: enabled,
    when: s => s.leaves.some(l => l.after !== true),
    what: s =>
      `the operator deletes the ${parts(s.leaves.filter(l => l.after !== true))}: nothing receives or delivers its events`,
    source: crd,
  },
  {
    ...{ id: 'kafka-login', severity: 'identity', kinds, change },
    field: /^spec\..*authSecret(Name|Namespace)$/,
    what: () =>
      'its pods log in to Kafka as another Secret says, which must exist: topics and consumer groups must allow that user',
    source: crd,
  },
  {
    ...{ id: 'kafka-part-on', severity: 'live', kinds, change },
    field: enabled,
    when: s => s.leaves.some(l => l.after === true),
    what: s => `the operator installs the ${parts(s.leaves.filter(l => l.after === true))}`,
    source: crd,
  },
  {
    ...{ id: 'new-topics', severity: 'live', kinds, change },
    field: /^spec\.broker\.defaultConfig\.(numPartitions|replicationFactor)$/,
    what: () => 'counts for Brokers that are made from now on; topics that exist stay as they are',
    source: 'knative-extensions/eventing-kafka-broker control-plane/pkg/kafka/topic.go (CreateTopicIfDoesntExist)',
  },
];
