import { and } from '../../../gotmpl/functions.ts';
import { note, when } from '../../../gotmpl/index.ts';
import { v } from '../values.ts';
import { ingressWanted, policy, resource, tcp } from './policy.ts';

export default resource({
  doc: 'Lets the API server ask the webhooks of Istio, which inject proxies and check configuration.',
  source: 'https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio',
  documents: when(
    and(ingressWanted, v.mesh.controlPlane.create),
    policy('allow-to-istiod', v.mesh.namespace, {
      podSelector: { matchLabels: { app: 'istiod' } },
      policyTypes: ['Ingress'],
      ingress: [{ ports: note('The webhooks.', [tcp(15017)]) }],
    }),
  ),
});
