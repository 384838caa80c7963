import { flag, grammar, integer, list, optional, section, text } from './field.ts';
import { highAvailability, workloadResources } from './workloads.ts';

const part = (title: string, what: string) =>
  section(
    { title, description: `${what}.` },
    { enabled: flag({ title: `Install ${title}`, description: `${what}.`, default: true }) },
  );

const listener = section(
  { title: 'Listener', description: 'A port on which the Kafka brokers listen.' },
  {
    name: text({
      title: 'Name',
      description:
        'Name of the port, unique in the list. Istio reads the protocol from what stands before the first dash: keep tcp.',
      ...grammar.dnsLabel,
    }),
    port: integer({ title: 'Port', description: 'Port number, unique in the list.', minimum: 1, maximum: 65535 }),
  },
);

export const kafka = section(
  { title: 'Knative Kafka', description: 'The KnativeKafka resource, and how the mesh reaches the Kafka cluster.' },
  {
    enabled: flag({
      title: 'Install Knative Kafka',
      description:
        'Create the KnativeKafka resource and the ServiceEntry for the Kafka cluster. Needs eventing.enabled and kafka.bootstrapServers.',
      default: false,
    }),
    bootstrapServers: list(
      text({ title: 'Bootstrap server', description: 'host:port of a broker.', ...grammar.hostPort }),
      {
        title: 'Bootstrap servers',
        description:
          'Addresses of the Kafka cluster, for example my-cluster-kafka-bootstrap.kafka:9092. Each port must be one of kafka.listeners.',
        default: [],
        maxItems: 50,
        uniqueItems: true,
      },
    ),
    additionalHosts: list(text({ title: 'Host', description: 'Host of a broker, without a port.', ...grammar.host }), {
      title: 'Further hosts of brokers',
      description:
        'Hosts that the brokers advertise beyond those of kafka.bootstrapServers; clients connect to them next. Example: my-cluster-kafka-0.my-cluster-kafka-brokers.kafka.svc.',
      default: [],
      maxItems: 200,
      uniqueItems: true,
    }),
    consumerNamespaces: list(
      text({ title: 'Namespace', description: 'Name of an existing namespace.', ...grammar.dnsLabel }),
      {
        title: 'Namespaces with Kafka clients of their own',
        description:
          'Namespaces of the mesh whose own pods talk to Kafka. Each gets the ServiceEntry that knative-eventing has.',
        default: [],
        maxItems: 200,
        uniqueItems: true,
      },
    ),
    listeners: list(listener, {
      title: 'Listeners',
      description: 'Ports of the Kafka brokers, as the mesh must know them.',
      default: [
        { name: 'tcp-plain', port: 9092 },
        { name: 'tcp-tls', port: 9093 },
        { name: 'tcp-sasl-tls', port: 9094 },
        { name: 'tcp-sasl-plain', port: 9095 },
        { name: 'tcp-tls-noauth', port: 9096 },
      ],
      minItems: 1,
      maxItems: 50,
    }),
    broker: section(
      { title: 'Broker', description: 'The Kafka implementation of Broker.' },
      {
        enabled: flag({
          title: 'Install the Kafka Broker',
          description: 'Install the Kafka implementation of Broker.',
          default: true,
        }),
        numPartitions: integer({
          title: 'Partitions',
          description: "Partitions of a Broker's topic.",
          default: 10,
          minimum: 1,
          maximum: 100000,
        }),
        replicationFactor: integer({
          title: 'Replication factor',
          description: "Copies of each partition of a Broker's topic; at most the number of Kafka brokers.",
          default: 3,
          minimum: 1,
          maximum: 32767,
        }),
      },
    ),
    channel: part('KafkaChannel', 'Install the KafkaChannel'),
    source: part('KafkaSource', 'Install the KafkaSource'),
    sink: part('KafkaSink', 'Install the KafkaSink'),
    highAvailability: highAvailability('Knative Kafka', 'openshift-docs modules/serverless-config-replicas-kafka.adoc'),
    resources: workloadResources(
      'Knative Kafka',
      '[{workload: kafka-broker-dispatcher, container: kafka-broker-dispatcher, limits: {memory: 4Gi}}]',
    ),
    authSecret: section(
      { title: 'Credentials', description: 'Secret with the credentials for the Kafka cluster. Both values or none.' },
      {
        name: text({
          title: 'Name of the Secret',
          description: 'Name of an existing Secret. Empty where the Kafka cluster asks for no credentials.',
          default: '',
          ...optional(grammar.dnsName),
        }),
        namespace: text({
          title: 'Namespace of the Secret',
          description: 'Its namespace. The Kafka Broker reads it only in knative-eventing.',
          default: '',
          ...optional(grammar.dnsLabel),
        }),
      },
    ),
  },
);
