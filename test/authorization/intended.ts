/**
 * What the policies are documented to mean, as policies: the base set of domain.md 3.1 and, for each tenant, the table of
 * domain.md 3.2 row by row, with the trust domain in principals. Beside our charts, and made of nothing of theirs.
 * Sources: openshift-knative/serverless-operator hack/lib/mesh_resources/authorization-policies/setup and
 * hack/lib/mesh_v3_resources/authorization-policies (tenant-1.yaml is what the chart renders for one tenant with job-sink);
 * openshift-knative/knative-istio-authz-chart templates, values.yaml. Its older templates, those before job-sink, limit senders
 * and receivers to POST and receivers to one form of hosts; what the operator's sets have from it today does not.
 */
import type { Condition, Operation, Policy, Rule, Source } from './policies.ts';
import type { Generation } from './world.ts';

export interface Mesh {
  readonly namespace: string;
  readonly trustDomain: string;
  readonly dnsDomain: string;
}
export interface TenantValues {
  readonly name: string;
  readonly namespaces: readonly string[];
  /** With it, sources, paths and headers name the prefix in place of the namespaces. */
  readonly namespacePrefix?: string;
  readonly generation: Generation;
  readonly mesh: Mesh;
  readonly serving: boolean;
  readonly eventing: boolean;
  /** Ours alone: the reference always has the Kafka parts. */
  readonly kafka: boolean;
}

const component = (name: string) => ({ 'app.kubernetes.io/component': name });
const rule = (from: readonly Source[], to: readonly Operation[] = [], when: readonly Condition[] = []): Rule => ({
  from,
  to,
  when,
});
/** Service accounts of Eventing, by namespace and by principal. */
const accounts = ({ trustDomain }: Mesh, ...names: readonly string[]): Source => ({
  namespaces: ['knative-eventing'],
  principals: names.map(name => `${trustDomain}/ns/knative-eventing/sa/${name}`),
});

/** Where the gateways are: domain.md 2.3. */
const gatewayNamespace = (generation: Generation, mesh: Mesh) =>
  generation === 'v2' ? mesh.namespace : 'knative-serving-ingress';

/** Domain.md 3.1, and the gateway of 2.2. */
export function base(generation: Generation, mesh: Mesh): Policy[] {
  const gateway = gatewayNamespace(generation, mesh);
  const serving = (name: string, labels: Policy['labels'], namespaces: string[]): Policy => ({
    namespace: 'knative-serving',
    name,
    labels,
    rules: [rule([{ namespaces }])],
  });
  const within = (name: string, to: string, from: string, method: string): Policy => ({
    namespace: 'knative-eventing',
    name,
    labels: component(to),
    rules: [rule([accounts(mesh, from)], [{ methods: [method] }])],
  });
  const toGateway: Policy = {
    namespace: 'knative-serving-ingress',
    name: 'allow-traffic-to-ingress-gateway',
    labels: { knative: 'ingressgateway' },
    rules: [
      rule([{ namespaces: ['knative-serving', 'knative-serving-ingress'] }]),
      rule([], [{ ports: ['8080', '8443'] }]),
    ],
  };
  const channel = 'knative-kafka-channel-data-plane';
  return [
    { namespace: 'knative-eventing', name: 'deny-all-by-default', labels: {}, rules: [] },
    { namespace: 'knative-serving', name: 'deny-all-by-default', labels: {}, rules: [] },
    serving('allow-traffic-to-activator', { app: 'activator' }, ['knative-serving', gateway]),
    serving('allow-traffic-to-autoscaler', { app: 'autoscaler' }, ['knative-serving']),
    within('allow-mt-channel-based-broker-ingress-to-imc-dispatcher', 'imc-dispatcher', 'mt-broker-ingress', 'POST'),
    within(
      'allow-mt-channel-based-broker-ingress-to-kafka-channel',
      'kafka-channel-receiver',
      'mt-broker-ingress',
      'POST',
    ),
    within('allow-kafka-channel-to-mt-channel-based-broker-filter', 'broker-filter', channel, 'POST'),
    within('allow-imc-to-mt-channel-based-broker-filter', 'broker-filter', 'imc-dispatcher', 'POST'),
    within('allow-probe-kafka-broker-receiver', 'kafka-broker-receiver', 'kafka-controller', 'GET'),
    within('allow-probe-kafka-sink-receiver', 'kafka-sink-receiver', 'kafka-controller', 'GET'),
    within('allow-probe-kafka-channel-receiver', 'kafka-channel-receiver', 'kafka-controller', 'GET'),
    ...(generation === 'v3' ? [toGateway] : []),
  ];
}

