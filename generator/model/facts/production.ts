/**
 * What production asks of the values: which fields each sets, why, and where it is documented. The page docs/production.md
 * shows the rows, and a test renders each `example` and looks for its fields.
 */
export interface ProductionRow {
  readonly value: string;
  /** What to set. */
  readonly example: unknown;
  /** Values that it needs beside it. */
  readonly beside?: object;
  /** Kind and field with Service Mesh 2 and 3; the second only where it differs. */
  readonly fields: readonly [v2: string, v3?: string];
  /** One sentence. */
  readonly why: string;
  readonly source: string;
}

const docs = (module: string) => `openshift-docs modules/${module}.adoc`;
const overrides = 'knative/operator pkg/reconciler/common/workload_override.go';
const none = 'nothing';

const knative = (part: 'serving' | 'eventing' | 'kafka', kind: string, workload: string): ProductionRow[] => [
  {
    value: `${part}.highAvailability.replicas`,
    example: 3,
    fields: [`${kind} spec.high-availability.replicas`],
    why: 'With three pods of each component, one may be missing and another one move.',
    source: docs(`serverless-config-replicas-${part}`),
  },
  {
    value: `${part}.resources`,
    example: [{ workload, container: workload, limits: { memory: '1Gi' } }],
    fields: [`${kind} spec.workloads[].resources`],
    why: 'How much a component needs follows from your load, of which the operator knows nothing.',
    source: overrides,
  },
];

