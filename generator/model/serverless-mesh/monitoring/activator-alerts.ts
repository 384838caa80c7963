import { and } from '../../../gotmpl/functions.ts';
import { when } from '../../../gotmpl/index.ts';
import { knativeServing, servingWorkloads } from '../../facts/names.ts';
import { gatewaysWanted } from '../values.ts';
import { alert, alertsIn, withoutProxy } from './alerts.ts';
import { alerts, resource } from './monitors.ts';

export default resource({
  doc: 'Alerts when the activator or the autoscaler runs without a proxy: the mesh then refuses its calls.',
  source: 'github.com/kubernetes/kube-state-metrics docs/metrics/workload/pod-metrics.md',
  documents: when(
    and(alerts, gatewaysWanted),
    alertsIn('serverless-mesh-serving', knativeServing, [
      alert({
        alert: 'KnativeServingWithoutProxy',
        expr: withoutProxy(`kube_pod_info{pod=~'(${servingWorkloads.join('|')})-[a-z0-9]+-[a-z0-9]+'}`),
        after: '10m',
        severity: 'critical',
        summary: 'A pod of Knative Serving has no proxy.',
        description: 'It came up before its namespace was part of the mesh, which refuses its calls. Restart it.',
      }),
    ]),
  ),
});
