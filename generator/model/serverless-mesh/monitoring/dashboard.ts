import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { and } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { consoleNamespace, ingressGatewayService, knativeGateway } from '../../facts/names.ts';
import { dashboardLabel } from '../metadata.ts';
import { v } from '../values.ts';
import { metadata, monitors, resource } from './monitors.ts';

/** Of either generation: only one of them has series. */
const gateway = `reporter='source',source_workload=~'${ingressGatewayService}|${knativeGateway}'`;

interface Graph {
  readonly title: string;
  readonly expr: string;
  /** Of the axis, as Grafana names them. */
  readonly unit: 'reqps' | 'percent' | 'ms' | 'short';
}
const rows: readonly { readonly title: string; readonly graphs: readonly Graph[] }[] = [
  {
    title: 'Requests from outside',
    graphs: [
      {
        title: 'Requests by answer',
        expr: `sum by (response_code) (rate(istio_requests_total{${gateway}}[5m]))`,
        unit: 'reqps',
      },
      {
        title: 'Answered with 5xx',
        expr: `100 * sum(rate(istio_requests_total{${gateway},response_code=~'5..'}[5m])) / sum(rate(istio_requests_total{${gateway}}[5m]))`,
        unit: 'percent',
      },
      {
        title: 'Time of 95 percent of the requests',
        expr: `histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${gateway}}[5m])))`,
        unit: 'ms',
      },
    ],
  },
  {
    title: 'Requests in the mesh',
    graphs: [
      {
        title: 'Requests by namespace that answers',
        expr: "sum by (destination_workload_namespace) (rate(istio_requests_total{reporter='destination'}[5m]))",
        unit: 'reqps',
      },
      {
        title: 'Denied, by namespace that denies',
        expr: "sum by (destination_workload_namespace) (rate(istio_requests_total{reporter='destination',response_code='403'}[5m]))",
        unit: 'reqps',
      },
    ],
  },
  {
    title: 'State',
    graphs: [
      { title: 'Knative is ready (1) or not (0)', expr: 'min by (type) (knative_up{})', unit: 'short' },
      {
        title: 'Days until the root certificate of the mesh expires',
        expr: '(min(citadel_server_root_cert_expiry_timestamp{}) - time()) / 86400',
        unit: 'short',
      },
    ],
  },
];

/** The console reads rows of graphs, as Grafana had them up to version 5. Without legends: theirs are Go templates. */
const dashboard = {
  title: 'Serverless / Service Mesh',
  uid: 'serverless-mesh',
  tags: ['serverless-mesh'],
  editable: false,
  schemaVersion: 16,
  timezone: 'browser',
  time: { from: 'now-1h', to: 'now' },
  refresh: '30s',
  templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus', hide: 2 }] },
  rows: rows.map(({ title, graphs }) => ({
    title,
    showTitle: true,
    panels: graphs.map(({ title, expr, unit }) => ({
      title,
      type: 'graph',
      span: 12 / graphs.length,
      datasource: '$datasource',
      targets: [{ expr, format: 'time_series', refId: 'A' }],
      yaxes: [
        { format: unit, min: 0, show: true },
        { format: 'short', show: false },
      ],
    })),
  })),
};

const manifest: Templated<IConfigMap> = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata({
    name: 'grafana-dashboard-serverless-mesh',
    namespace: consoleNamespace,
    labels: { [dashboardLabel]: 'true' },
  }),
  data: { 'serverless-mesh.json': `${JSON.stringify(dashboard, null, 2)}\n` },
};

export default resource({
  doc: "A dashboard in OpenShift's console, below Observe: requests through the ingress gateway and in the mesh, what is denied, whether Knative is ready, and how long the root certificate lives.",
  source:
    'github.com/openshift/enhancements: dashboards are ConfigMaps of this namespace, label and prefix; serverless-operator pull request 293',
  documents: when(and(monitors, v.monitoring.dashboard.enabled), manifest),
});