export const production: readonly ProductionRow[] = [
  ...knative('serving', 'KnativeServing', 'activator'),
  ...knative('eventing', 'KnativeEventing', 'imc-dispatcher'),
  ...knative('kafka', 'KnativeKafka', 'kafka-controller'),
  {
    value: 'placement.nodeSelector',
    example: { 'node-role.kubernetes.io/infra': '' },
    fields: [
      'ServiceMeshControlPlane spec.runtime.defaults.pod.nodeSelector',
      'Istio spec.values.pilot.nodeSelector, Deployment spec.template.spec.nodeSelector',
    ],
    why: 'Infrastructure nodes keep the platform apart from its users, and need no subscription.',
    source: docs('ossm-config-control-plane-infrastructure-node-cli'),
  },
  {
    value: 'placement.tolerations',
    example: [{ key: 'node-role.kubernetes.io/infra', operator: 'Exists' }],
    fields: [
      'ServiceMeshControlPlane spec.runtime.defaults.pod.tolerations, KnativeServing spec.workloads[].tolerations',
      'Istio spec.values.pilot.tolerations, Deployment spec.template.spec.tolerations',
    ],
    why: 'Infrastructure nodes are tainted, so that nothing else runs on them.',
    source: `${docs('ossm-config-control-plane-infrastructure-node-cli')}; ${overrides}`,
  },
  {
    value: 'imagePullSecrets',
    example: ['mirror'],
    fields: [
      'ServiceMeshControlPlane spec.runtime.defaults.container.imagePullSecrets, Job spec.template.spec.imagePullSecrets',
      'Istio spec.values.global.imagePullSecrets, IstioCNI spec.values.global.imagePullSecrets, Deployment spec.template.spec.imagePullSecrets',
    ],
    why: 'For a registry that the pull secret of the cluster does not know.',
    source: 'https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/',
  },
  {
    value: 'mesh.controlPlane.tls.minProtocolVersion',
    example: 'TLSv1_3',
    fields: [
      'ServiceMeshControlPlane spec.security.controlPlane.tls.minProtocolVersion',
      'Istio spec.values.meshConfig.meshMTLS.minProtocolVersion',
    ],
    why: 'Rules of a company or a country may ask for a least version of TLS.',
    source:
      'openshift-docs, section ossm-security-min-max-tls; https://istio.io/latest/docs/tasks/security/tls-configuration/workload-min-tls-version/',
  },
  {
    value: 'mesh.controlPlane.accessLog.enabled',
    example: true,
    fields: [
      'ServiceMeshControlPlane spec.proxy.accessLogging.file.name',
      'Istio spec.values.meshConfig.accessLogFile',
    ],
    why: 'Who called whom, and with which result, is in no other log.',
    source: 'serverless-operator hack/lib/mesh_resources/smcp.yaml and hack/lib/mesh_v3_resources/02_istio.yaml',
  },
  {
    value: 'mesh.controlPlane.tracing.type',
    example: 'none',
    fields: ['ServiceMeshControlPlane spec.tracing.type', 'Istio spec.values.meshConfig.enableTracing'],
    why: 'By default Service Mesh 2 installs a Jaeger that keeps traces in memory; take none, or your own collector.',
    source: `serverless-operator hack/lib/mesh_resources/smcp.yaml; ${docs('ossm-configuring-distr-tracing-tempo')}`,
  },
  {
    value: 'mesh.controlPlane.addons.enabled',
    example: false,
    fields: ['ServiceMeshControlPlane spec.addons.kiali.enabled', none],
    why: "The cluster has monitoring of its own, and the add-ons' Prometheus keeps its data in a pod.",
    source: 'opendatahub-operator v2.35.0 internal/controller/services/servicemesh/resources',
  },
  {
    value: 'mesh.controlPlane.excludedOutboundIPRanges',
    example: ['172.30.0.1/32'],
    fields: [
      'ServiceMeshControlPlane spec.proxy.networking.trafficControl.outbound.excludedIPRanges',
      'Istio spec.values.global.proxy.excludeIPRanges',
    ],
    why: 'With REGISTRY_ONLY, Knative must still reach the API server, which Service Mesh 2 does not know.',
    source:
      'https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/#direct-access-to-external-services',
  },
  {
    value: 'mesh.controlPlane.outboundTrafficPolicy',
    example: 'REGISTRY_ONLY',
    beside: { mesh: { controlPlane: { excludedOutboundIPRanges: ['172.30.0.1/32'] } } },
    fields: [
      'ServiceMeshControlPlane spec.proxy.networking.trafficControl.outbound.policy',
      'Istio spec.values.meshConfig.outboundTrafficPolicy.mode',
    ],
    why: 'What pods call outside the mesh is then a list that you keep.',
    source: 'https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/',
  },
  {
    value: 'mesh.controlPlane.tracing.samplingPercentage',
    example: 5,
    beside: {
      mesh: {
        controlPlane: { tracing: { type: 'openTelemetry', collector: { host: 'otel.orders.svc.cluster.local' } } },
      },
    },
    fields: [
      'ServiceMeshControlPlane spec.meshConfig.extensionProviders, Telemetry spec.tracing[].randomSamplingPercentage',
      'Istio spec.values.meshConfig.extensionProviders, Telemetry spec.tracing[].randomSamplingPercentage',
    ],
    why: 'Traces of one request in a hundred show where time goes, and cost little.',
    source: docs('ossm-configuring-distr-tracing-tempo'),
  },
  {
    value: 'domainMappings',
    example: [{ host: 'shop.example.com', namespace: 'orders', service: 'shop', secretName: 'shop-tls' }],
    fields: ['DomainMapping spec.tls.secretName'],
    why: 'Customers know your domain, not that of the cluster.',
    source: `base document 1.1; ${docs('serverless-domain-mapping-custom-tls-cert')}`,
  },
  {
    value: 'networkPolicies.ingress.create',
    example: true,
    beside: { mesh: { controlPlane: { manageNetworkPolicy: false } } },
    fields: ['NetworkPolicy spec.ingress[].from[].namespaceSelector.matchExpressions[].values'],
    why: 'Where no operator makes NetworkPolicies, every pod of the cluster can connect to Knative, or none, if all is denied.',
    source: 'maistra/istio-operator resources/helm/v2.5/mesh-config/templates/networkpolicy.yaml',
  },
  {
    value: 'networkPolicies.egress.create',
    example: true,
    fields: ['NetworkPolicy spec.egress'],
    why: 'Where egress is denied by default, Knative needs DNS, the API server, the mesh, registries and Kafka.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  },
];
