/** The kinds that doctor reads, with the versions whose fields it knows. */

/** Where an object of a kind can be: a cluster is asked for `here` in the namespaces of the mesh and of Knative only. */
type Reach = 'everywhere' | 'here';
interface KnownKind {
  readonly group: string;
  /** Those of one shape; a cluster is asked for the first that it serves. */
  readonly versions: readonly string[];
  readonly reach: Reach;
}
const kind = (group: string, versions: string, reach: Reach = 'everywhere'): KnownKind => ({
  group,
  versions: versions.split(' '),
  reach,
});
const istio = 'v1beta1 v1 v1alpha3';

export const kinds = {
  ServiceMeshControlPlane: kind('maistra.io', 'v2'),
  ServiceMeshMemberRoll: kind('maistra.io', 'v1'),
  ServiceMeshMember: kind('maistra.io', 'v1'),
  Istio: kind('sailoperator.io', 'v1'),
  IstioCNI: kind('sailoperator.io', 'v1'),
  Gateway: kind('networking.istio.io', istio),
  ServiceEntry: kind('networking.istio.io', istio),
  DestinationRule: kind('networking.istio.io', istio),
  EnvoyFilter: kind('networking.istio.io', 'v1alpha3'),
  PeerAuthentication: kind('security.istio.io', 'v1beta1 v1'),
  AuthorizationPolicy: kind('security.istio.io', 'v1beta1 v1'),
  KnativeServing: kind('operator.knative.dev', 'v1beta1'),
  KnativeEventing: kind('operator.knative.dev', 'v1beta1'),
  KnativeKafka: kind('operator.serverless.openshift.io', 'v1alpha1'),
  KnativeService: kind('serving.knative.dev', 'v1'),
  DomainMapping: kind('serving.knative.dev', 'v1beta1'),
  ContainerSource: kind('sources.knative.dev', 'v1'),
  SinkBinding: kind('sources.knative.dev', 'v1'),
  ApiServerSource: kind('sources.knative.dev', 'v1'),
  PingSource: kind('sources.knative.dev', 'v1'),
  KafkaSource: kind('sources.knative.dev', 'v1 v1beta1'),
  EventTransform: kind('eventing.knative.dev', 'v1alpha1'),
  Trigger: kind('eventing.knative.dev', 'v1'),
  Subscription: kind('messaging.knative.dev', 'v1'),
  Namespace: kind('', 'v1'),
  Route: kind('route.openshift.io', 'v1'),
  ClusterServiceVersion: kind('operators.coreos.com', 'v1alpha1', 'here'),
  ValidatingWebhookConfiguration: kind('admissionregistration.k8s.io', 'v1'),
  MutatingWebhookConfiguration: kind('admissionregistration.k8s.io', 'v1'),
  Ingress: kind('config.openshift.io', 'v1'),
  Service: kind('', 'v1', 'here'),
  Pod: kind('', 'v1', 'here'),
  Deployment: kind('apps', 'v1', 'here'),
  NetworkPolicy: kind('networking.k8s.io', 'v1', 'here'),
  EndpointSlice: kind('discovery.k8s.io', 'v1', 'here'),
} as const satisfies Readonly<Record<string, KnownKind>>;

export type Kind = keyof typeof kinds;
export const allKinds = Object.keys(kinds) as Kind[];
/** As the API calls it: two of them are a Service. */
export const wordOf = (name: Kind): string => (name === 'KnativeService' ? 'Service' : name);

/** `apiVersion/Kind`, one for each version. */
export function idsOf(name: Kind): string[] {
  const { group, versions } = kinds[name];
  return versions.map(version => [group, version, wordOf(name)].filter(Boolean).join('/'));
}

/** What tells which mesh is Knative's, and whether Knative uses it. */
export const ofMesh = ['ServiceMeshControlPlane', 'Istio', 'KnativeServing', 'KnativeEventing'] as const;
/** What tells who is in a mesh. */
export const ofMembers = [...ofMesh, 'ServiceMeshMemberRoll', 'ServiceMeshMember', 'Namespace'] as const;
