/** Service Mesh 2 with the default names. */
import {
  activator,
  and,
  autoscaler,
  deny,
  drain,
  type Expected,
  eventing,
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

const hosts =
  '(host *.orders-a (any case) or host *.orders-a.svc (any case) or host *.orders-a.svc.cluster.local (any case) or ' +
  'host *.orders-b (any case) or host *.orders-b.svc (any case) or host *.orders-b.svc.cluster.local (any case))';
const senders =
  '(principal =spiffe://cluster.local/ns/knative-eventing/sa/pingsource-mt-adapter or ' +
  'principal =spiffe://cluster.local/ns/knative-eventing/sa/imc-dispatcher or ' +
  'principal =spiffe://cluster.local/ns/knative-eventing/sa/mt-broker-filter) and principal ~.*/ns/knative-eventing/.*';
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
];