const RECEIVERS = { 'imc-dispatcher': 'imc', 'broker-ingress': 'broker-ingress', 'job-sink': 'job-sink' };
const KAFKA_RECEIVERS = {
  'kafka-broker-receiver': 'ekb',
  'kafka-channel-receiver': 'ekc',
  'kafka-sink-receiver': 'eks',
};
const SENDERS = ['pingsource-mt-adapter', 'imc-dispatcher', 'mt-broker-filter'];
const KAFKA_SENDERS = ['source', 'broker', 'channel'].map(part => `knative-kafka-${part}-data-plane`);

/** What the rows of the table share, for one tenant. */
function partsOf({ namespaces, namespacePrefix, mesh, kafka }: TenantValues) {
  const members = namespacePrefix === undefined ? [...namespaces] : [`${namespacePrefix}*`];
  const hosts = namespaces.flatMap(ns => [`*.${ns}`, `*.${ns}.svc`, `*.${ns}.svc.${mesh.dnsDomain}`]);
  const paths = namespacePrefix === undefined ? namespaces.map(ns => `/${ns}/*`) : [`/${namespacePrefix}*`];
  return {
    members,
    hosts,
    paths,
    forTenant: [{ header: 'Kn-Namespace', values: members }],
    senders: accounts(mesh, ...SENDERS, ...(kafka ? KAFKA_SENDERS : [])),
  };
}

/**
 * Domain.md 3.2, without the two replies. In two places less than the chart, as nobody is there to call: of the namespaces of
 * both gateways, only the one of the generation, as in the operator's two sets; and without Serving no events to the
 * activator, whose calls the tenant's pods then refuse.
 */
export function ofTenant(values: TenantValues): Policy[] {
  const { namespaces, generation, mesh, serving, eventing, kafka, name } = values;
  const { members, hosts, paths, forTenant, senders } = partsOf(values);
  const gateway = gatewayNamespace(generation, mesh);
  const fromKnative = rule([{ namespaces: [...members, 'knative-serving', gateway] }]);
  const fromEventing = rule([{ namespaces: ['knative-eventing'] }], [], forTenant);
  const inTenant = namespaces.flatMap((namespace): Policy[] => [
    {
      namespace,
      name: 'allow-from-knative-and-istio',
      labels: {},
      rules: [...(serving ? [fromKnative] : []), ...(eventing ? [fromEventing] : [])],
    },
    ...(serving
      ? [{ namespace, name: 'allow-wait-for-drain', labels: {}, rules: [rule([], [{ ports: ['8022'] }])] }]
      : []),
  ]);
  const toActivator: Policy = {
    namespace: 'knative-serving',
    name: `allow-${name}-to-activator`,
    labels: component('activator'),
    rules: [
      rule([{ namespaces: members }], [{ hosts }]),
      ...(eventing ? [rule([senders], [{ hosts }], forTenant)] : []),
    ],
  };
  const toReceivers = Object.entries({ ...RECEIVERS, ...(kafka ? KAFKA_RECEIVERS : {}) }).map(
    ([receiver, short]): Policy => ({
      namespace: 'knative-eventing',
      name: `allow-${name}-to-${short}`,
      labels: component(receiver),
      rules: [
        rule([{ namespaces: members }], [{ paths }, { hosts }]),
        rule([senders], [{ hosts }], forTenant),
        rule([senders], [{ paths }], forTenant),
      ],
    }),
  );
  return [...inTenant, ...(serving ? [toActivator] : []), ...(eventing ? toReceivers : [])];
}

/** The two rows of domain.md 3.2 about replies. */
export function repliesOf(values: TenantValues): Policy[] {
  const { name, mesh, kafka, eventing } = values;
  const { paths, forTenant } = partsOf(values);
  const reply = (policy: string, receiver: string, ...from: readonly string[]): Policy => ({
    namespace: 'knative-eventing',
    name: `allow-${name}-${policy}`,
    labels: component(receiver),
    rules: [rule([accounts(mesh, ...from)], [{ paths }], forTenant)],
  });
  const channels = kafka ? ['knative-kafka-channel-data-plane'] : [];
  const broker = reply('kafka-broker-reply', 'kafka-broker-receiver', 'knative-kafka-broker-data-plane');
  const mtBroker = reply(
    'mt-channel-based-broker-reply',
    'broker-ingress',
    'imc-dispatcher',
    'mt-broker-filter',
    ...channels,
  );
  return eventing ? [...(kafka ? [broker] : []), mtBroker] : [];
}
