/** Names that the products fix. Each with its source; the model uses no other literal for them. */

/** Namespaces that the Serverless operator makes: serverless-operator, knative-operator/pkg/controller/knativeserving and knativeeventing. */
export const knativeServing = 'knative-serving';
export const knativeEventing = 'knative-eventing';
export const knativeServingIngress = 'knative-serving-ingress';
/** Where OpenShift's console looks for dashboards. */
export const consoleNamespace = 'openshift-config-managed';
export const knativeNamespaces = [knativeServing, knativeEventing, knativeServingIngress] as const;

/** Ingress gateway of a Service Mesh 2 control plane: maistra/istio-operator, resources/helm/v2.5/gateways/istio-ingress. */
export const ingressGatewayService = 'istio-ingressgateway';
/** The label that tells the Knative gateway from others (base document 1.4.2, callout 3). */
export const gatewaySelector = { knative: 'ingressgateway' } as const;
/**
 * Ingress gateway of Service Mesh 3: a Deployment and a Service of one's own, in the namespace of Knative's ingress
 * (openshift-docs modules/serverless-ossm-installing-and-configuring-openshift-service-mesh-3-x.adoc).
 */
export const knativeGateway = 'knative-istio-ingressgateway';
export const localGateway = 'knative-local-gateway';
/** Percent of its CPU request at which a gateway gets another pod: istio manifests/charts/gateway/values.yaml. */
export const gatewayTargetCpu = 80;
/** Role that lets a gateway have its certificate, in the same document. */
export const gatewaySecretsRole = 'istio-ingressgateway-sds';
/** Namespace of IstioCNI, in the same document. */
export const cniNamespace = 'istio-cni';
/** Where OpenShift keeps the router and its certificate: https://docs.openshift.com/container-platform/4.18/security/certificates/replacing-default-ingress-certificate.html. */
export const routerNamespace = 'openshift-ingress';
/** Where Prometheus of the cluster and of users' workloads is: https://docs.openshift.com/container-platform/4.18/observability/monitoring/about-ocp-monitoring/monitoring-stack-architecture.html. */
export const monitoringNamespaces = ['openshift-monitoring', 'openshift-user-workload-monitoring'] as const;
/** Ports that are called from outside the mesh (base document 1.4.2, callout 4). */
export const metricsPort = 8444;
export const waitForDrainPort = 8022;

/**
 * With Service Mesh 3, Prometheus reads metrics of components from this port too, as the tests of the Serverless
 * operator have it: hack/lib/mesh_v3_resources/02_istio.yaml. The documentation excludes no port at all.
 */
export const componentMetricsPort = 9090;

/** Versions of the Service Mesh 2 control plane that Serverless supports (base document 1.1: 2.2 or later). */
export const controlPlaneVersions = ['v2.2', 'v2.3', 'v2.4', 'v2.5', 'v2.6'] as const;

/**
 * Versions of Istio in Service Mesh 3.0 to 3.3 (openshift-docs modules/ossm-release-notes-supported-versions.adoc), by
 * name or by patch. The operator also brings older ones, for upgrades.
 */
export const istioVersions = ['v1.24', 'v1.26', 'v1.27', 'v1.28'] as const;
/**
 * What an empty version means with Service Mesh 3, whose operator has no default that all its releases share. It is what
 * the tests of the Serverless operator install (hack/lib/vars.bash); its documentation has v1.26-latest.
 */
export const istioVersion = 'v1.27-latest';

/**
 * What makes a workload part of the mesh. The label and not the annotation: it works since Istio 1.11, and later
 * webhooks select on nothing else (knative-extensions/net-istio pull request 1369, openshift-docs pull request 79344).
 */
export const sidecar = {
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
/**
 * Workloads without a sidecar: Knative's own manifests, in the operator's kodata. domain-mapping and its webhook became
 * part of others; a name that the operator does not find changes nothing (knative/operator, workload_override.go).
 */
export const servingControllers = [
  'autoscaler-hpa',
  'controller',
  'webhook',
  'domain-mapping',
  'domainmapping-webhook',
] as const;
export const istioControllers = ['net-istio-controller', 'net-istio-webhook'] as const;
export const kourierWorkloads = ['net-kourier-controller', '3scale-kourier-gateway'] as const;
export const eventingControllers = [
  'eventing-controller',
  'eventing-istio-controller',
  'eventing-webhook',
  'imc-controller',
  'mt-broker-controller',
] as const;
export const kafkaWebhook = 'kafka-webhook-eventing';
export const kafkaWorkloads = [
  'kafka-controller',
  'kafka-broker-receiver',
  'kafka-broker-dispatcher',
  'kafka-channel-receiver',
  'kafka-channel-dispatcher',
  'kafka-source-dispatcher',
  'kafka-sink-receiver',
] as const;
