import { v } from '../values.ts';
import { allowWithinEventing } from './policies.ts';

export default allowWithinEventing({
  name: 'allow-mt-channel-based-broker-ingress-to-imc-dispatcher',
  to: 'imc-dispatcher',
  from: 'mt-broker-ingress',
  method: 'POST',
  doc: 'Lets Brokers that are made of channels put their events into channels in memory.',
  where: v.eventing.enabled,
});
