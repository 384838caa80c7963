import { and } from '../../../gotmpl/functions.ts';
import { when } from '../../../gotmpl/index.ts';
import { knativeEventing } from '../../facts/names.ts';
import { componentLabel } from '../../facts/tenants.ts';
import { v } from '../values.ts';
import { ingressWanted, policy, resource, tcp } from './policy.ts';

export default resource({
  doc: 'Lets the API server ask the webhooks of Knative Eventing.',
  source: 'serverless-operator pkg/istio/eventingistio/istio.go, which makes such policies unless told not to',
  documents: when(
    and(ingressWanted, v.eventing.enabled),
    policy('allow-to-webhooks', knativeEventing, {
      podSelector: {
        matchExpressions: [{ key: componentLabel, operator: 'In', values: ['eventing-webhook', 'imc-controller'] }],
      },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [tcp(8443)] }],
    }),
  ),
});
