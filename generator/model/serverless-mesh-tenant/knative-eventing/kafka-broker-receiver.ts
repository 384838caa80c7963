import { receiver } from './receiver.ts';

export default receiver({ component: 'kafka-broker-receiver', of: 'the Kafka Brokers', kafka: true });
