import { and, eq } from '../../../gotmpl/functions.ts';
import { when } from '../../../gotmpl/index.ts';
import { v, v2 } from '../values.ts';
import { routers } from './allow-from-router.ts';
import { ingressWanted, policy, resource } from './policy.ts';

const { create, tracing } = v.mesh.controlPlane;

export default resource({
  doc: 'Lets the router of OpenShift reach the Jaeger that Service Mesh 2 installs, by the route that its operator makes.',
  source: 'maistra/istio-operator resources/helm/v2.5/istio-telemetry/tracing/templates/networkpolicy.yaml',
  documents: when(
    and(v2, ingressWanted, create, eq(tracing.type, 'operatorDefault')),
    policy('allow-from-router-to-jaeger', v.mesh.namespace, {
      podSelector: {
        matchLabels: { 'app.kubernetes.io/part-of': 'jaeger', 'app.kubernetes.io/managed-by': 'jaeger-operator' },
        matchExpressions: [{ key: 'app.kubernetes.io/component', operator: 'In', values: ['all-in-one', 'query'] }],
      },
      policyTypes: ['Ingress'],
      ingress: [{ from: routers }],
    }),
  ),
});
