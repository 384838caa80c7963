/** Metrics that alerts and the dashboard ask for, each with its source: a test holds every expression against this table. */

const stateMetrics = 'github.com/kubernetes/kube-state-metrics docs/metrics/workload/pod-metrics.md';
export const metrics: Readonly<Record<string, string>> = {
  istio_requests_total: 'https://istio.io/latest/docs/reference/config/metrics/',
  istio_request_duration_milliseconds_bucket: 'https://istio.io/latest/docs/reference/config/metrics/',
  citadel_server_root_cert_expiry_timestamp: 'github.com/istio/istio security/pkg/server/ca/monitoring.go',
  knative_up:
    'github.com/openshift-knative/serverless-operator knative-operator/pkg/monitoring/health_metrics.go; label type: serving_status, eventing_status, kafka_status',
  kube_pod_info: stateMetrics,
  kube_pod_container_info: stateMetrics,
  kube_pod_init_container_info: stateMetrics,
};

/** Container of the proxy; a native sidecar is an init container. */
export const proxyContainer = 'istio-proxy';
/** Container that Knative puts into each pod of a revision: knative/serving pkg/reconciler/revision/resources/queue.go. */
export const queueProxyContainer = 'queue-proxy';
