/** One thing wrong in the cluster, and what preflight says of it. */
import type { Values } from '../../generator/values/maps.ts';
import type { ClusterObject } from '../support/cluster-answers.ts';
import { certificates } from './fake.ts';
import { csv, namespace, object, wildcardSecret } from './healthy.ts';
import { withObjects, without } from './run.ts';

export interface Row {
  readonly name: string;
  readonly check: string;
  readonly spoil?: (healthy: readonly ClusterObject[]) => ClusterObject[] | Promise<ClusterObject[]>;
  readonly values?: Values;
  readonly version?: string;
  /** `what; what to do`, in order; none for a thing that is not wrong. */
  readonly want: readonly string[];
}
const add =
  (...changed: readonly ClusterObject[]) =>
  (all: readonly ClusterObject[]) =>
    withObjects(all, ...changed);
const remove = (kind: string, name?: string) => (all: readonly ClusterObject[]) => without(all, kind, name);

const gateway = (name: string, place: string, server: object) =>
  object('networking.istio.io/v1beta1/Gateway', name, place, { spec: { servers: [server] } });
const any443 = { port: { number: 443 }, hosts: ['*'] };
const conflict = (where: string) =>
  `Gateway ${where} of the same mesh already serves host * on port 443; narrow its hosts or gateway.hosts, or give Serverless a mesh of its own`;

const existing = { mesh: { members: ['shop'], controlPlane: { create: false }, memberRoll: { create: false } } };
const controlPlane = (name: string, spec: object = {}) =>
  object('maistra.io/v2/ServiceMeshControlPlane', name, 'istio-system', { spec });
const right = {
  security: { dataPlane: { mtls: true } },
  techPreview: { meshConfig: { defaultConfig: { terminationDrainDuration: '1m' } } },
  gateways: { ingress: { service: { metadata: { labels: { knative: 'ingressgateway' } } } } },
  proxy: { networking: { trafficControl: { inbound: { excludedPorts: [8022, 8444, 9090] } } } },
};
const title = 'ServiceMeshControlPlane istio-system/basic: spec';
const roll = (members: string[], place = 'istio-system') =>
  object('maistra.io/v1/ServiceMeshMemberRoll', 'default', place, { spec: { members } });
const webhook = (failurePolicy: string) =>
  object('admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration', 'istiod-old', undefined, {
    webhooks: [
      {
        failurePolicy,
        clientConfig: { service: { namespace: 'old-mesh', name: 'istiod' } },
        rules: [{ apiGroups: ['networking.istio.io'] }],
      },
    ],
  });
const slice = (ready: boolean) =>
  object('discovery.k8s.io/v1/EndpointSlice', 'istiod-1', 'old-mesh', {
    metadata: { labels: { 'kubernetes.io/service-name': 'istiod' } },
    endpoints: [{ conditions: { ready } }],
  });
const deadHook =
  'ValidatingWebhookConfiguration istiod-old asks Service old-mesh/istiod, behind which nothing answers; start what serves it; if it was uninstalled, oc delete validatingwebhookconfiguration istiod-old';
const serving = (place: string, name: string, istio: object = {}) =>
  object('operator.knative.dev/v1beta1/KnativeServing', name, place, { spec: { config: { istio } } });

