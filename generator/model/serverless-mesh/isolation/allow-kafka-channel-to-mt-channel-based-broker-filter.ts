import { and } from '../../../gotmpl/functions.ts';
import { v } from '../values.ts';
import { allowWithinEventing } from './policies.ts';

export default allowWithinEventing({
  name: 'allow-kafka-channel-to-mt-channel-based-broker-filter',
  to: 'broker-filter',
  from: 'knative-kafka-channel-data-plane',
  method: 'POST',
  doc: 'Lets channels on Kafka give the events of Brokers to their filter.',
  where: and(v.kafka.enabled, v.kafka.channel.enabled),
});
