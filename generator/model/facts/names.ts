/** Names that the products fix. Each with its source; the model uses no other literal for them. */

/** Namespaces that the Serverless operator makes: serverless-operator, knative-operator/pkg/controller/knativeserving and knativeeventing. */
export const knativeServing = 'knative-serving';
export const knativeEventing = 'knative-eventing';
export const knativeServingIngress = 'knative-serving-ingress';

/** Ingress gateway of a Service Mesh 2 control plane: maistra/istio-operator, resources/helm/v2.5/gateways/istio-ingress. */
export const ingressGatewayService = 'istio-ingressgateway';
/** The label that tells the Knative gateway from others (base document 1.4.2, callout 3). */
export const gatewaySelector = { knative: 'ingressgateway' } as const;
/** Ports that are called from outside the mesh (base document 1.4.2, callout 4). */
export const metricsPort = 8444;
export const waitForDrainPort = 8022;

/** Versions of the Service Mesh 2 control plane that Serverless supports (base document 1.1: 2.2 or later). */
export const controlPlaneVersions = ['v2.2', 'v2.3', 'v2.4', 'v2.5', 'v2.6'] as const;

/**
 * What makes a workload part of the mesh. The label and not the annotation: it works since Istio 1.11, and later
 * webhooks select on nothing else (knative-extensions/net-istio pull request 1369, openshift-docs pull request 79344).
 */
export const inMesh = {
  labels: { 'sidecar.istio.io/inject': 'true' },
  annotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' },
} as const;
/** Pods that talk to the cluster and not to the mesh. */
export const outsideMesh = { 'sidecar.istio.io/inject': 'false' } as const;

/**
 * ClusterRoles of Knative Serving whose rules Kubernetes fills in: those with an aggregationRule in the operator's
 * kodata/knative-serving/1.15.2/2-serving-core.yaml. Eventing has others, whose rules the operator never reads.
 */
export const aggregatedServingRoles = [
  'knative-serving-aggregated-addressable-resolver',
  'knative-serving-admin',
] as const;

/** Workloads with a sidecar: serverless-operator hack/lib/serverless.bash. job-sink exists on some releases only. */
export const servingWorkloads = ['activator', 'autoscaler'] as const;
export const eventingWorkloads = [
  'pingsource-mt-adapter',
  'imc-dispatcher',
  'mt-broker-ingress',
  'mt-broker-filter',
] as const;
export const jobSink = 'job-sink';
export const kafkaWorkloads = [
  'kafka-controller',
  'kafka-broker-receiver',
  'kafka-broker-dispatcher',
  'kafka-channel-receiver',
  'kafka-channel-dispatcher',
  'kafka-source-dispatcher',
  'kafka-sink-receiver',
] as const;
