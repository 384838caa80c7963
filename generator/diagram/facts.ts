/** What the products do by themselves, and no object of the chart says: each with its source. */

const serving = 'https://github.com/knative/serving/blob/main';
const eventing = 'https://github.com/knative/eventing/blob/main';
const kafka = 'https://github.com/knative-extensions/eventing-kafka-broker/blob/main';
const operator = 'https://github.com/openshift-knative/serverless-operator/blob/main';

export interface Fact {
  readonly ports: readonly string[];
  readonly source: string;
}

/** The port of a request from outside, at the router of OpenShift. */
export const routerPort: Fact = {
  ports: ['443'],
  source: 'https://docs.openshift.com/container-platform/4.18/networking/routes/secured-routes.html',
};
/** Service of the ingress gateway that a control plane of Service Mesh 2 makes: port and port of the pod. */
export const gatewayOfServiceMesh2: Readonly<Record<number, number>> & { readonly source: string } = {
  80: 8080,
  443: 8443,
  source:
    'https://github.com/maistra/istio-operator/blob/maistra-2.6/resources/helm/v2.5/gateways/istio-ingress/values.yaml',
};
/** Routes of Knative Services: pass-through to the port https of the gateway, which has the certificate. */
export const passthrough = `${operator}/serving/ingress/pkg/reconciler/ingress/resources/route.go`;
/** Where requests reach the activator, and the queue-proxy of a Knative Service: HTTP/1, and HTTP/2. */
export const requests: Fact = { ports: ['8012', '8013'], source: `${serving}/pkg/networking/constants.go` };
/** Where the activator reports how many requests wait. */
export const statistics: Fact = {
  ports: ['8080'],
  source: `${serving}/config/core/deployments/autoscaler-service.yaml`,
};
/** What Kubernetes calls before it stops a pod of a Knative Service. */
export const drain = `${serving}/pkg/reconciler/revision/resources/deploy.go`;
/** kube-rbac-proxy beside each component, with TLS; of Serving in a mesh only where metrics are asked for. */
export const metrics = `${operator}/openshift-knative-operator/pkg/monitoring/helpers.go`;
/** Metrics of components without kube-rbac-proxy, as the tests of the operator exclude them with Service Mesh 3. */
export const componentMetrics = `${operator}/hack/lib/mesh_v3_resources/02_istio.yaml`;
/** Configuration and certificates for each proxy. */
export const discovery: Fact = {
  ports: ['15012'],
  source: 'https://istio.io/latest/docs/ops/deployment/application-requirements/',
};
/** Services of Knative Eventing that take events. */
export const events: Fact = {
  ports: ['80 → 8080'],
  source: `${eventing}/config/brokers/mt-channel-broker/deployments/broker-ingress.yaml`,
};
export const kafkaEvents = `${kafka}/data-plane/config/broker/500-receiver.yaml`;
/** Subscribers are called at the URL of their Service. */
export const delivery = `${eventing}/docs/broker/README.md`;
/** Kourier: plain text, for the router has the certificate. */
export const kourier = {
  /** Name, namespace, and port of the pod behind port 80, from outside and from the cluster. */
  name: '3scale-kourier-gateway',
  external: '80 → 8080',
  internal: '80 → 8081',
  source: 'https://github.com/knative-extensions/net-kourier/blob/main/config/300-gateway.yaml',
} as const;

/** The part of KnativeKafka that a workload belongs to; the controller serves all of them. */
export const partsOfKafka: Readonly<Record<string, readonly ('broker' | 'channel' | 'source' | 'sink')[]>> = {
  'kafka-controller': ['broker', 'channel', 'source', 'sink'],
  'kafka-broker-receiver': ['broker'],
  'kafka-broker-dispatcher': ['broker'],
  'kafka-channel-receiver': ['channel'],
  'kafka-channel-dispatcher': ['channel'],
  'kafka-source-dispatcher': ['source'],
  'kafka-sink-receiver': ['sink'],
};

/** Workloads that take events from the pods of users: redhat-knative-istio-authz, values.yaml, eventing.receivers. */
export const receivers = [
  'mt-broker-ingress',
  'imc-dispatcher',
  'job-sink',
  'kafka-broker-receiver',
  'kafka-channel-receiver',
  'kafka-sink-receiver',
] as const;
/** Workloads that call the pods of users: as above, eventing.sendersServiceAccounts. */
export const senders = [
  'pingsource-mt-adapter',
  'imc-dispatcher',
  'mt-broker-filter',
  'kafka-broker-dispatcher',
  'kafka-channel-dispatcher',
  'kafka-source-dispatcher',
] as const;
