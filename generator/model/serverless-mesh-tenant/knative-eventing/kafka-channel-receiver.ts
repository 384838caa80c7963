import { receiver } from './receiver.ts';

export default receiver({ component: 'kafka-channel-receiver', of: 'the Kafka Channels', kafka: true });
