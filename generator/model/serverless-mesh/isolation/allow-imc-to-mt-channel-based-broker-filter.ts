import { v } from '../values.ts';
import { allowWithinEventing } from './policies.ts';

export default allowWithinEventing({
  name: 'allow-imc-to-mt-channel-based-broker-filter',
  to: 'broker-filter',
  from: 'imc-dispatcher',
  method: 'POST',
  doc: 'Lets channels in memory give the events of Brokers to their filter.',
  where: v.eventing.enabled,
});
