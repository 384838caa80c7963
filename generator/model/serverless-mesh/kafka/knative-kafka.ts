import { items, join, or } from '../../../gotmpl/functions.ts';
import { noteWhen, type Slot, type Templated, when } from '../../../gotmpl/index.ts';
import { kafkaWebhook, kafkaWorkloads, knativeEventing } from '../../facts/names.ts';
import type { KnativeKafka } from '../../kinds/serverless.ts';
import { inStage } from '../metadata.ts';
import { inMesh, istio, v } from '../values.ts';
import { onNodes, placed, withResources } from '../workloads.ts';

const { metadata, resource } = inStage('kafka');

const { authSecret } = v.kafka;
const { replicas } = v.kafka.highAvailability;
const bootstrapServers = join(v.kafka.bootstrapServers, ',');
const authSecretName = when<Slot<string>>(authSecret.name, authSecret.name);

const manifest: Templated<KnativeKafka> = {
  apiVersion: 'operator.serverless.openshift.io/v1alpha1',
  kind: 'KnativeKafka',
  metadata: metadata({ name: 'knative-kafka', namespace: knativeEventing }),
  spec: {
    channel: {
      enabled: v.kafka.channel.enabled,
      bootstrapServers,
      authSecretName,
      authSecretNamespace: when(authSecret.namespace, authSecret.namespace),
    },
    source: { enabled: v.kafka.source.enabled },
    broker: {
      enabled: v.kafka.broker.enabled,
      defaultConfig: when(v.kafka.broker.enabled, {
        bootstrapServers,
        numPartitions: v.kafka.broker.numPartitions,
        replicationFactor: v.kafka.broker.replicationFactor,
        authSecretName,
      }),
    },
    sink: { enabled: v.kafka.sink.enabled },
    'high-availability': when(replicas, { replicas }),
    workloads: noteWhen(
      istio,
      'Sidecars for the control and data plane of Knative Kafka.',
      when(or(istio, placed, v.kafka.resources), [
        when(
          istio,
          kafkaWorkloads.map(name => ({ name, ...inMesh })),
        ),
        onNodes(items([...kafkaWorkloads, kafkaWebhook])),
        withResources(v.kafka.resources),
      ]),
    ),
  },
};

export default resource({
  doc: 'Channels, sources, brokers and sinks on Apache Kafka, with their pods in the mesh.',
  source: 'base document 1.4.3 step 5',
  documents: when(v.kafka.enabled, manifest),
});
