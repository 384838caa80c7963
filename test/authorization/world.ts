/**
 * The world of the requests: a mesh whose names are none of the defaults, so that a name written by hand into a policy shows;
 * tenant alpha (alpha-shop, alpha-stock), tenant bravo (bravo-web), Knative, and namespaces that belong to nobody.
 */
import type { Answer, Call, Peer, Pod } from './evaluator.ts';

export const mesh = { namespace: 'mesh-system', trustDomain: 'prod.mesh', dnsDomain: 'corp.local' } as const;

export interface Tenant {
  readonly name: string;
  readonly namespaces: readonly string[];
  readonly namespacePrefix: string;
}
export const tenants: readonly Tenant[] = [
  { name: 'alpha', namespaces: ['alpha-shop', 'alpha-stock'], namespacePrefix: 'alpha-' },
  { name: 'bravo', namespaces: ['bravo-web'], namespacePrefix: 'bravo-' },
];

/** Which policies there are. none: the base set of domain.md 3.1 alone; the others: and both tenants, by list or by prefix. */
export const tenantModes = ['none', 'list', 'prefix'] as const;
export type TenantMode = (typeof tenantModes)[number];
export const generations = ['v2', 'v3'] as const;
export type Generation = (typeof generations)[number];
export interface Mode {
  readonly generation: Generation;
  readonly tenants: TenantMode;
}
export const modes: readonly Mode[] = generations.flatMap(generation =>
  tenantModes.map(tenants => ({ generation, tenants })),
);

/** A certificate of this mesh. */
export const pod = (namespace: string, serviceAccount = 'default'): Peer => ({
  trustDomain: mesh.trustDomain,
  namespace,
  serviceAccount,
});
/** A caller of the data plane of Eventing. */
export const eventing = (serviceAccount: string): Peer => pod('knative-eventing', serviceAccount);
export const activatorPod = pod('knative-serving', 'activator');
export const plaintext = undefined;

const component = (namespace: string, name: string, more: Pod['labels'] = {}): Pod => ({
  namespace,
  labels: { 'app.kubernetes.io/component': name, ...more },
});
export const activator = component('knative-serving', 'activator', { app: 'activator' });
export const autoscaler = component('knative-serving', 'autoscaler', { app: 'autoscaler' });
export const servingController = component('knative-serving', 'controller', { app: 'controller' });
export const inEventing = (name: string): Pod => component('knative-eventing', name);
/** A pod of a Knative Service. */
export const revision = (namespace: string): Pod => ({ namespace, labels: { 'serving.knative.dev/service': 'hello' } });
/** Where both gateways run: domain.md 2.2; Service Mesh 2: base document 1.4.2. */
export const gateways = {
  v2: { namespace: mesh.namespace, labels: { istio: 'ingressgateway', knative: 'ingressgateway' } },
  v3: {
    namespace: 'knative-serving-ingress',
    labels: {
      knative: 'ingressgateway',
      'knative-ingress-gateway': 'ingressgateway',
      'knative-local-gateway': 'ingressgateway',
    },
  },
} as const satisfies Record<Generation, Pod>;
export const gatewayPods = {
  v2: pod(mesh.namespace, 'istio-ingressgateway-service-account'),
  v3: pod('knative-serving-ingress'),
} as const satisfies Record<Generation, Peer>;

/** The addresses of a Knative Service or a channel inside the cluster. */
export const hostsIn = (namespace: string): readonly string[] => [
  `hello.${namespace}`,
  `hello.${namespace}.svc`,
  `hello.${namespace}.svc.${mesh.dnsDomain}`,
];
export const hostIn = (namespace: string): string => `hello.${namespace}.svc.${mesh.dnsDomain}`;
export const knNamespace = (namespace: string) => ({ headers: { 'Kn-Namespace': namespace } });

type Request = Partial<Pick<Call, 'port' | 'method' | 'host' | 'path' | 'headers'>>;
/**
 * A request to a pod. What a row leaves out is of no tenant's: a host and a path of nobody, no header. The port is that of the
 * queue-proxy and the activator, knative/serving pkg/networking/constants.go; policies are about ports of the drain and the gateway only.
 */
export const call = (from: Peer | undefined, to: Pod, request: Request = {}): Call => ({
  from,
  to,
  port: 8012,
  method: 'POST',
  host: 'nobody.example.com',
  path: '/',
  headers: {},
  ...request,
});

/** What a row wants: the same in every mode, or an answer for each. */
export type Want = Answer | Readonly<Record<TenantMode, Answer>>;
/** It is the tenant's policies that allow it. */
export const byTenant = { none: 'denied', list: 'allowed', prefix: 'allowed' } as const satisfies Want;
/** As byTenant, but the caller, path or header is of a namespace that only the prefix takes in. */
export const byPrefix = { none: 'denied', list: 'denied', prefix: 'allowed' } as const satisfies Want;
/** To a pod of a tenant: nobody guards it until the tenant has policies. */
export const shut = { none: 'allowed', list: 'denied', prefix: 'denied' } as const satisfies Want;
/** As shut, but the caller or header is of a namespace that only the prefix takes in. */
export const shutInList = { none: 'allowed', list: 'denied', prefix: 'allowed' } as const satisfies Want;

export interface Row {
  readonly title: string;
  /** The answer to one request; or of a way through several pods, which is open if each of them allows it. */
  readonly hops: readonly Call[];
  readonly want: Want;
  /** Only in this generation. */
  readonly only?: Generation;
}
export const row = (title: string, want: Want, ...hops: readonly Call[]): Row => ({ title, hops, want });
export const rowIn = (only: Generation, title: string, want: Want, ...hops: readonly Call[]): Row => ({
  ...row(title, want, ...hops),
  only,
});
export const wanted = ({ want }: Row, { tenants }: Mode): Answer => (typeof want === 'string' ? want : want[tenants]);
