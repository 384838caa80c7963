import { and } from '../../../gotmpl/functions.ts';
import { v } from '../values.ts';
import { allowWithinEventing } from './policies.ts';

export default allowWithinEventing({
  name: 'allow-probe-kafka-channel-receiver',
  to: 'kafka-channel-receiver',
  from: 'kafka-controller',
  method: 'GET',
  doc: 'Lets the controller of Knative Kafka see whether the receiver of its channels is ready, without which none becomes ready.',
  where: and(v.kafka.enabled, v.kafka.channel.enabled),
});
