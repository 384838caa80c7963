import { and } from '../../../gotmpl/functions.ts';
import { each, type Ref, when } from '../../../gotmpl/index.ts';
import { queueProxyContainer } from '../../facts/metrics.ts';
import { gatewaysWanted, v } from '../values.ts';
import { alert, alertsIn, withoutProxy } from './alerts.ts';
import { alerts, resource } from './monitors.ts';

const manifest = (member: Ref<string>) =>
  alertsIn('serverless-mesh-member', member, [
    alert({
      alert: 'KnativeServiceWithoutProxy',
      expr: withoutProxy(`kube_pod_container_info{container='${queueProxyContainer}'}`),
      after: '10m',
      severity: 'warning',
      summary: 'A pod of a Knative Service has no proxy.',
      description: 'The mesh refuses its calls. Its revision needs the label sidecar.istio.io/inject: "true".',
    }),
  ]);

export default resource({
  doc: 'Alerts when a pod of a Knative Service in your namespaces runs without a proxy.',
  source: 'github.com/kubernetes/kube-state-metrics docs/metrics/workload/pod-metrics.md',
  documents: when(and(alerts, gatewaysWanted), each(v.mesh.members, 'member', manifest)),
});
