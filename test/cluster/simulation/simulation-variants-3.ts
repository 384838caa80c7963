/** Charts for Service Mesh 3 broken on purpose, and exactly the rows of simulation-rows.ts that each of them breaks. */
import type { Variant } from './simulation-variants.ts';

/** An object of any kind, to be changed without its type. */
// biome-ignore lint/suspicious/noExplicitAny: what is broken here need not be of the type
type Loose = any;

const ingressGateway = 'Gateway knative-serving/knative-ingress-gateway';
const localGateway = 'Gateway knative-serving/knative-local-gateway';
const localService = 'Service knative-serving-ingress/knative-local-gateway';
const gatewayService = 'Service knative-serving-ingress/knative-istio-ingressgateway';
const deployment = 'Deployment knative-serving-ingress/knative-istio-ingressgateway';
const istio = 'Istio default';
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

export const plainVariants: readonly Variant[] = [];
export const mutualVariants: readonly Variant[] = [];
export const all = [
  ingressGateway,
  localGateway,
  localService,
  gatewayService,
  deployment,
  istio,
  strict,
  permissive,
  destinationRule,
  serving,
  kafka,
  outside,
  local,
  excluding,
];
