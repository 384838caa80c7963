import { and } from '../../../gotmpl/functions.ts';
import { v } from '../values.ts';
import { allowWithinEventing } from './policies.ts';

export default allowWithinEventing({
  name: 'allow-probe-kafka-sink-receiver',
  to: 'kafka-sink-receiver',
  from: 'kafka-controller',
  method: 'GET',
  doc: 'Lets the controller of Knative Kafka see whether the receiver of its sinks is ready, without which none becomes ready.',
  where: and(v.kafka.enabled, v.kafka.sink.enabled),
});
