import { and } from '../../../gotmpl/functions.ts';
import { when } from '../../../gotmpl/index.ts';
import { v, v2 } from '../values.ts';
import { routers } from './allow-from-router.ts';
import { ingressWanted, policy, resource } from './policy.ts';

export default resource({
  doc: 'Lets the router of OpenShift reach Kiali, Grafana and Prometheus of Service Mesh 2, by the routes that its operator makes.',
  source:
    'maistra/istio-operator resources/helm/v2.5/istio-telemetry/{kiali,grafana,prometheus}/templates/networkpolicy.yaml',
  documents: when(
    and(v2, ingressWanted, v.mesh.controlPlane.create, v.mesh.controlPlane.addons.enabled),
    policy('allow-from-router-to-addons', v.mesh.namespace, {
      podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['kiali', 'grafana', 'prometheus'] }] },
      policyTypes: ['Ingress'],
      ingress: [{ from: routers }],
    }),
  ),
});
