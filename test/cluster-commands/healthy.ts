/** Clusters in which everything is as it should be; each test spoils one thing. */
import { planFor } from '../../generator/checks/plan.ts';
import { defaults } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import type { Values as Given } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import type { Values } from '../../values-schema/index.ts';
import type { ClusterObject } from '../support/cluster-answers.ts';
import { certificates } from './fake.ts';

export const appsDomain = 'cluster.test';
export const values: Given = {
  cluster: { appsDomain },
  mesh: { members: ['shop'] },
  kafka: { enabled: true, bootstrapServers: ['my-cluster-kafka-bootstrap.kafka:9092'] },
};
export const release = { name: 'serverless-mesh', namespace: 'default' };
export const planOf = (given: Given = values) =>
  planFor(mergeValues(defaults(serverlessMesh.values as Schema) as Given, given) as unknown as Values, release);

/** A kind that the cluster serves, though it has no such object. */
export const servedKinds = [
  ...['operators.coreos.com/v1alpha1/ClusterServiceVersion', 'operators.coreos.com/v1alpha1/Subscription'],
  ...[
    'maistra.io/v2/ServiceMeshControlPlane',
    'maistra.io/v1/ServiceMeshMemberRoll',
    'maistra.io/v1/ServiceMeshMember',
  ],
  ...['networking.istio.io/v1beta1/Gateway', 'networking.istio.io/v1beta1/ServiceEntry'],
  ...['networking.istio.io/v1beta1/DestinationRule', 'security.istio.io/v1beta1/PeerAuthentication'],
  ...['operator.knative.dev/v1beta1/KnativeServing', 'operator.knative.dev/v1beta1/KnativeEventing'],
  ...['operator.serverless.openshift.io/v1alpha1/KnativeKafka', 'serving.knative.dev/v1/Service'],
  ...['route.openshift.io/v1/Route', 'discovery.k8s.io/v1/EndpointSlice', 'apps/v1/StatefulSet'],
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration',
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration',
];

export function object(kind: string, name: string, namespace?: string, fields: object = {}): ClusterObject {
  const slash = kind.lastIndexOf('/');
  const { metadata = {}, ...rest } = fields as { metadata?: object };
  return {
    apiVersion: kind.slice(0, slash),
    kind: kind.slice(slash + 1),
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...metadata },
    ...rest,
  };
}

export const csv = (name: string, namespace: string, phase = 'Succeeded') =>
  object('operators.coreos.com/v1alpha1/ClusterServiceVersion', name, namespace, {
    spec: { version: name.replace(/^[^.]*\.v/, '') },
    status: { phase },
  });
export const namespace = (name: string, labels: object = {}) =>
  object('v1/Namespace', name, undefined, { metadata: { labels } });

/** The Secret of the ingress gateway, with what a test puts in place of its texts. */
export async function wildcardSecret(
  texts: { readonly crt?: string; readonly key?: string; readonly type?: string } = {},
  place = 'istio-system',
  name = 'wildcard-certs',
) {
  const { root, wildcard } = await certificates();
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return object('v1/Secret', name, place, {
    type: texts.type ?? 'kubernetes.io/tls',
    data: {
      'tls.crt': base64(texts.crt ?? wildcard.certificate + root.certificate),
      'tls.key': base64(texts.key ?? wildcard.privateKey),
    },
  });
}

/** What a cluster has whatever its mesh is. */
export const platform: readonly ClusterObject[] = [
  namespace('istio-system'),
  namespace('shop'),
  namespace('kafka'),
  namespace('knative-serving'),
  namespace('knative-eventing'),
  csv('serverless-operator.v1.37.2', 'openshift-serverless'),
  object('operators.coreos.com/v1alpha1/Subscription', 'serverless-operator', 'openshift-serverless', {
    status: { installedCSV: 'serverless-operator.v1.37.2', currentCSV: 'serverless-operator.v1.37.2' },
  }),
  object('config.openshift.io/v1/ClusterVersion', 'version', undefined, {
    status: { desired: { version: '4.18.9' } },
  }),
  object('config.openshift.io/v1/Infrastructure', 'cluster', undefined, { status: {} }),
  object('config.openshift.io/v1/Ingress', 'cluster', undefined, { spec: { domain: appsDomain } }),
  object('v1/Service', 'my-cluster-kafka-bootstrap', 'kafka', { spec: { ports: [{ port: 9092 }] } }),
];
export async function beforeInstall(): Promise<ClusterObject[]> {
  return [...platform, csv('servicemeshoperator.v2.6.11', 'openshift-operators'), await wildcardSecret()];
}

