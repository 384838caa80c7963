import { and } from '../../../gotmpl/functions.ts';
import { note, when } from '../../../gotmpl/index.ts';
import { knativeServing } from '../../facts/names.ts';
import { v } from '../values.ts';
import { egressWanted, policy, resource, tcp } from './policy.ts';

export default resource({
  doc: 'Lets Knative Serving ask registries which image a tag names, where egress is denied by default.',
  source: 'https://knative.dev/docs/serving/tag-resolution/',
  documents: when(
    and(egressWanted, v.serving.enabled),
    policy('allow-egress-to-registries', knativeServing, {
      podSelector: { matchLabels: { app: 'controller' } },
      policyTypes: ['Egress'],
      egress: [{ ports: note('HTTPS, and the registry of the cluster.', [tcp(443), tcp(5000)]) }],
    }),
  ),
});
