/** What the monitors have in common: openshift-docs modules/ossm-integrating-with-user-workload-monitoring.adoc. */
import { and, choose, concat } from '../../../gotmpl/functions.ts';
import { type Expr, fmt, note, type Templated } from '../../../gotmpl/index.ts';
import { proxyContainer } from '../../facts/metrics.ts';
import { knativeEventing, knativeServing } from '../../facts/names.ts';
import type { PodMonitor } from '../../kinds/monitoring.ts';
import { inStage } from '../metadata.ts';
import { istio, meshName, v } from '../values.ts';

export const { metadata, resource } = inStage('verification');

export const monitors = v.monitoring.enabled;
/** Of a Telemetry in the namespace of the control plane: all proxies count requests. */
export const countRequests = [{ providers: [{ name: 'prometheus' }] }];
export const alerts = and(monitors, v.monitoring.alerts.enabled);

/** Namespaces with proxies, beside that of the gateway. */
export const proxyNamespaces = concat(choose(istio, [knativeServing, knativeEventing], []), v.mesh.members);

export const interval = '30s';
/** Tells meshes apart, for whoever has several. */
export const meshId = {
  action: 'replace' as const,
  targetLabel: 'mesh_id',
  replacement: fmt`${meshName}-${v.mesh.namespace}`,
};

const address = (regex: string, replacement: string) => ({
  action: 'replace' as const,
  sourceLabels: ['__meta_kubernetes_pod_annotation_prometheus_io_port', '__meta_kubernetes_pod_ip'],
  regex,
  replacement,
  targetLabel: '__address__',
});

export const proxiesMonitor = (namespace: string | Expr<string>): Templated<PodMonitor> => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  metadata: metadata({ name: 'istio-proxies-monitor', namespace }),
  spec: {
    selector: { matchExpressions: [{ key: 'istio-prometheus-ignore', operator: 'DoesNotExist' }] },
    podMetricsEndpoints: [
      {
        path: '/stats/prometheus',
        interval,
        relabelings: [
          { action: 'keep', sourceLabels: ['__meta_kubernetes_pod_container_name'], regex: proxyContainer },
          { action: 'keep', sourceLabels: ['__meta_kubernetes_pod_annotationpresent_prometheus_io_scrape'] },
          note(
            "The port that injection writes into the pod's annotation, which takes no mTLS; for IPv6 and for IPv4.",
            address('(\\d+);(([A-Fa-f0-9]{1,4}::?){1,7}[A-Fa-f0-9]{1,4})', '[$2]:$1'),
          ),
          address('(\\d+);((([0-9]+?)(\\.|$)){4})', '$2:$1'),
          { action: 'replace', sourceLabels: ['__meta_kubernetes_namespace'], targetLabel: 'namespace' },
          { action: 'replace', sourceLabels: ['__meta_kubernetes_pod_name'], targetLabel: 'pod_name' },
          meshId,
        ],
      },
    ],
  },
});

export const source = 'openshift-docs modules/ossm-integrating-with-user-workload-monitoring.adoc';
