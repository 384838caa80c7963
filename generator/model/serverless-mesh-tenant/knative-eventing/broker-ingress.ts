import { receiver } from './receiver.ts';

export default receiver({ component: 'broker-ingress', of: 'the Brokers made of Channels' });
