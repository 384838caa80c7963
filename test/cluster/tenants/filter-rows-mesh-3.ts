/** Service Mesh 3 with names of its own, and Kafka. */
import {
  activator,
  and,
  deny,
  drain,
  type Expected,
  eventing,
  gateway,
  inOrders,
  list,
  listed,
  listedPaths,
  nobody,
  ownConnections,
  prefix,
  prefixed,
  type Scenario,
} from './filter-rows.ts';

const hosts3 =
  '(host *.orders-a (any case) or host *.orders-a.svc (any case) or host *.orders-a.svc.corp.local (any case) or ' +
  'host *.orders-b (any case) or host *.orders-b.svc (any case) or host *.orders-b.svc.corp.local (any case))';
const senders3 =
  '(principal =spiffe://prod.mesh/ns/knative-eventing/sa/pingsource-mt-adapter or ' +
  'principal =spiffe://prod.mesh/ns/knative-eventing/sa/imc-dispatcher or ' +
  'principal =spiffe://prod.mesh/ns/knative-eventing/sa/mt-broker-filter or ' +
  'principal =spiffe://prod.mesh/ns/knative-eventing/sa/knative-kafka-source-data-plane or ' +
  'principal =spiffe://prod.mesh/ns/knative-eventing/sa/knative-kafka-broker-data-plane or ' +
  'principal =spiffe://prod.mesh/ns/knative-eventing/sa/knative-kafka-channel-data-plane) and ' +
  'principal ~.*/ns/knative-eventing/.*';
const probe =
  '(principal =spiffe://prod.mesh/ns/knative-eventing/sa/kafka-controller and principal ~.*/ns/knative-eventing/.*) -> header :method =GET';

const isolated3: readonly Expected[] = [
  { ...inOrders, requests: [], connections: [] },
  {
    ...activator,
    requests: [
      'allow-traffic-to-activator 0: (principal ~.*/ns/knative-serving/.* or principal ~.*/ns/knative-serving-ingress/.*) -> any',
      nobody,
    ],
    connections: ['allow-traffic-to-activator 0', deny],
  },
  {
    ...gateway,
    requests: [
      'allow-traffic-to-ingress-gateway 0: (principal ~.*/ns/knative-serving/.* or principal ~.*/ns/knative-serving-ingress/.*) -> any',
      'allow-traffic-to-ingress-gateway 1: any -> (port 8443 or port 8080)',
    ],
    connections: ['allow-traffic-to-ingress-gateway 0', 'allow-traffic-to-ingress-gateway 1'],
  },
  { ...eventing('job-sink'), requests: [nobody], connections: [deny] },
  {
    ...eventing('kafka-broker-receiver'),
    requests: [`allow-probe-kafka-broker-receiver 0: ${probe}`, nobody],
    connections: [deny],
  },
  {
    ...eventing('kafka-sink-receiver'),
    requests: [`allow-probe-kafka-sink-receiver 0: ${probe}`, nobody],
    connections: [deny],
  },
];

const mesh3 = { generation: 'v3', namespace: 'mesh-system' };
const base3 = {
  mesh: { ...mesh3, trustDomain: 'prod.mesh' },
  cluster: { dnsDomain: 'corp.local' },
  kafka: { enabled: true, bootstrapServers: ['kafka.example.com:9093'] },
};
const values3 = {
  namespaces: ['orders-a', 'orders-b'],
  mesh: mesh3,
  cluster: { dnsDomain: 'corp.local' },
  trustDomain: 'prod.mesh',
  kafka: { enabled: true },
};

export const scenarios: readonly Scenario[] = [
  {
    name: 'a list, Service Mesh 3 with names of its own, Kafka',
    trustDomain: 'prod.mesh',
    base: base3,
    values: values3,
    isolated: isolated3,
    withTenant: [
      and(
        isolated3,
        inOrders,
        [
          `allow-orders 0: ${list} -> any`,
          'allow-orders 1: (principal ~.*/ns/knative-serving/.* or principal ~.*/ns/knative-serving-ingress/.*) -> any',
          drain,
          `allow-orders 3: (principal ~.*/ns/knative-eventing/.* and ${listed}) -> any`,
        ],
        ownConnections,
      ),
      and(isolated3, activator, [
        `allow-orders-to-activator-1 0: ${list} -> ${hosts3}`,
        `allow-orders-to-activator-1 1: (${senders3} and ${listed}) -> ${hosts3}`,
      ]),
      and(isolated3, gateway, []),
      and(isolated3, eventing('kafka-broker-receiver'), [
        `allow-orders-to-kafka-broker-receiver-1 0: ${list} -> ${listedPaths} or ${hosts3}`,
        `allow-orders-to-kafka-broker-receiver-1 1: (${senders3} and ${listed}) -> ${listedPaths} or ${hosts3}`,
      ]),
    ],
  },
  {
    name: 'a prefix, Service Mesh 3 with names of its own, Kafka',
    trustDomain: 'prod.mesh',
    base: base3,
    values: { ...values3, namespacePrefix: 'orders-' },
    isolated: isolated3,
    withTenant: [
      and(
        isolated3,
        inOrders,
        [
          `allow-orders 0: ${prefix} -> any`,
          'allow-orders 1: (principal ~.*/ns/knative-serving/.* or principal ~.*/ns/knative-serving-ingress/.*) -> any',
          drain,
          `allow-orders 3: (principal ~.*/ns/knative-eventing/.* and ${prefixed}) -> any`,
        ],
        ownConnections,
      ),
      and(isolated3, activator, [
        `allow-orders-to-activator-1 0: ${prefix} -> ${hosts3}`,
        `allow-orders-to-activator-1 1: (${senders3} and ${prefixed}) -> ${hosts3}`,
      ]),
      and(isolated3, eventing('job-sink'), [
        `allow-orders-to-job-sink-1 0: ${prefix} -> path /orders-* or ${hosts3}`,
        `allow-orders-to-job-sink-1 1: (${senders3} and ${prefixed}) -> path /orders-* or ${hosts3}`,
      ]),
      and(isolated3, eventing('kafka-sink-receiver'), [
        `allow-orders-to-kafka-sink-receiver-1 0: ${prefix} -> path /orders-* or ${hosts3}`,
        `allow-orders-to-kafka-sink-receiver-1 1: (${senders3} and ${prefixed}) -> path /orders-* or ${hosts3}`,
      ]),
    ],
  },
];
