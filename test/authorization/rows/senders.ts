/** Service accounts of knative-eventing, copied by hand from domain.md 3.1 and 3.2. */
export const senders = [
  'pingsource-mt-adapter',
  'imc-dispatcher',
  'mt-broker-filter',
  'knative-kafka-source-data-plane',
  'knative-kafka-broker-data-plane',
  'knative-kafka-channel-data-plane',
] as const;
/** Accounts of knative-eventing that send no events of a tenant, whatever header they set; one is nearly a sender. */
export const notSenders = [
  'eventing-controller',
  'kafka-controller',
  'job-sink',
  'imc-dispatcher2',
  'default',
] as const;
/** Components that take events of tenants. */
export const receivers = [
  'imc-dispatcher',
  'kafka-broker-receiver',
  'kafka-channel-receiver',
  'kafka-sink-receiver',
  'broker-ingress',
  'job-sink',
] as const;
