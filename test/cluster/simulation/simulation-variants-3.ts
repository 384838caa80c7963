/** Charts for Service Mesh 3 broken on purpose, and exactly the rows of simulation-rows.ts that each of them breaks. */
import { otherIngressGateway, type Variant } from './simulation-variants.ts';

/** An object of any kind, to be changed without its type. */
// biome-ignore lint/suspicious/noExplicitAny: what is broken here need not be of the type
type Loose = any;

const ingressGateway = 'Gateway knative-serving/knative-ingress-gateway';
const localGateway = 'Gateway knative-serving/knative-local-gateway';
const localService = 'Service knative-serving-ingress/knative-local-gateway';
const gatewayService = 'Service knative-serving-ingress/knative-istio-ingressgateway';
const deployment = 'Deployment knative-serving-ingress/knative-istio-ingressgateway';
const istio = 'Istio /default';
const strict = 'PeerAuthentication istio-system/mesh-mtls';
const permissive = 'PeerAuthentication knative-serving/autoscaler-permissive';
const destinationRule = 'DestinationRule knative-serving-ingress/knative-local-gateway';
const serving = 'KnativeServing knative-serving/knative-serving';
const kafka = 'ServiceEntry knative-eventing/kafka-cluster';

const reachesRevision = 'outside: HTTPS reaches the revision';
const certificate = 'outside: the certificate is the one of the Secret';
const plainText = 'outside: plain text is refused';
const unknownHost = 'outside: an unknown host is refused';
const outside = [reachesRevision, certificate, plainText, unknownHost];
const local = ['', '.svc', '.svc.cluster.local'].map(
  end => `local gateway: hello.NAMESPACE${end} reaches the revision`,
);

const excluding = (ports: string) => (object: Loose) => {
  object.spec.values.global.proxy.excludeInboundPorts = ports;
};

const plainServer = (number: number) => ({ port: { number, name: 'http', protocol: 'HTTP' }, hosts: ['*'] });
const withoutLabels = ({ spec }: Loose) => {
  spec.template.metadata.labels = { app: 'gateway' };
};
const select = (selector: object) => (object: Loose) => {
  object.spec.selector = selector;
};

const refusedPlain = 'local gateway: TLS, with or without a certificate, is refused';
const toRevision = 'mesh client: a local host leads to the revision';
const toPlainGateway = 'mesh client: port 80 of the local gateway is 8080 of its pod';
const toMutualGateway = 'mesh client: port 80 of the local gateway is 8081 of its pod';
const toAutoscaler = 'activator: calls the autoscaler with a certificate of the mesh';
const withoutCertificate = 'local gateway: TLS without a certificate of the mesh is refused';
const mutualRefusals = [withoutCertificate, 'local gateway: plain text is refused'];
const strictOf = (pod: string) => [
  `${pod}: plain text from outside of the mesh is refused`,
  `${pod}: TLS without a certificate of the mesh is refused`,
];
const inboundOf = (pod: string) => [`${pod}: a mesh client gets in`, ...strictOf(pod)];
const inStrictMode = ['activator', 'hello'].flatMap(strictOf);

const drain = 'hello: the kubelet waits for the drain on 8022';
const metrics = (port: number) => `activator: monitoring reads metrics on ${port}`;
const plainToAutoscaler = 'autoscaler: takes plain text from an activator without a ready proxy';
const mutualToAutoscaler = 'autoscaler: takes the certificate of the mesh';

/** Of both kinds of the local gateway: what they refuse, and the row of the Service that leads to them. */
const common = (
  refusals: readonly string[],
  toGateway: string,
  automatic: readonly string[] = [],
): readonly Variant[] => [
  {
    name: 'gateway pods without the labels of the selectors',
    object: deployment,
    change: withoutLabels,
    fail: [...outside, ...local, ...refusals, toGateway],
  },
  {
    name: 'a selector of the ingress gateway that no pod has',
    object: ingressGateway,
    change: select({ knative: 'gateway' }),
    fail: outside,
  },
  {
    name: 'a selector of the local gateway that no pod has',
    object: localGateway,
    change: select({ knative: 'gateway' }),
    fail: [...local, ...refusals],
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
    name: 'a Service of the gateway without HTTPS',
    object: gatewayService,
    change: ({ spec }) => {
      spec.ports = spec.ports.filter(({ name }: Loose) => name !== 'https');
    },
    fail: outside,
  },
  ...[
    ['8444,9090', drain],
    ['8022,9090', metrics(8444)],
    ['8022,8444', metrics(9090)],
  ].map(([ports, row]) => ({
    name: `only ports ${ports} excluded`,
    object: istio,
    change: excluding(ports!),
    fail: [row!],
  })),
  { name: 'no strict mTLS in the mesh', object: strict, change: null, fail: inStrictMode },
  {
    name: 'no mTLS in the mesh',
    object: strict,
    change: ({ spec }) => {
      spec.mtls.mode = 'DISABLE';
    },
    // For all of it, Istio then leaves mTLS out on the way as well.
    fail: [
      reachesRevision,
      ...local,
      ...inboundOf('activator'),
      ...inboundOf('hello'),
      toRevision,
      ...automatic,
      toAutoscaler,
    ],
  },
  { name: 'strict mTLS for the autoscaler', object: permissive, change: null, fail: [plainToAutoscaler] },
  {
    name: 'no mTLS for the autoscaler',
    object: permissive,
    change: ({ spec }) => {
      spec.mtls.mode = 'DISABLE';
    },
    fail: [mutualToAutoscaler],
  },
  {
    name: 'another ingress gateway in config.istio',
    object: serving,
    change: otherIngressGateway,
    fail: [reachesRevision, certificate, unknownHost],
  },
  {
    name: "another port of the local gateway's Service",
    object: localService,
    change: ({ spec }) => {
      spec.ports[0].targetPort = 8082;
    },
    fail: [toGateway],
  },
  {
    name: "a selector of the local gateway's Service that no pod has",
    object: localService,
    change: select({ knative: 'gateway' }),
    fail: [toGateway],
  },
];

export const plainVariants: readonly Variant[] = [
  ...common([refusedPlain], toPlainGateway, [toPlainGateway]),
  {
    name: 'a Service of the gateway without HTTP',
    object: gatewayService,
    change: ({ spec }) => {
      spec.ports = spec.ports.filter(({ name }: Loose) => name !== 'http2');
    },
    fail: [...local, refusedPlain],
  },
  {
    name: 'no ServiceEntry for Kafka',
    object: kafka,
    change: null,
    fail: ['Kafka: its clients call the brokers without the TLS of the mesh'],
  },
];

export const mutualVariants: readonly Variant[] = [
  ...common(mutualRefusals, toMutualGateway),
  {
    name: 'no DestinationRule, so that sidecars send plain text',
    object: destinationRule,
    change: null,
    fail: [toMutualGateway],
  },
  {
    name: 'HTTP instead of ISTIO_MUTUAL',
    object: localGateway,
    change: ({ spec }) => {
      spec.servers = [plainServer(8081)];
    },
    fail: [...local, ...mutualRefusals],
  },
  {
    name: 'HTTP beside HTTPS',
    object: ingressGateway,
    change: ({ spec }) => {
      spec.servers.push(plainServer(80));
    },
    fail: ['outside: no plain port'],
  },
];