export const ready = (...types: string[]) => ({
  conditions: (types.length > 0 ? types : ['Ready']).map(type => ({ type, status: 'True' })),
});
export const deployment = (name: string, place: string) =>
  object('apps/v1/Deployment', name, place, { spec: { replicas: 1 }, status: ready('Available') });
/** A pod of a Deployment. */
export const pod = (workload: string, place: string, containers: readonly string[], fields: object = {}) =>
  object('v1/Pod', `${workload}-5d9c-x`, place, {
    metadata: {
      labels: workload === 'istio-ingressgateway' ? { istio: 'ingressgateway', knative: 'ingressgateway' } : {},
      ownerReferences: [{ kind: 'ReplicaSet', name: `${workload}-5d9c` }],
    },
    spec: { containers: containers.map(name => ({ name })) },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    ...fields,
  });
export const slice = (service: string, place: string, isReady = true) =>
  object('discovery.k8s.io/v1/EndpointSlice', `${service}-1`, place, {
    metadata: { labels: { 'kubernetes.io/service-name': service } },
    endpoints: [{ conditions: { ready: isReady } }],
  });
export const route = (fields: object = {}, admitted = 'True') =>
  object('route.openshift.io/v1/Route', 'route-1', 'istio-system', {
    metadata: { labels: { 'serving.knative.openshift.io/ingressName': 'hello' } },
    spec: {
      host: 'hello-shop.cluster.test',
      to: { name: 'istio-ingressgateway' },
      port: { targetPort: 'https' },
      tls: { termination: 'passthrough' },
      ...fields,
    },
    status: { ingress: [{ conditions: [{ type: 'Admitted', status: admitted, reason: 'HostAlreadyClaimed' }] }] },
  });

const statuses: Readonly<Record<string, object>> = {
  ServiceMeshControlPlane: { ...ready(), readiness: { components: { pending: [], unready: [], ready: ['istiod'] } } },
  ServiceMeshMemberRoll: {
    ...ready(),
    configuredMembers: ['knative-serving', 'knative-eventing', 'shop'],
    pendingMembers: [],
  },
  KnativeServing: { ...ready(), version: '1.17.6' },
  KnativeEventing: { ...ready(), version: '1.17.6' },
  KnativeKafka: { ...ready(), version: '1.17.2' },
};

/** The release, with what its operators say of it and make of it: also in the namespaces of Knative. */
export function installed(given: Given, more: Readonly<Record<string, object>> = {}): ClusterObject[] {
  const plan = planOf(given);
  const release = plan.objects.map(o => {
    const status = { ...statuses, ...more }[o.kind as string];
    return { ...o, ...(status === undefined ? {} : { status }) } as unknown as ClusterObject;
  });
  const configs = ['KnativeServing', 'KnativeEventing'].flatMap(kind => {
    const found = plan.objects.find(o => o.kind === kind) as { spec?: { config?: Record<string, object> } } | undefined;
    const place = kind === 'KnativeServing' ? 'knative-serving' : 'knative-eventing';
    return Object.entries(found?.spec?.config ?? {}).map(([name, data]) =>
      object('v1/ConfigMap', `config-${name}`, place, { data: { _example: 'text', ...data } }),
    );
  });
  return [
    ...release,
    ...configs,
    deployment('eventing-istio-controller', 'knative-eventing'),
    pod('activator', 'knative-serving', ['activator', 'istio-proxy']),
    pod('autoscaler', 'knative-serving', ['autoscaler', 'istio-proxy']),
    pod('controller', 'knative-serving', ['controller']),
    pod('imc-dispatcher', 'knative-eventing', ['dispatcher', 'istio-proxy']),
    pod('imc-controller', 'knative-eventing', ['controller']),
  ];
}

/** What the operators make, and what the release is. */
export async function afterInstall(given: Given = values): Promise<ClusterObject[]> {
  const gateway = object('v1/Service', 'istio-ingressgateway', 'istio-system', {
    spec: { type: 'ClusterIP', ports: ['status-port', 'http2', 'https'].map(name => ({ name })) },
  });
  return [
    ...(await beforeInstall()).filter(o => o.metadata.name !== 'istio-system'),
    ...installed(given),
    gateway,
    slice('istio-ingressgateway', 'istio-system'),
    slice('knative-local-gateway', 'istio-system'),
    deployment('istio-ingressgateway', 'istio-system'),
    pod('istio-ingressgateway', 'istio-system', ['istio-proxy']),
    route(),
    object('security.istio.io/v1beta1/PeerAuthentication', 'default', 'istio-system', {
      spec: { mtls: { mode: 'STRICT' } },
    }),
  ];
}
