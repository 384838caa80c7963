/** What calls have to meet at the mesh of a rendered chart. Written by hand, from the base document and its sources. */
import { addresses, type MeshCall, type Met, notRedirected } from './simulated-mesh.ts';

export interface Environment {
  /** Of environments/, or test/cases. */
  readonly name: string;
  /** A value of the chart beside those of the file. */
  readonly set?: string;
  /** Service Mesh 2, or 3 with the local gateway in plain text or with mTLS. */
  readonly generation: 'v2' | 'v3 plain' | 'v3 mutual';
  /** Namespace of the control plane. */
  readonly mesh: string;
  /** A member of the mesh, in which a Knative Service `hello` is. */
  readonly namespace: string;
  /** Host of its URL: OpenShift Serverless makes it of name, namespace and the domain of the routes. */
  readonly host: string;
  /** With the wildcard certificate. */
  readonly secret: string;
  /** Whether the gateway serves all hosts, or those of the chart's values only. */
  readonly serves: 'all hosts' | 'own hosts';
  /** A Kafka bootstrap server in the cluster, outside of the mesh. */
  readonly kafka?: { readonly host: string; readonly port: number };
}

export const environments: readonly Environment[] = [
  {
    name: 'prod',
    generation: 'v2',
    mesh: 'istio-system',
    namespace: 'orders',
    host: 'hello-orders.apps.prod.example.com',
    secret: 'wildcard-certs',
    serves: 'all hosts',
    kafka: { host: 'events-kafka-bootstrap.kafka.svc.cluster.local', port: 9093 },
  },
  {
    name: 'dev',
    generation: 'v2',
    mesh: 'istio-system',
    namespace: 'playground',
    host: 'hello-playground.apps.dev.example.com',
    secret: 'wildcard-certs',
    serves: 'all hosts',
  },
  {
    name: 'staging',
    generation: 'v2',
    mesh: 'shared-mesh',
    namespace: 'orders',
    host: 'hello-orders.apps.staging.example.com',
    secret: 'knative-wildcard',
    serves: 'own hosts',
  },
  {
    name: 'service-mesh-3',
    generation: 'v3 plain',
    mesh: 'istio-system',
    namespace: 'shop',
    host: 'hello-shop.apps.example.com',
    secret: 'wildcard-certs',
    serves: 'all hosts',
    // One listener for all hosts of the port; Istio names it after this one.
    kafka: { host: 'my-cluster-kafka-0.my-cluster-kafka-brokers.kafka.svc.cluster.local', port: 9093 },
  },
  {
    name: 'service-mesh-3',
    set: 'gateway.local.tls=mutual',
    generation: 'v3 mutual',
    mesh: 'istio-system',
    namespace: 'billing',
    host: 'hello-billing.apps.example.com',
    secret: 'wildcard-certs',
    serves: 'all hosts',
  },
];

/** What matters of an answer. A key that is not there may be anything, but an error is never overlooked. */
export interface Want {
  readonly error?: string;
  readonly cluster?: string;
  /** How the proxy calls on. */
  readonly tls?: 'always' | 'automatic' | 'never';
  readonly endpoints?: readonly string[];
  readonly secrets?: readonly string[];
}

export type Row = readonly [name: string, call: MeshCall, want: Want | typeof notRedirected];

/** The names are the same in every environment; only Kafka is not in all. */
export function rows(environment: Environment): Row[] {
  const local = `hello.${environment.namespace}`;
  return [
    ...fromOutside(environment),
    ...throughLocalGateway(local, environment),
    ...inbound(local, environment),
    ...outbound(local, environment),
  ];
}

/**
 * The revision's Service, which leads to the activator while nothing runs. Service Mesh 2 demands mutual TLS on the way;
 * the proxies of Service Mesh 3 use it wherever a pod says that it understands it, as the activator does.
 */
