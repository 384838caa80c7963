/**
 * Names that isolation between tenants relies on: openshift-knative/knative-istio-authz-chart values.yaml and templates,
 * and the service accounts and labels of Knative's own manifests.
 */

/** Label of Knative's pods that says what they are. */
export const componentLabel = 'app.kubernetes.io/component';
/** Namespace of the object that an event is delivered for: Knative Eventing sets it on each event that it sends. */
export const eventNamespaceHeader = 'request.headers[Kn-Namespace]';

/** Components of knative-eventing that receive events for all tenants. */
export const receivers = ['imc-dispatcher', 'broker-ingress', 'job-sink'] as const;
export const kafkaReceivers = ['kafka-broker-receiver', 'kafka-channel-receiver', 'kafka-sink-receiver'] as const;

/** Service accounts of Knative Eventing that deliver events. */
export const senders = ['pingsource-mt-adapter', 'imc-dispatcher', 'mt-broker-filter'] as const;
export const kafkaSenders = [
  'knative-kafka-source-data-plane',
  'knative-kafka-broker-data-plane',
  'knative-kafka-channel-data-plane',
] as const;

/** Denies what no other policy allows, in each namespace of Knative: serverless-operator hack/lib/mesh_resources/authorization-policies/setup. */
export const denial = 'deny-all-by-default';
