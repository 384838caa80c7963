/**
 * Rows of filters.test.ts: what Envoy gets of the base set (serverless-operator
 * hack/lib/mesh_resources/authorization-policies/setup) and of a tenant (knative-istio-authz-chart templates). Written by
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

export interface Scenario {
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

export const inOrders = { pod: 'shop-7c9', namespace: 'orders-a', labels: { 'serving.knative.dev/service': 'shop' } };
export const activator = {
  pod: 'activator-5d8',
  namespace: 'knative-serving',
  labels: { app: 'activator', 'app.kubernetes.io/component': 'activator' },
};
export const autoscaler = {
  pod: 'autoscaler-5d8',
  namespace: 'knative-serving',
  labels: { app: 'autoscaler', 'app.kubernetes.io/component': 'autoscaler' },
};
export const eventing = (component: string) => ({
  pod: `${component}-0`,
  namespace: 'knative-eventing',
  labels: { 'app.kubernetes.io/component': component },
});
export const gateway = {
  pod: 'knative-istio-ingressgateway-6f4',
  namespace: 'knative-serving-ingress',
  labels: { knative: 'ingressgateway' },
};

export const nobody = 'deny-all-by-default 0: nobody -> nobody';
export const deny = 'deny-all-by-default 0';

/** The same pod in the base set; what a tenant adds to it. */
export function and(
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

export const list = '(principal ~.*/ns/orders-a/.* or principal ~.*/ns/orders-b/.*)';
export const listed = '(header Kn-Namespace =orders-a or header Kn-Namespace =orders-b)';
export const listedPaths = '(path /orders-a/* or path /orders-b/*)';
/** The whole prefix, dash included, and then a name: not `ordersx`. */
export const prefix = 'principal ~.*/ns/orders-.*/.*';
export const prefixed = 'header Kn-Namespace orders-*';

export const drain = 'allow-orders 2: any -> port 8022';
/** The delivery of events is told apart by a header, which only requests have. */
export const ownConnections = ['allow-orders 0', 'allow-orders 1', 'allow-orders 2'];