const toRevision = (local: string, { generation }: Environment): Want => ({
  cluster: `outbound|80||${local.replace('.', '-00001.')}.svc.cluster.local`,
  tls: mutual(generation),
  endpoints: [`${addresses.activator}:8012`],
});

const mutual = (generation: Environment['generation']) => (generation === 'v2' ? 'always' : 'automatic');

/** A gateway for hosts of its own looks for the host in the TLS handshake, where plain text has none. */
const refusals = {
  'all hosts': { plainText: 'invalid TLS', unknownHost: 'no virtual host matched' },
  'own hosts': { plainText: 'no filter chains matched', unknownHost: 'no filter chains matched' },
} as const;

/** Base document, 1.4.2 step 4 and 1.4.4: 443 of the Service is 8443 of the pod. */
function fromOutside(environment: Environment): Row[] {
  const { host, namespace, secret, serves, generation } = environment;
  const { plainText, unknownHost } = refusals[serves];
  const call = { proxy: 'gateway', mode: 'gateway', port: 8443, host } as const;
  return [
    ['outside: HTTPS reaches the revision', { ...call, tls: 'tls' }, toRevision(`hello.${namespace}`, environment)],
    [
      'outside: the certificate is the one of the Secret',
      { ...call, tls: 'tls' },
      { secrets: [`kubernetes://${secret}`] },
    ],
    ['outside: plain text is refused', call, { error: plainText }],
    ['outside: an unknown host is refused', { ...call, tls: 'tls', host: 'www.example.com' }, { error: unknownHost }],
    // The plain local gateway has that port. It matches the host of a request, which the simulation does not look at.
    ...(generation === 'v3 plain' ? [] : [noPlainPort({ ...call, port: 8080 })]),
  ];
}

const noPlainPort = (call: MeshCall): Row => ['outside: no plain port', call, { error: 'no listener matched' }];

/** Base document, 1.4.2 step 4: mode ISTIO_MUTUAL. Of each of the names that net-istio serves inside the cluster. */
function throughLocalGateway(local: string, environment: Environment): Row[] {
  const plain = environment.generation === 'v3 plain';
  const call = { proxy: 'gateway', mode: 'gateway', port: plain ? 8080 : 8081 } as const;
  const host = `${local}.svc.cluster.local`;
  const reached = ['', '.svc', '.svc.cluster.local'].map(
    (end): Row => [
      `local gateway: hello.NAMESPACE${end} reaches the revision`,
      { ...call, tls: plain ? 'plaintext' : 'mtls', host: local + end },
      toRevision(local, environment),
    ],
  );
  // domain.md 2.3: so can a pod outside of the mesh call, but for the NetworkPolicy of the chart.
  if (plain)
    return [
      ...reached,
      [
        'local gateway: TLS, with or without a certificate, is refused',
        { ...call, tls: 'mtls', host },
        { error: 'protocol error' },
      ],
    ];
  return [
    ...reached,
    [
      'local gateway: TLS without a certificate of the mesh is refused',
      { ...call, tls: 'tls', host },
      { error: 'invalid mTLS' },
    ],
    ['local gateway: plain text is refused', { ...call, host }, { error: 'invalid TLS' }],
  ];
}

/** Strict mTLS, but for the ports of 1.4.2 step 1 that Kubernetes and cluster monitoring call in plain text. */
function inbound(local: string, { generation }: Environment): Row[] {
  const host = `${local}.svc.cluster.local`;
  const refused = { error: 'no filter chains matched' };
  const call = { mode: 'inbound', port: 8012, host } as const;
  return [
    ...(['activator', 'hello'] as const).flatMap((proxy): Row[] => [
      [`${proxy}: a mesh client gets in`, { ...call, proxy, tls: 'mtls' }, { cluster: 'inbound|8012||' }],
      [`${proxy}: plain text from outside of the mesh is refused`, { ...call, proxy }, refused],
      [
        `${proxy}: TLS without a certificate of the mesh is refused`,
        { ...call, proxy, tls: 'tls' },
        { error: 'invalid mTLS' },
      ],
    ]),
    ['hello: the kubelet waits for the drain on 8022', { ...call, proxy: 'hello', port: 8022 }, notRedirected],
    ['activator: monitoring reads metrics on 8444', { ...call, proxy: 'activator', port: 8444 }, notRedirected],
    ...(generation === 'v2' ? inboundOfMesh2(call, refused) : inboundOfMesh3(call)),
  ];
}