export const rows: readonly Row[] = [
  {
    name: 'an API server that is too old',
    check: 'kubernetes',
    version: '1.23',
    want: ['the API server is v1.23.0, and the chart needs 1.24.0 or later; upgrade the cluster'],
  },
  {
    name: 'an OpenShift that the release does not support',
    check: 'openshift',
    spoil: add(
      object('config.openshift.io/v1/ClusterVersion', 'version', undefined, {
        status: { desired: { version: '4.13.1' } },
      }),
    ),
    want: [
      'Serverless v1.37 is for OpenShift 4.14 to 4.22, and this is 4.13; choose a release that fits: the README has the table',
    ],
  },
  {
    name: 'no operator of Serverless',
    check: 'serverless-operator',
    spoil: remove('ClusterServiceVersion', 'serverless-operator.v1.37.2'),
    want: [
      'no operator of OpenShift Serverless is installed in openshift-serverless; install OpenShift Serverless from OperatorHub first',
    ],
  },
  {
    name: 'an operator of another release',
    check: 'serverless-operator',
    values: { serverless: { release: 'v1.36' } },
    want: [
      'serverless.release is v1.36, but serverless-operator.v1.37.2 is installed; set serverless.release to v1.37',
    ],
  },
  {
    name: 'an operator that failed',
    check: 'serverless-operator',
    spoil: add(csv('serverless-operator.v1.37.2', 'openshift-serverless', 'Failed')),
    want: [
      'serverless-operator.v1.37.2 is Failed; wait, or see oc describe csv -n openshift-serverless serverless-operator.v1.37.2',
    ],
  },
  {
    name: 'while OLM replaces it within the release, the one that works counts',
    check: 'serverless-operator',
    spoil: add(csv('serverless-operator.v1.37.3', 'openshift-serverless', 'Installing')),
    want: [],
  },
  {
    name: 'an upgrade to another release is under way',
    check: 'serverless-operator',
    spoil: add(
      object('operators.coreos.com/v1alpha1/Subscription', 'serverless-operator', 'openshift-serverless', {
        status: { installedCSV: 'serverless-operator.v1.37.2', currentCSV: 'serverless-operator.v1.38.0' },
      }),
    ),
    want: [
      'Subscription serverless-operator is about to install serverless-operator.v1.38.0, but serverless.release is v1.37; approve only what fits, or set serverless.release to v1.38 once it is installed',
    ],
  },
  {
    name: 'no operator of Service Mesh 2, but one of Service Mesh 3',
    check: 'mesh-operator',
    spoil: all =>
      withObjects(
        remove('ClusterServiceVersion', 'servicemeshoperator.v2.6.11')(all),
        csv('servicemeshoperator3.v3.3.1', 'openshift-operators'),
      ),
    want: [
      'no operator of OpenShift Service Mesh 2 is installed in openshift-operators; install OpenShift Service Mesh 2 (servicemeshoperator) from OperatorHub first',
    ],
  },
  {
    name: 'an operator older than the control plane',
    check: 'mesh-operator',
    spoil: all =>
      withObjects(
        remove('ClusterServiceVersion', 'servicemeshoperator.v2.6.11')(all),
        csv('servicemeshoperator.v2.4.0', 'openshift-operators'),
      ),
    values: { mesh: { controlPlane: { version: 'v2.6' } } },
    want: [
      'mesh.controlPlane.version is v2.6, which servicemeshoperator.v2.4.0 does not know yet; upgrade the operator, or set mesh.controlPlane.version to v2.4',
    ],
  },
  { name: 'a webhook behind which nothing is', check: 'webhooks', spoil: add(webhook('Fail')), want: [deadHook] },
  {
    name: 'a webhook whose only endpoint is not ready',
    check: 'webhooks',
    spoil: add(webhook('Fail'), slice(false)),
    want: [deadHook],
  },
  { name: 'a webhook that answers', check: 'webhooks', spoil: add(webhook('Fail'), slice(true)), want: [] },
  { name: 'a webhook that fails open', check: 'webhooks', spoil: add(webhook('Ignore')), want: [] },
  {
    name: 'a Gateway in the namespace of the mesh',
    check: 'gateway-conflict',
    spoil: add(gateway('other', 'istio-system', any443)),
    want: [conflict('istio-system/other')],
  },
  {
    name: 'a Gateway in a member',
    check: 'gateway-conflict',
    spoil: add(gateway('other', 'shop', { ...any443, hosts: ['shop/*'] })),
    want: [conflict('shop/other')],
  },
  {
    name: 'a Gateway in a namespace that is in the mesh by its label',
    check: 'gateway-conflict',
    spoil: add(namespace('old', { 'maistra.io/member-of': 'istio-system' }), gateway('other', 'old', any443)),
    want: [conflict('old/other')],
  },
  {
    name: 'Gateways of another mesh, of Serverless, on another port, for one host',
    check: 'gateway-conflict',
    spoil: add(
      namespace('far', { 'maistra.io/member-of': 'far-mesh' }),
      gateway('other', 'far', any443),
      gateway('knative-ingress-gateway', 'knative-serving', any443),
      gateway('port', 'shop', { ...any443, port: { number: 8443 } }),
      gateway('host', 'shop', { ...any443, hosts: ['*.example.com'] }),
    ),
    want: [],
  },
  {
    name: 'an exposed gateway',
    check: 'exposed-gateway',
    spoil: add(object('v1/Service', 'istio-ingressgateway', 'istio-system', { spec: { type: 'LoadBalancer' } })),
    want: [
      'Service istio-system/istio-ingressgateway is of type LoadBalancer, which is not supported with Serverless; make it ClusterIP in the ServiceMeshControlPlane (spec.gateways.ingress.service.type)',
    ],
  },
  {
    name: 'a second control plane',
    check: 'control-plane',
    spoil: add(controlPlane('theirs')),
    want: [
      'istio-system already has ServiceMeshControlPlane theirs, and may have one only; set mesh.controlPlane.create to false and mesh.controlPlane.name to theirs, or choose another mesh.namespace',
    ],
  },
  {
    name: 'an existing control plane that does not exist',
    check: 'control-plane',
    values: existing,
    want: [
      'mesh.controlPlane.create is false, but istio-system has no ServiceMeshControlPlane basic; name the existing one in mesh.namespace and mesh.controlPlane.name, or set mesh.controlPlane.create to true',
    ],
  },
  {
    name: 'an existing control plane of any name with more than enough',
    check: 'control-plane',
    values: existing,
    spoil: add(controlPlane('theirs', right)),
    want: [],
  },
  {
    name: 'an existing control plane with nothing set',
    check: 'control-plane',
    values: existing,
    spoil: add(controlPlane('basic')),
    want: [
      `${title}.security.dataPlane.mtls is not set; set it to true`,
      `${title}.techPreview.meshConfig.defaultConfig.terminationDrainDuration is not set; set it to 35s`,
      `${title}.gateways.ingress.service.metadata.labels.knative is not set; set it to ingressgateway`,
      `${title}.proxy.networking.trafficControl.inbound.excludedPorts lacks 8444, 8022; add 8444 and 8022 to the list`,
    ],
  },
  {
    name: 'an existing control plane that makes no NetworkPolicies, and drains too early',
    check: 'control-plane',
    values: existing,
    spoil: add(
      controlPlane('basic', {
        ...right,
        security: { dataPlane: { mtls: true }, manageNetworkPolicy: false },
        techPreview: { meshConfig: { defaultConfig: { terminationDrainDuration: '5s' } } },
      }),
    ),
    want: [
      `${title}.security.manageNetworkPolicy is false; set it to true`,
      `${title}.techPreview.meshConfig.defaultConfig.terminationDrainDuration is 5s; set it to 35s`,
    ],
  },
  {
    name: 'with Kourier, an existing control plane may be any',
    check: 'control-plane',
    values: { ...existing, serving: { ingress: 'kourier' }, kafka: { enabled: false } },
    spoil: add(controlPlane('basic')),
    want: [],
  },
  {
    name: 'Red Hat OpenShift Service on AWS',
    check: 'identity',
    spoil: add(
      object('config.openshift.io/v1/Infrastructure', 'cluster', undefined, {
        status: { platformStatus: { aws: { resourceTags: [{ key: 'red-hat-clustertype', value: 'rosa' }] } } },
      }),
    ),
    want: [
      'this is Red Hat OpenShift Service on AWS, whose tokens are not those of Kubernetes; set mesh.controlPlane.identity to ThirdParty',
    ],
  },
  {
    name: 'an existing member roll that is absent',
    check: 'member-roll',
    values: existing,
    want: [
      'mesh.memberRoll.create is false, but istio-system has no ServiceMeshMemberRoll default; set mesh.memberRoll.create to true, or ask the owner of the mesh for one',
    ],
  },
  {
    name: 'an existing member roll that lacks some',
    check: 'member-roll',
    values: existing,
    spoil: add(roll(['knative-eventing'])),
    want: [
      'ServiceMeshMemberRoll istio-system/default does not list knative-serving, shop; add what is missing to spec.members, or set mesh.serviceMeshMembers.create to true',
    ],
  },
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
    name: 'another domain',
    check: 'apps-domain',
    values: { cluster: { appsDomain: 'apps.example.com' } },
    want: [
      'cluster.appsDomain is apps.example.com, and the cluster has cluster.test; set cluster.appsDomain to cluster.test, or check that this is the cluster you mean',
    ],
  },
  {
    name: 'no Secret',
    check: 'certificate',
    spoil: remove('Secret'),
    want: [
      'Secret istio-system/wildcard-certs does not exist, so the ingress gateway has no certificate; oc create secret tls wildcard-certs -n istio-system --cert=wildcard.crt --key=wildcard.key',
    ],
  },
  {
    name: 'no Secret, and no namespace either',
    check: 'certificate',
    spoil: all => without(without(all, 'Secret'), 'Namespace', 'istio-system'),
    want: [
      'Secret istio-system/wildcard-certs does not exist, so the ingress gateway has no certificate; oc create namespace istio-system && oc create secret tls wildcard-certs -n istio-system --cert=wildcard.crt --key=wildcard.key',
    ],
  },
  {
    name: 'a Secret of another type, whose chain is in the wrong order, with the key of another',
    check: 'certificate',
    spoil: async all => {
      const { root, wildcard } = await certificates();
      return withObjects(all, await wildcardSecret({ type: 'Opaque', crt: root.certificate + wildcard.certificate }));
    },
    want: [
      'Secret istio-system/wildcard-certs is of type Opaque, and must be kubernetes.io/tls; create the Secret again with oc create secret tls, from a certificate in PEM and its key',
      'the key in Secret istio-system/wildcard-certs is not that of its certificate; create the Secret again with oc create secret tls, from a certificate in PEM and its key',
      'the certificate in Secret istio-system/wildcard-certs has no subject alternative name *.cluster.test; get one that has, for example from serverless-mesh certificates --apps-domain cluster.test',
      'certificate 2 in Secret istio-system/wildcard-certs did not issue the one before it; put the certificate of the server first in tls.crt, then each with the one that issued it',
    ],
  },
  {
    name: 'a Secret without a certificate',
    check: 'certificate',
    spoil: async all => withObjects(all, await wildcardSecret({ crt: 'nonsense' })),
    want: [
      'Secret istio-system/wildcard-certs holds no certificate in tls.crt that can be read; create the Secret again with oc create secret tls, from a certificate in PEM and its key',
    ],
  },
  {
    name: 'a bootstrap server whose Service is absent',
    check: 'kafka',
    spoil: remove('Service', 'my-cluster-kafka-bootstrap'),
    want: [
      'my-cluster-kafka-bootstrap.kafka:9092: there is no Service kafka/my-cluster-kafka-bootstrap; correct kafka.bootstrapServers, or install Kafka',
    ],
  },
  {
    name: 'a bootstrap server whose Service has another port',
    check: 'kafka',
    values: { kafka: { bootstrapServers: ['my-cluster-kafka-bootstrap.kafka.svc.cluster.local:9093'] } },
    want: [
      'my-cluster-kafka-bootstrap.kafka.svc.cluster.local:9093: Service kafka/my-cluster-kafka-bootstrap has no port 9093; write one of its ports in kafka.bootstrapServers',
    ],
  },
  {
    name: 'a bootstrap server outside',
    check: 'kafka',
    values: { kafka: { bootstrapServers: ['kafka.example.com:9092'] } },
    want: [],
  },
];
