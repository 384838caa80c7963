// Ten static manifests of the size of ours, by cdk8s. Plain CommonJS and one chart for all, with which cdk8s is fastest:
// TypeScript would have to be compiled first, and each further chart is a further file.
const { ApiObject, App, Chart } = require('cdk8s');

const labels = {
  'app.kubernetes.io/name': 'serverless-mesh',
  'app.kubernetes.io/instance': 'serverless-mesh',
  'app.kubernetes.io/version': '1.37',
  'app.kubernetes.io/managed-by': 'Helm',
  'example.com/environment': 'prod',
};
const kafka = 'events-kafka-bootstrap.kafka.svc.cluster.local';
const auth = { authSecretName: 'kafka-credentials', authSecretNamespace: 'knative-eventing' };
const inMesh = name => ({
  name,
  labels: { 'sidecar.istio.io/inject': 'true' },
  annotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' },
});
const gateway = (number, tls) => ({
  selector: { knative: 'ingressgateway' },
  servers: [{ port: { number, name: 'https', protocol: 'HTTPS' }, hosts: ['*'], tls }],
});

/** kind, apiVersion, namespace, name, and what else the object has */
const manifests = [
  ['Namespace', 'v1', undefined, 'istio-system', {}],
  [
    'Service',
    'v1',
    'istio-system',
    'knative-local-gateway',
    {
      spec: {
        type: 'ClusterIP',
        selector: { istio: 'ingressgateway' },
        ports: [{ name: 'http2', port: 80, targetPort: 8081 }],
      },
    },
  ],
  [
    'DestinationRule',
    'networking.istio.io/v1beta1',
    'knative-eventing',
    kafka,
    {
      spec: { host: kafka, exportTo: ['.'], trafficPolicy: { tls: { mode: 'DISABLE' } } },
    },
  ],
  [
    'Gateway',
    'networking.istio.io/v1beta1',
    'knative-serving',
    'knative-ingress-gateway',
    {
      spec: gateway(443, { mode: 'SIMPLE', credentialName: 'wildcard-certs' }),
    },
  ],
  [
    'Gateway',
    'networking.istio.io/v1beta1',
    'knative-serving',
    'knative-local-gateway',
    {
      spec: gateway(8081, { mode: 'ISTIO_MUTUAL' }),
    },
  ],
  [
    'KnativeEventing',
    'operator.knative.dev/v1beta1',
    'knative-eventing',
    'knative-eventing',
    {
      spec: {
        config: { features: { istio: 'enabled', 'delivery-timeout': 'enabled' } },
        workloads: ['pingsource-mt-adapter', 'imc-dispatcher', 'mt-broker-ingress', 'mt-broker-filter', 'job-sink'].map(
          inMesh,
        ),
      },
    },
  ],
  [
    'KnativeKafka',
    'operator.serverless.openshift.io/v1alpha1',
    'knative-eventing',
    'knative-kafka',
    {
      spec: {
        channel: { enabled: true, bootstrapServers: `${kafka}:9093`, ...auth },
        source: { enabled: true },
        broker: {
          enabled: true,
          defaultConfig: { bootstrapServers: `${kafka}:9093`, numPartitions: 20, replicationFactor: 3 },
        },
        sink: { enabled: true },
        workloads: [
          'kafka-controller',
          'kafka-broker-receiver',
          'kafka-broker-dispatcher',
          'kafka-channel-receiver',
          'kafka-channel-dispatcher',
          'kafka-source-dispatcher',
          'kafka-sink-receiver',
        ].map(inMesh),
      },
    },
  ],
  [
    'KnativeServing',
    'operator.knative.dev/v1beta1',
    'knative-serving',
    'knative-serving',
    {
      spec: {
        ingress: { istio: { enabled: true } },
        workloads: ['activator', 'autoscaler'].map(inMesh),
        config: {
          istio: {
            'gateway.knative-serving.knative-ingress-gateway': 'istio-ingressgateway.istio-system.svc.cluster.local',
            'local-gateway.knative-serving.knative-local-gateway':
              'knative-local-gateway.istio-system.svc.cluster.local',
          },
        },
      },
    },
  ],
  [
    'ServiceMeshControlPlane',
    'maistra.io/v2',
    'istio-system',
    'basic',
    {
      spec: {
        version: 'v2.6',
        profiles: ['default'],
        security: { dataPlane: { mtls: true } },
        gateways: { ingress: { service: { metadata: { labels: { knative: 'ingressgateway' } } } } },
        proxy: { networking: { trafficControl: { inbound: { excludedPorts: [8444, 8022] } } } },
      },
    },
  ],
  [
    'ServiceMeshMemberRoll',
    'maistra.io/v1',
    'istio-system',
    'default',
    {
      spec: { members: ['knative-serving', 'knative-eventing', 'orders', 'payments', 'shipping', 'storefront'] },
    },
  ],
];

const app = new App();
const chart = new Chart(app, 'serverless-mesh', { disableResourceNameHashes: true });
for (const [kind, apiVersion, namespace, name, rest] of manifests)
  new ApiObject(chart, `${kind}-${name}`, { apiVersion, kind, metadata: { name, namespace, labels }, ...rest });
app.synth();
