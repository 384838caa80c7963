/** Preflight with Service Mesh 3: namespaces, and what Service Mesh 2 left. */
import { namespace, object } from './healthy.ts';
import { gateway, ingress, route3 } from './healthy-v3.ts';
import { add, type Row, remove } from './rows.ts';

const other = { mesh: { controlPlane: { name: 'apps' } } };
const roll = (members: string[], place = 'old-mesh') =>
  object('maistra.io/v1/ServiceMeshMemberRoll', 'default', place, { status: { configuredMembers: members } });
const ignored = { 'maistra.io/ignore-namespace': 'true' };
const both = (name: string, by: string) =>
  `namespace ${name} is in Service Mesh 2, by ${by}: both generations would inject its pods; take it out there, or oc label namespace ${name} maistra.io/ignore-namespace=true`;
const revised = (kind: string, fields: object) => object(`sailoperator.io/v1/${kind}`, 'stable', undefined, fields);
const config = (address: string) =>
  object('v1/ConfigMap', 'config-istio', 'knative-serving', {
    data: { 'gateway.knative-serving.knative-ingress-gateway': address },
  });
const stale =
  'Routes of Knative in istio-system keep their hosts, so that those in knative-serving-ingress are not admitted: route-1 (hello-shop.cluster.test)';
const remove1 = 'oc delete route -n istio-system -l serving.knative.openshift.io/ingressName';

export const memberRows3: readonly Row[] = [
  {
    name: 'members and Kafka clients that do not exist',
    check: 'member-namespaces',
    values: { kafka: { consumerNamespaces: ['jobs'] } },
    spoil: remove('Namespace', 'billing'),
    want: [
      'namespace jobs of kafka.consumerNamespaces does not exist; oc create namespace jobs',
      'namespace billing of mesh.members does not exist; oc create namespace billing',
    ],
  },
  {
    name: 'namespaces that are in Service Mesh 2, too',
    check: 'other-mesh',
    spoil: add(
      roll(['shop']),
      roll(['knative-serving'], 'istio-system'),
      namespace('knative-eventing', { 'maistra.io/member-of': 'old-mesh' }),
      object('maistra.io/v1/ServiceMeshMember', 'default', ingress, {
        spec: { controlPlaneRef: { namespace: 'old-mesh' } },
      }),
    ),
    want: [
      both('knative-serving', 'the member roll of istio-system'),
      both('knative-eventing', 'the mesh of old-mesh'),
      both(ingress, 'its ServiceMeshMember default in the mesh of old-mesh'),
      both('shop', 'the member roll of old-mesh'),
    ],
  },
  {
    name: 'namespaces that Service Mesh 2 is told to leave alone, and others of its own',
    check: 'other-mesh',
    spoil: add(
      roll(['shop', 'elsewhere']),
      object('maistra.io/v1/ServiceMeshMember', 'default', 'elsewhere', {
        spec: { controlPlaneRef: { namespace: 'old-mesh' } },
      }),
      namespace('shop', ignored),
      namespace('knative-serving', { ...ignored, 'maistra.io/member-of': 'old-mesh' }),
    ),
    want: [],
  },
  {
    name: 'namespaces that Istio leaves out, or of which it would inject too much, or another one would',
    check: 'injection-labels',
    spoil: add(
      namespace('knative-serving', { 'istio-injection': 'enabled' }),
      namespace('knative-eventing', { 'istio.io/rev': 'default' }),
      namespace(ingress, { 'istio-injection': 'disabled' }),
      namespace('shop', { 'istio.io/rev': 'other' }),
      namespace('billing', { 'istio-injection': 'enabled' }),
    ),
    want: [
      ...['knative-serving', 'knative-eventing'].map(
        name =>
          `namespace ${name} is labelled for injection, also of its pods that talk to the API server; oc label namespace ${name} istio-injection- istio.io/rev-`,
      ),
      'namespace knative-serving-ingress has the label istio-injection=disabled; oc label namespace knative-serving-ingress istio-injection-',
      'namespace shop has the label istio.io/rev=other, which gives its pods to another Istio than default; oc label namespace shop istio.io/rev-',
    ],
  },
  {
    name: 'with an Istio of another name, the label of the default one gives its pods to that',
    check: 'injection-labels',
    values: other,
    spoil: add(namespace('shop', { 'istio-injection': 'enabled' }), namespace('billing', { 'istio.io/rev': 'apps' })),
    want: [
      'namespace shop has the label istio-injection=enabled, which gives its pods to the default Istio and not to apps; oc label namespace shop istio-injection-',
    ],
  },
  {
    name: 'a tag for our Istio',
    check: 'injection-labels',
    spoil: add(
      namespace('shop', { 'istio.io/rev': 'stable' }),
      revised('IstioRevisionTag', { spec: { targetRef: { kind: 'Istio', name: 'default' } } }),
    ),
    want: [],
  },
  {
    name: 'a revision of our Istio',
    check: 'injection-labels',
    spoil: add(
      namespace('shop', { 'istio.io/rev': 'stable' }),
      revised('IstioRevision', { metadata: { ownerReferences: [{ kind: 'Istio', name: 'default' }] } }),
    ),
    want: [],
  },
  {
    name: 'a control plane and a member roll of Service Mesh 2',
    check: 'service-mesh-2',
    spoil: add(roll([], 'istio-system'), object('maistra.io/v2/ServiceMeshControlPlane', 'basic', 'istio-system')),
    want: ['ServiceMeshMemberRoll', 'ServiceMeshControlPlane'].map(kind => {
      const name = kind === 'ServiceMeshMemberRoll' ? 'default' : 'basic';
      return `${kind} istio-system/${name} of Service Mesh 2 is still there; when nothing uses it any more, oc delete -n istio-system ${kind.toLowerCase()} ${name}; to move, follow serverless-mesh migrate-plan`;
    }),
  },
  {
    name: 'a mesh of Service Mesh 2 elsewhere',
    check: 'service-mesh-2',
    spoil: add(roll([]), object('maistra.io/v2/ServiceMeshControlPlane', 'basic', 'old-mesh')),
    want: [],
  },
  {
    name: 'routes of a mesh that Knative still uses: they go when it has moved',
    check: 'stale-routes',
    spoil: add(route3('istio-system'), config('istio-ingressgateway.istio-system.svc.cluster.local')),
    want: [
      `${stale}; once config-istio in knative-serving names knative-serving-ingress, which helm upgrade does: ${remove1}`,
    ],
  },
  {
    name: 'routes of a mesh that Knative uses no more, many of them',
    check: 'stale-routes',
    spoil: add(
      ...[1, 2, 3, 4, 5, 6, 7].map(n => {
        const { metadata, ...rest } = route3('istio-system');
        return { ...rest, metadata: { ...metadata, name: `route-${n}` } };
      }),
      config(`${gateway}.${ingress}.svc.cluster.local`),
    ),
    want: [
      `${stale}, ${[2, 3, 4, 5].map(n => `route-${n} (hello-shop.cluster.test)`).join(', ')} and 2 more; ${remove1}`,
    ],
  },
  {
    name: 'routes of others, and those in their place',
    check: 'stale-routes',
    spoil: add(
      route3(ingress),
      object('route.openshift.io/v1/Route', 'console', 'openshift-console', { spec: { host: 'console.cluster.test' } }),
    ),
    want: [],
  },
];
