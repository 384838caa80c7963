/** Preflight: namespaces, and Knative that is there already. */
import { namespace, object } from './healthy.ts';
import { add, type Row, remove } from './rows.ts';

const roll = (members: string[], place = 'istio-system') =>
  object('maistra.io/v1/ServiceMeshMemberRoll', 'default', place, { spec: { members } });
const serving = (place: string, name: string, istio: object = {}) =>
  object('operator.knative.dev/v1beta1/KnativeServing', name, place, { spec: { config: { istio } } });

const role = (name: string, fields: object) =>
  object('rbac.authorization.k8s.io/v1/ClusterRole', name, undefined, fields);
const inTheWay = (name: string) =>
  `ClusterRole ${name} has no rules, and keeps KnativeServing from being ready (.rules accessor error); oc delete clusterrole ${name}`;

export const memberRows: readonly Row[] = [
  {
    name: 'a member that does not exist',
    check: 'member-namespaces',
    spoil: remove('Namespace', 'shop'),
    want: ['namespace shop of mesh.members does not exist; oc create namespace shop'],
  },
  {
    name: 'members that another roll, a ServiceMeshMember or a label claims',
    check: 'other-mesh',
    spoil: add(
      roll(['shop'], 'far-mesh'),
      object('maistra.io/v1/ServiceMeshMember', 'default', 'knative-serving', {
        spec: { controlPlaneRef: { namespace: 'far-mesh' } },
      }),
      namespace('knative-eventing', { 'maistra.io/member-of': 'far-mesh' }),
    ),
    want: [
      'namespace knative-serving is claimed by its ServiceMeshMember default in the mesh of far-mesh; take it out there first, or leave it out here',
      'namespace knative-eventing is a member of the mesh of far-mesh; take it out there first, or leave it out here',
      'namespace shop is claimed by the member roll of far-mesh; take it out there first, or leave it out here',
    ],
  },
  {
    name: 'a member that Service Mesh 3 has',
    check: 'other-mesh',
    spoil: add(namespace('shop', { 'istio.io/rev': 'default' })),
    want: [
      'namespace shop is labelled for Service Mesh 3 (default); oc label namespace shop istio.io/rev- istio-injection-, or leave it out of mesh.members',
    ],
  },
  {
    name: 'another Knative Serving',
    check: 'other-knative',
    spoil: add(serving('elsewhere', 'mine')),
    want: [
      'KnativeServing elsewhere/mine exists, and there may only be knative-serving/knative-serving; oc delete knativeserving -n elsewhere mine, and wait until it is gone',
    ],
  },
  {
    name: 'a Knative Serving of another mesh',
    check: 'other-knative',
    spoil: add(
      serving('knative-serving', 'knative-serving', {
        'gateway.knative-serving.knative-ingress-gateway': 'istio-ingressgateway.far-mesh.svc.cluster.local',
      }),
    ),
    want: [
      'Knative Serving belongs to the mesh of far-mesh (spec.config.istio), and mesh.namespace is istio-system; set mesh.namespace to far-mesh; to move, uninstall and install again',
    ],
  },
  {
    name: 'a Knative Serving of Service Mesh 3',
    check: 'other-knative',
    spoil: add(
      serving('knative-serving', 'knative-serving', {
        'gateway.knative-serving.knative-ingress-gateway':
          'knative-istio-ingressgateway.knative-serving-ingress.svc.cluster.local',
      }),
    ),
    want: [
      'Knative Serving belongs to the mesh of Service Mesh 3 (spec.config.istio), and mesh.generation is v2; set mesh.generation to v3; to move, uninstall and install again',
    ],
  },
  {
    name: 'Kafka clients in a namespace that does not exist',
    check: 'member-namespaces',
    values: { kafka: { consumerNamespaces: ['shop', 'jobs'] } },
    want: ['namespace jobs of kafka.consumerNamespaces does not exist; oc create namespace jobs'],
  },
  {
    name: 'empty ClusterRoles of a former Knative Serving',
    check: 'left-roles',
    spoil: add(
      role('knative-serving-aggregated-addressable-resolver', { rules: null }),
      role('knative-serving-admin', { rules: [] }),
    ),
    want: [inTheWay('knative-serving-aggregated-addressable-resolver'), inTheWay('knative-serving-admin')],
  },
  {
    name: "ClusterRoles of a Knative that runs, and an empty one of Eventing, which is in nobody's way",
    check: 'left-roles',
    spoil: add(
      role('knative-serving-aggregated-addressable-resolver', { rules: [{ verbs: ['get'] }] }),
      role('addressable-resolver', { rules: null }),
    ),
    want: [],
  },
];
