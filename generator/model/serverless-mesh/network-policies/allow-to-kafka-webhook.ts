import { and } from '../../../gotmpl/functions.ts';
import { when } from '../../../gotmpl/index.ts';
import { kafkaWebhook, knativeEventing } from '../../facts/names.ts';
import { v } from '../values.ts';
import { ingressWanted, policy, resource, tcp } from './policy.ts';

export default resource({
  doc: 'Lets the API server ask the webhook of Knative Kafka.',
  source: 'serverless-operator pkg/istio/eventingistio/istio.go, which makes such policies unless told not to',
  documents: when(
    and(ingressWanted, v.kafka.enabled),
    policy('allow-to-kafka-webhook', knativeEventing, {
      podSelector: { matchLabels: { app: kafkaWebhook } },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [tcp(8443)] }],
    }),
  ),
});
