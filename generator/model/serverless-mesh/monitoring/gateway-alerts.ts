import { and } from '../../../gotmpl/functions.ts';
import { fmt, when } from '../../../gotmpl/index.ts';
import { gatewayName, gatewayNamespace, gatewaysWanted, v } from '../values.ts';
import { alert, alertsIn } from './alerts.ts';
import { alerts, resource } from './monitors.ts';

const most = v.monitoring.alerts.gatewayErrorPercent;

export default resource({
  doc: 'Alerts on errors that the ingress gateway answers with.',
  source: 'https://istio.io/latest/docs/reference/config/metrics/',
  documents: when(
    and(alerts, gatewaysWanted),
    alertsIn('serverless-mesh-gateway', gatewayNamespace, [
      alert({
        alert: 'KnativeGatewayErrors',
        expr: fmt`100 * sum(rate(istio_requests_total{reporter='source',source_workload='${gatewayName}',response_code=~'5..'}[5m])) / sum(rate(istio_requests_total{reporter='source',source_workload='${gatewayName}'}[5m])) > ${most}`,
        after: '10m',
        severity: 'warning',
        summary: 'The ingress gateway of Knative answers with errors.',
        description: fmt`More than ${most} percent of the requests through ${gatewayName} were answered with 5xx for 10 minutes.`,
      }),
    ]),
  ),
});
