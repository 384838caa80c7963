/** The objects of the base document with its errors put right, and a few more: what the strict checks must accept. */

export const controlPlane = {
  apiVersion: 'maistra.io/v2',
  kind: 'ServiceMeshControlPlane',
  metadata: { name: 'basic', namespace: 'istio-system' },
  spec: {
    profiles: ['default'],
    security: { dataPlane: { mtls: true } },
    techPreview: { meshConfig: { defaultConfig: { terminationDrainDuration: '35s' } } },
    gateways: { ingress: { service: { metadata: { labels: { knative: 'ingressgateway' } } } } },
    proxy: { networking: { trafficControl: { inbound: { excludedPorts: [8444, 8022] } } } },
  },
};
export const memberRoll = {
  apiVersion: 'maistra.io/v1',
  kind: 'ServiceMeshMemberRoll',
  metadata: { name: 'default', namespace: 'istio-system' },
  spec: { members: ['knative-serving', 'knative-eventing', 'your-openshift-projects'] },
};
export const server = {
  port: { number: 443, name: 'https', protocol: 'HTTPS' },
  hosts: ['*'],
  tls: { mode: 'SIMPLE', credentialName: 'wildcard-certs' },
};
export const gateway = {
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'Gateway',
  metadata: { name: 'knative-ingress-gateway', namespace: 'knative-serving' },
  spec: { selector: { knative: 'ingressgateway' }, servers: [server] },
};
export const inject = {
  labels: { 'sidecar.istio.io/inject': 'true' },
  annotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' },
};
export const serving = {
  apiVersion: 'operator.knative.dev/v1beta1',
  kind: 'KnativeServing',
  metadata: { name: 'knative-serving', namespace: 'knative-serving' },
  spec: {
    ingress: { istio: { enabled: true } },
    workloads: [
      { name: 'activator', ...inject },
      { name: 'autoscaler', ...inject },
    ],
    config: { istio: { 'gateway.knative-serving.knative-ingress-gateway': 'istio-ingressgateway.istio-system.svc' } },
  },
};
export const eventing = {
  apiVersion: 'operator.knative.dev/v1beta1',
  kind: 'KnativeEventing',
  metadata: { name: 'knative-eventing', namespace: 'knative-eventing' },
  spec: { config: { features: { istio: 'enabled' } }, workloads: [{ name: 'pingsource-mt-adapter', ...inject }] },
};
export const broker = { enabled: true, defaultConfig: { bootstrapServers: 'k.kafka:9092', numPartitions: 10 } };
export const kafka = {
  apiVersion: 'operator.serverless.openshift.io/v1alpha1',
  kind: 'KnativeKafka',
  metadata: { name: 'knative-kafka', namespace: 'knative-eventing' },
  spec: {
    channel: { enabled: true, bootstrapServers: 'k.kafka:9092' },
    source: { enabled: true },
    broker,
    sink: { enabled: true },
    workloads: [{ name: 'kafka-controller', ...inject }],
  },
};
export const serviceEntry = {
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'ServiceEntry',
  metadata: { name: 'kafka-cluster', namespace: 'knative-eventing' },
  spec: {
    hosts: ['k.kafka'],
    exportTo: ['.'],
    ports: [{ number: 9092, name: 'tcp-plain', protocol: 'TCP' }],
    location: 'MESH_EXTERNAL',
    resolution: 'NONE',
  },
};
export const knativeService = {
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: {
    name: 'hello',
    namespace: 'app',
    annotations: { 'serving.knative.openshift.io/enablePassthrough': 'true' },
  },
  spec: { template: { metadata: inject, spec: { containers: [{ image: 'registry.example/hello:1' }] } } },
};
export const istio = {
  apiVersion: 'sailoperator.io/v1',
  kind: 'Istio',
  metadata: { name: 'default' },
  spec: { namespace: 'istio-system', values: { global: { proxy: { excludeInboundPorts: '8444,8022' } } } },
};
export const localGateway = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: {
    name: 'knative-local-gateway',
    namespace: 'istio-system',
    labels: { 'experimental.istio.io/disable-gateway-port-translation': 'true' },
  },
  spec: {
    type: 'ClusterIP',
    selector: { istio: 'ingressgateway' },
    ports: [{ name: 'http2', port: 80, targetPort: 8081 }],
  },
};
export const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'ready', namespace: 'istio-system', annotations: { 'helm.sh/hook': 'post-install' } },
  spec: {
    ttlSecondsAfterFinished: 60,
    template: {
      metadata: { labels: { 'sidecar.istio.io/inject': 'false' } },
      spec: {
        restartPolicy: 'Never',
        containers: [
          {
            name: 'oc',
            image: 'registry.example/oc:1',
            command: ['true'],
            env: [{ name: 'A', value: 'b' }],
            resources: { limits: { memory: '64Mi', cpu: 1 } },
            securityContext: { capabilities: { drop: ['ALL'] } },
          },
        ],
      },
    },
  },
};
export const networkPolicy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'allow-from-openshift-monitoring-ns', namespace: 'knative-serving' },
  spec: {
    ingress: [
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-monitoring' } } }] },
    ],
    podSelector: {},
  },
};
