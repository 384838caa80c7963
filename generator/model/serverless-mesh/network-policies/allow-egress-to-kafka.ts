import { and } from '../../../gotmpl/functions.ts';
import { each, when } from '../../../gotmpl/index.ts';
import { knativeEventing } from '../../facts/names.ts';
import { v } from '../values.ts';
import { egressWanted, policy, resource } from './policy.ts';

export default resource({
  doc: 'Lets Knative Kafka reach the brokers, where egress is denied by default.',
  source: 'base document 1.4.3 step 7: the listeners of the Kafka cluster',
  documents: when(
    and(egressWanted, v.kafka.enabled),
    policy('allow-egress-to-kafka', knativeEventing, {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          ports: [each(v.kafka.listeners, 'listener', listener => ({ port: listener.port, protocol: 'TCP' as const }))],
        },
      ],
    }),
  ),
});
