import { and, or } from '../../../gotmpl/functions.ts';
import { when } from '../../../gotmpl/index.ts';
import { serverlessOperatorNamespace } from '../../facts/operators.ts';
import { v } from '../values.ts';
import { alert, alertsIn } from './alerts.ts';
import { alerts, resource } from './monitors.ts';

const notReady = (kind: string, type: string) =>
  alert({
    alert: `${kind}NotReady`,
    expr: `knative_up{type='${type}'} == 0`,
    after: '15m',
    severity: 'critical',
    summary: `${kind} is not ready.`,
    description: `The operator of OpenShift Serverless has found ${kind} not ready for 15 minutes; its status says why.`,
  });

export default resource({
  doc: 'Alerts when a resource of Knative is not ready, in the namespace of the operator that measures it.',
  source: 'github.com/openshift-knative/serverless-operator knative-operator/pkg/monitoring/health_metrics.go',
  documents: when(
    and(alerts, or(v.serving.enabled, v.eventing.enabled)),
    alertsIn('serverless-mesh-knative', serverlessOperatorNamespace, [
      when(v.serving.enabled, [notReady('KnativeServing', 'serving_status')]),
      when(v.eventing.enabled, [notReady('KnativeEventing', 'eventing_status')]),
      when(v.kafka.enabled, [notReady('KnativeKafka', 'kafka_status')]),
    ]),
  ),
});