type Inbound = Omit<MeshCall, 'proxy'>;
// Behind 8444 is a proxy in the same pod, and 9090 is for that one only.
const inboundOfMesh2 = (call: Inbound, refused: Want): Row[] => [
  ['activator: 9090 is refused in plain text', { ...call, proxy: 'activator', port: 9090 }, refused],
];
const inboundOfMesh3 = (call: Inbound): Row[] => [
  ['activator: monitoring reads metrics on 9090', { ...call, proxy: 'activator', port: 9090 }, notRedirected],
  [
    'autoscaler: takes plain text from an activator without a ready proxy',
    { ...call, proxy: 'autoscaler', port: 8080 },
    { cluster: 'inbound|8080||' },
  ],
  [
    'autoscaler: takes the certificate of the mesh',
    { ...call, proxy: 'autoscaler', port: 8080, tls: 'mtls' },
    { cluster: 'inbound|8080||' },
  ],
];

function outbound(local: string, environment: Environment): Row[] {
  const { mesh, kafka, generation } = environment;
  const call = { mode: 'outbound', port: 80 } as const;
  const port = generation === 'v3 plain' ? 8080 : 8081;
  const gateway = `knative-local-gateway.${generation === 'v2' ? mesh : 'knative-serving-ingress'}.svc.cluster.local`;
  const autoscaler = 'autoscaler.knative-serving.svc.cluster.local';
  const rowOfKafka = ({ host, port }: { host: string; port: number }): Row => [
    // The TLS inside is Kafka's own; the brokers have no certificate of the mesh. Difference D4 of docs/differences.md.
    'Kafka: its clients call the brokers without the TLS of the mesh',
    { ...call, proxy: 'dispatcher', port, protocol: 'tcp', tls: 'tls', sni: host },
    { cluster: `outbound|${port}||${host}`, tls: 'never' },
  ];
  return [
    [
      'mesh client: a local host leads to the revision',
      { ...call, proxy: 'dispatcher', host: `${local}.svc.cluster.local` },
      toRevision(local, environment),
    ],
    [
      `mesh client: port 80 of the local gateway is ${port} of its pod`,
      { ...call, proxy: 'hello', host: gateway },
      {
        cluster: `outbound|80||${gateway}`,
        // The pods of a gateway do not say that they understand mTLS: automatic means plain text here.
        tls: generation === 'v3 plain' ? 'automatic' : 'always',
        endpoints: [`${addresses.gateway}:${port}`],
      },
    ],
    [
      'activator: calls the autoscaler with a certificate of the mesh',
      { ...call, proxy: 'activator', port: 8080, host: `${autoscaler}:8080` },
      { cluster: `outbound|8080||${autoscaler}`, tls: mutual(generation), endpoints: [`${addresses.autoscaler}:8080`] },
    ],
    ...(kafka === undefined ? [] : [rowOfKafka(kafka)]),
  ];
}

/** What was met, in the words of what was wanted. */
export function asWanted(met: Met, want: Row[2]): Row[2] {
  if (met === notRedirected) return met;
  const { error, cluster, secrets, upstream } = met;
  const all = { error, cluster, secrets, tls: upstream?.tls, endpoints: upstream?.endpoints };
  const keys = ['error', ...(want === notRedirected ? ['cluster'] : Object.keys(want))] as (keyof Want)[];
  return Object.fromEntries(keys.filter(key => all[key] !== undefined).map(key => [key, all[key]]));
}
