/** Charts broken on purpose, and exactly the rows of simulation-rows.ts that each of them breaks. */

/** An object of any kind, to be changed without its type. */
// biome-ignore lint/suspicious/noExplicitAny: what is broken here need not be of the type
type Loose = any;

export interface Variant {
  readonly name: string;
  /** As `KIND NAMESPACE/NAME`. */
  readonly object: string;
  /** Changes the object in place; null where it is to be left out. */
  readonly change: ((object: Loose) => void) | null;
  /** Names of rows. */
  readonly fail: readonly string[];
}

const ingressGateway = 'Gateway knative-serving/knative-ingress-gateway';
const localGateway = 'Gateway knative-serving/knative-local-gateway';
const localGatewayService = 'Service istio-system/knative-local-gateway';
const controlPlane = 'ServiceMeshControlPlane istio-system/basic';
const memberRoll = 'ServiceMeshMemberRoll istio-system/default';
const serving = 'KnativeServing knative-serving/knative-serving';
const kafkaRule = 'DestinationRule knative-eventing/events-kafka-bootstrap.kafka.svc.cluster.local';

const reachesRevision = 'outside: HTTPS reaches the revision';
const certificate = 'outside: the certificate is the one of the Secret';
const unknownHost = 'outside: an unknown host is refused';
const outside = [reachesRevision, certificate, 'outside: plain text is refused', unknownHost];
const localHosts = ['', '.svc', '.svc.cluster.local'].map(
  end => `local gateway: hello.NAMESPACE${end} reaches the revision`,
);
const withoutCertificate = 'local gateway: TLS without a certificate of the mesh is refused';
const local = [...localHosts, withoutCertificate, 'local gateway: plain text is refused'];
const toRevision = 'mesh client: a local host leads to the revision';
const toLocalGateway = 'mesh client: port 80 of the local gateway is 8081 of its pod';
const toAutoscaler = 'activator: calls the autoscaler with a certificate of the mesh';
const strict = [
  ...['activator', 'hello'].flatMap(pod => [
    `${pod}: plain text from outside of the mesh is refused`,
    `${pod}: TLS without a certificate of the mesh is refused`,
  ]),
  'activator: 9090 is refused in plain text',
];

const without = (member: string) => (object: Loose) => {
  object.spec.members = object.spec.members.filter((other: string) => other !== member);
};
const inboundOf = ({ spec }: Loose) => spec.proxy.networking.trafficControl.inbound;
const plainServer = (number: number) => ({ port: { number, name: 'http', protocol: 'HTTP' }, hosts: ['*'] });

/** In config.istio of KnativeServing. */
export const otherIngressGateway = ({ spec }: Loose): void => {
  const { 'gateway.knative-serving.knative-ingress-gateway': service, ...others } = spec.config.istio;
  spec.config.istio = { ...others, 'gateway.knative-serving.other': service };
};

/** Of the chart that environments/prod.yaml makes. Together they break every row. */
export const variants: readonly Variant[] = [
  {
    name: 'a selector of the ingress gateway that no pod has',
    object: ingressGateway,
    change: ({ spec }) => {
      spec.selector = { knative: 'gateway' };
    },
    fail: outside,
  },
  {
    name: 'a selector of the local gateway that no pod has',
    object: localGateway,
    change: ({ spec }) => {
      spec.selector = { knative: 'gateway' };
    },
    fail: local,
  },
  {
    name: 'HTTP instead of HTTPS',
    object: ingressGateway,
    change: ({ spec }) => {
      spec.servers = [plainServer(443)];
    },
    fail: outside,
  },
  {
    name: 'HTTP beside HTTPS',
    object: ingressGateway,
    change: ({ spec }) => {
      spec.servers.push(plainServer(80));
    },
    fail: ['outside: no plain port'],
  },
  {
    name: 'a port of the ingress gateway that its Service does not have',
    object: ingressGateway,
    change: ({ spec }) => {
      spec.servers[0].port.number = 444;
    },
    fail: outside,
  },
  {
    name: 'another Secret',
    object: ingressGateway,
    change: ({ spec }) => {
      spec.servers[0].tls.credentialName = 'certs';
    },
    fail: [certificate],
  },
  {
    name: 'HTTP instead of ISTIO_MUTUAL',
    object: localGateway,
    change: ({ spec }) => {
      spec.servers = [plainServer(8081)];
    },
    fail: local,
  },
  {
    name: 'SIMPLE instead of ISTIO_MUTUAL',
    object: localGateway,
    change: ({ spec }) => {
      spec.servers[0].tls = { mode: 'SIMPLE', credentialName: 'wildcard-certs' };
    },
    fail: [...localHosts, withoutCertificate],
  },
  {
    name: 'another port of the local gateway',
    object: localGateway,
    change: ({ spec }) => {
      spec.servers[0].port.number = 8082;
    },
    fail: local,
  },
  {
    name: "another port of the local gateway's Service",
    object: localGatewayService,
    change: ({ spec }) => {
      spec.ports[0].targetPort = 8080;
    },
    fail: [toLocalGateway],
  },
  {
    name: "a selector of the local gateway's Service that no pod has",
    object: localGatewayService,
    change: ({ spec }) => {
      spec.selector = { istio: 'gateway' };
    },
    fail: [toLocalGateway],
  },
  {
    name: 'port 8022 not excluded',
    object: controlPlane,
    change: object => {
      inboundOf(object).excludedPorts = [8444];
    },
    fail: ['hello: the kubelet waits for the drain on 8022'],
  },
  {
    name: 'port 8444 not excluded',
    object: controlPlane,
    change: object => {
      inboundOf(object).excludedPorts = [8022];
    },
    fail: ['activator: monitoring reads metrics on 8444'],
  },
  {
    name: 'no mutual TLS in the mesh',
    object: controlPlane,
    change: ({ spec }) => {
      spec.security.dataPlane.mtls = false;
    },
    fail: [reachesRevision, ...localHosts, ...strict, toRevision, toLocalGateway, toAutoscaler],
  },
  {
    name: 'no label for the gateway pods',
    object: controlPlane,
    change: ({ spec }) => {
      delete spec.gateways;
    },
    fail: [...outside, ...local],
  },
  {
    name: 'knative-serving outside of the mesh',
    object: memberRoll,
    change: without('knative-serving'),
    fail: [...outside, ...local, 'activator: a mesh client gets in', toAutoscaler],
  },
  {
    name: 'the namespace of the Knative Service outside of the mesh',
    object: memberRoll,
    change: without('orders'),
    fail: [reachesRevision, certificate, unknownHost, ...localHosts, 'hello: a mesh client gets in', toRevision],
  },
  {
    name: 'another ingress gateway in config.istio',
    object: serving,
    change: otherIngressGateway,
    fail: [reachesRevision, certificate, unknownHost],
  },
  {
    name: 'no DestinationRule for Kafka',
    object: kafkaRule,
    change: null,
    fail: ['Kafka: its clients call the brokers without the TLS of the mesh'],
  },
];
