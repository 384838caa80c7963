import { receiver } from './receiver.ts';

export default receiver({ component: 'kafka-sink-receiver', of: 'the KafkaSinks', kafka: true });
