import { receiver } from './receiver.ts';

export default receiver({ component: 'imc-dispatcher', of: 'the Channels in memory' });
