/**
 * What Envoy gets of the policies of domain facts: the base set (serverless-operator
 * hack/lib/mesh_resources/authorization-policies/setup) and a tenant (knative-istio-authz-chart templates). Written by
 * hand, in the words of rbac.ts, from what Istio's reference says of each field; never computed from a policy.
 */
import type { Rules } from './rbac.ts';
import type { Values } from './tenants.ts';

/** What a pod lets in. */
export interface Expected extends Rules {
  readonly pod: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

interface Scenario {
  readonly name: string;
  /** Of the mesh. */
  readonly trustDomain: string;
  /** Values of the chart serverless-mesh. */
  readonly base: Values;
  /** Values of the tenant. */
  readonly values: Values;
  readonly isolated: readonly Expected[];
  readonly withTenant: readonly Expected[];
}

const inOrders = { pod: 'shop-7c9', namespace: 'orders-a', labels: { 'serving.knative.dev/service': 'shop' } };
const activator = {
  pod: 'activator-5d8',
  namespace: 'knative-serving',
  labels: { app: 'activator', 'app.kubernetes.io/component': 'activator' },
};
const autoscaler = {
  pod: 'autoscaler-5d8',
  namespace: 'knative-serving',
  labels: { app: 'autoscaler', 'app.kubernetes.io/component': 'autoscaler' },
};
const eventing = (component: string) => ({
  pod: `${component}-0`,
  namespace: 'knative-eventing',
  labels: { 'app.kubernetes.io/component': component },
});
const gateway = {
  pod: 'knative-istio-ingressgateway-6f4',
  namespace: 'knative-serving-ingress',
  labels: { knative: 'ingressgateway' },
};

const nobody = 'deny-all-by-default 0: nobody -> nobody';
const deny = 'deny-all-by-default 0';

/** Who sends events, by certificate and by namespace. */
const channelIn =
  '(principal =spiffe://cluster.local/ns/knative-eventing/sa/mt-broker-ingress and principal ~.*/ns/knative-eventing/.*)';
const filterIn =
  '(principal =spiffe://cluster.local/ns/knative-eventing/sa/imc-dispatcher and principal ~.*/ns/knative-eventing/.*)';

const isolated2: readonly Expected[] = [
  { ...inOrders, requests: [], connections: [] },
  {
    ...activator,
    requests: [
      'allow-traffic-to-activator 0: (principal ~.*/ns/knative-serving/.* or principal ~.*/ns/istio-system/.*) -> any',
      nobody,
    ],
    connections: ['allow-traffic-to-activator 0', deny],
  },
  {
    ...autoscaler,
    requests: ['allow-traffic-to-autoscaler 0: principal ~.*/ns/knative-serving/.* -> any', nobody],
    connections: ['allow-traffic-to-autoscaler 0', deny],
  },
  { ...eventing('job-sink'), requests: [nobody], connections: [deny] },
  {
    ...eventing('imc-dispatcher'),
    requests: [
      `allow-mt-channel-based-broker-ingress-to-imc-dispatcher 0: ${channelIn} -> header :method =POST`,
      nobody,
    ],
    connections: [deny],
  },
  {
    ...eventing('broker-filter'),
    requests: [`allow-imc-to-mt-channel-based-broker-filter 0: ${filterIn} -> header :method =POST`, nobody],
    connections: [deny],
  },
];

/** The same pod in the base set; what a tenant adds to it. */
function and(
  all: readonly Expected[],
  { pod }: { readonly pod: string },
  requests: readonly string[],
  connections: readonly string[] = [],
): Expected {
  const before = all.find(one => one.pod === pod) as Expected;
  return {
    ...before,
    requests: [...before.requests, ...requests],
    connections: [...before.connections, ...connections],
  };
}

const hosts =
  '(host *.orders-a (any case) or host *.orders-a.svc (any case) or host *.orders-a.svc.cluster.local (any case) or ' +
  'host *.orders-b (any case) or host *.orders-b.svc (any case) or host *.orders-b.svc.cluster.local (any case))';
const senders =
  '(principal =spiffe://cluster.local/ns/knative-eventing/sa/pingsource-mt-adapter or ' +
  'principal =spiffe://cluster.local/ns/knative-eventing/sa/imc-dispatcher or ' +
  'principal =spiffe://cluster.local/ns/knative-eventing/sa/mt-broker-filter) and principal ~.*/ns/knative-eventing/.*';
const list = '(principal ~.*/ns/orders-a/.* or principal ~.*/ns/orders-b/.*)';
const listed = '(header Kn-Namespace =orders-a or header Kn-Namespace =orders-b)';
const listedPaths = '(path /orders-a/* or path /orders-b/*)';
/** The whole prefix, dash included, and then a name: not `ordersx`. */
const prefix = 'principal ~.*/ns/orders-.*/.*';
const prefixed = 'header Kn-Namespace orders-*';

const drain = 'allow-orders 2: any -> port 8022';
/** The delivery of events is told apart by a header, which only requests have. */
const ownConnections = ['allow-orders 0', 'allow-orders 1', 'allow-orders 2'];

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
    name: 'a list, Service Mesh 2',
    trustDomain: 'cluster.local',
    base: {},
    values: { namespaces: ['orders-a', 'orders-b'] },
    isolated: isolated2,
    withTenant: [
      and(
        isolated2,
        inOrders,
        [
          `allow-orders 0: ${list} -> any`,
          'allow-orders 1: (principal ~.*/ns/knative-serving/.* or principal ~.*/ns/istio-system/.*) -> any',
          drain,
          `allow-orders 3: (principal ~.*/ns/knative-eventing/.* and ${listed}) -> any`,
        ],
        ownConnections,
      ),
      and(isolated2, activator, [
        `allow-orders-to-activator-1 0: ${list} -> ${hosts}`,
        `allow-orders-to-activator-1 1: (${senders} and ${listed}) -> ${hosts}`,
      ]),
      and(isolated2, autoscaler, []),
      and(isolated2, eventing('job-sink'), [
        `allow-orders-to-job-sink-1 0: ${list} -> ${listedPaths} or ${hosts}`,
        `allow-orders-to-job-sink-1 1: (${senders} and ${listed}) -> ${listedPaths} or ${hosts}`,
      ]),
      and(isolated2, eventing('imc-dispatcher'), [
        `allow-orders-to-imc-dispatcher-1 0: ${list} -> ${listedPaths} or ${hosts}`,
        `allow-orders-to-imc-dispatcher-1 1: (${senders} and ${listed}) -> ${listedPaths} or ${hosts}`,
      ]),
      and(isolated2, eventing('broker-filter'), []),
    ],
  },
  {
    name: 'a prefix, Service Mesh 2',
    trustDomain: 'cluster.local',
    base: {},
    values: { namespaces: ['orders-a', 'orders-b'], namespacePrefix: 'orders-' },
    isolated: isolated2,
    withTenant: [
      and(
        isolated2,
        inOrders,
        [
          `allow-orders 0: ${prefix} -> any`,
          'allow-orders 1: (principal ~.*/ns/knative-serving/.* or principal ~.*/ns/istio-system/.*) -> any',
          drain,
          `allow-orders 3: (principal ~.*/ns/knative-eventing/.* and ${prefixed}) -> any`,
        ],
        ownConnections,
      ),
      and(isolated2, activator, [
        `allow-orders-to-activator-1 0: ${prefix} -> ${hosts}`,
        `allow-orders-to-activator-1 1: (${senders} and ${prefixed}) -> ${hosts}`,
      ]),
      and(isolated2, eventing('job-sink'), [
        `allow-orders-to-job-sink-1 0: ${prefix} -> path /orders-* or ${hosts}`,
        `allow-orders-to-job-sink-1 1: (${senders} and ${prefixed}) -> path /orders-* or ${hosts}`,
      ]),
    ],
  },
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
