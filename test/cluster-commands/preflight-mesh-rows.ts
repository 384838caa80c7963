/** Preflight: the mesh that is there. */
import { namespace, object } from './healthy.ts';
import { add, type Row } from './rows.ts';

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

export const meshRows: readonly Row[] = [
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
    name: 'an existing control plane with another trust domain than the values',
    check: 'control-plane',
    values: { mesh: { ...existing.mesh, trustDomain: 'mesh.example' } },
    spoil: add(
      controlPlane('basic', { ...right, security: { ...right.security, trust: { domain: 'other.example' } } }),
    ),
    want: [`${title}.security.trust.domain is other.example; set it to mesh.example`],
  },
  {
    name: 'an existing control plane with a trust domain, which policies call cluster.local',
    check: 'control-plane',
    values: existing,
    spoil: add(
      controlPlane('basic', { ...right, security: { ...right.security, trust: { domain: 'other.example' } } }),
    ),
    want: [],
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
];
