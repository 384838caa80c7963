import { and } from '../../../gotmpl/functions.ts';
import { v } from '../values.ts';
import { allowWithinEventing } from './policies.ts';

export default allowWithinEventing({
  name: 'allow-probe-kafka-broker-receiver',
  to: 'kafka-broker-receiver',
  from: 'kafka-controller',
  method: 'GET',
  doc: 'Lets the controller of Knative Kafka see whether the receiver of its brokers is ready, without which none becomes ready.',
  where: and(v.kafka.enabled, v.kafka.broker.enabled),
});
