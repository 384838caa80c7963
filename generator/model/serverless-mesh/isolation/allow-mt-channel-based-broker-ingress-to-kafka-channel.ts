import { and } from '../../../gotmpl/functions.ts';
import { v } from '../values.ts';
import { allowWithinEventing } from './policies.ts';

export default allowWithinEventing({
  name: 'allow-mt-channel-based-broker-ingress-to-kafka-channel',
  to: 'kafka-channel-receiver',
  from: 'mt-broker-ingress',
  method: 'POST',
  doc: 'Lets Brokers that are made of channels put their events into channels on Kafka.',
  where: and(v.kafka.enabled, v.kafka.channel.enabled),
});
