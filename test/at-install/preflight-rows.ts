/** Clusters, and what the chart says to them at install. */
import type { Values } from '../../generator/values/maps.ts';
import { release } from '../chart/cases.ts';
import type { ClusterContent, ClusterObject } from '../support/cluster-answers.ts';

export interface PreflightRow {
  readonly name: string;
  readonly cluster: ClusterContent;
  readonly values?: Values;
  /** API groups that the cluster lacks. */
  readonly lacks?: readonly string[];
  /** The whole sentence; absent where nothing is refused. */
  readonly refusal?: string;
}

const istio = 'networking.istio.io/v1beta1';
const server = (port: number, ...hosts: string[]) => ({ port: { number: port, name: 'x', protocol: 'HTTPS' }, hosts });
const gateway = (namespace: string, ...servers: object[]): ClusterObject => ({
  apiVersion: istio,
  kind: 'Gateway',
  metadata: { name: 'shared', namespace },
  spec: { selector: { istio: 'ingressgateway' }, servers },
});
const namespace = (name: string, meta: object = {}): ClusterObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, ...meta },
});
const memberOf = (name: string, mesh: string) => namespace(name, { labels: { 'maistra.io/member-of': mesh } });
const service = (place: string, type: string): ClusterObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'istio-ingressgateway', namespace: place },
  spec: { type },
});
const operator = (version: string, phase: string, name = 'serverless-operator'): ClusterObject => ({
  apiVersion: 'operators.coreos.com/v1alpha1',
  kind: 'ClusterServiceVersion',
  metadata: { name: `${name}.v${version}`, namespace: 'openshift-serverless' },
  spec: { version },
  status: { phase },
});

const any = server(443, '*');
const conflict = (place: string) =>
  `Gateway ${place}/shared of the same mesh already serves host * on port 443; narrow its hosts or gateway.hosts, give Serverless a mesh of its own, or set preflight.enabled to false`;
const exposed = (type: string) =>
  `Service istio-system/istio-ingressgateway is of type ${type}, which is not supported with Serverless; make it ClusterIP, or set preflight.enabled to false`;
const otherRelease = (chosen: string, installed: string, right: string) =>
  `serverless.release: is ${chosen}, but the operator installed in openshift-serverless is ${installed}; set serverless.release to ${right}, or preflight.enabled to false`;
/** Everything is wrong at once. */
const worst = [gateway('istio-system', any), service('istio-system', 'NodePort'), operator('1.36.1', 'Succeeded')];
const kourier = { serving: { ingress: 'kourier' } };

/** Gateways that none of the checks may refuse; a refusal would name the one. */
const harmless: readonly ClusterObject[] = [
  memberOf('mesh-2-member', 'mesh-2'),
  gateway('mesh-2-member', any),
  namespace('no-mesh'),
  gateway('no-mesh', any),
  gateway('namespace-that-is-gone', any),
  memberOf('knative-serving', 'istio-system'),
  gateway('knative-serving', any),
  memberOf('narrow', 'istio-system'),
  gateway('narrow', server(443, '*.example.com', 'a.b'), server(443, 'narrow/*.example.com', 'narrow/a.b')),
  memberOf('other-ports', 'istio-system'),
  gateway('other-ports', server(80, '*'), server(8443, '*'), server(4430, '*')),
  gateway('istio-system'),
];

const gateways: readonly PreflightRow[] = [
  { name: 'of another mesh, of no mesh, in knative-serving, narrower, on other ports', cluster: { objects: harmless } },
  {
    name: 'in mesh.namespace',
    cluster: { objects: [...harmless.slice(0, -1), gateway('istio-system', any)] },
    refusal: conflict('istio-system'),
  },
  {
    name: 'in a member of this mesh',
    cluster: { objects: [...harmless, memberOf('shop', 'istio-system'), gateway('shop', any)] },
    refusal: conflict('shop'),
  },
  {
    name: 'in a member of a mesh that has another namespace',
    cluster: { objects: [memberOf('shop', 'mesh-2'), gateway('shop', any)] },
    values: { mesh: { namespace: 'mesh-2' } },
    refusal: conflict('shop'),
  },
  ...['shop/*', './*', '*/*'].map(host => ({
    name: `for host ${host}`,
    cluster: { objects: [gateway('istio-system', server(443, host))] },
    refusal: conflict('istio-system'),
  })),
  {
    name: 'for host * among others, in the second server',
    cluster: { objects: [gateway('istio-system', server(80, 'a.b'), server(443, 'a.b', '*'))] },
    refusal: conflict('istio-system'),
  },
  {
    name: 'beside ours, which is narrower',
    cluster: { objects: [gateway('istio-system', any)] },
    values: { gateway: { hosts: ['*.apps.example.com'] } },
  },
];

const services: readonly PreflightRow[] = [
  ...['NodePort', 'LoadBalancer'].map(type => ({
    name: `a ${type}`,
    cluster: { objects: [service('istio-system', type)] },
    refusal: exposed(type),
  })),
  {
    name: 'a ClusterIP, and a LoadBalancer of another mesh',
    cluster: { objects: [service('istio-system', 'ClusterIP'), service('mesh-2', 'LoadBalancer')] },
  },
];

const operators: readonly PreflightRow[] = [
  { name: 'none', cluster: { kinds: ['operators.coreos.com/v1alpha1/ClusterServiceVersion'] } },
  { name: 'the same', cluster: { objects: [operator('1.37.2', 'Succeeded')] } },
  {
    name: 'an older one',
    cluster: { objects: [operator('1.36.1', 'Succeeded')] },
    refusal: otherRelease('v1.37', '1.36.1', 'v1.36'),
  },
  {
    name: 'a newer one',
    cluster: { objects: [operator('1.37.0', 'Succeeded')] },
    values: { serverless: { release: 'v1.31' } },
    refusal: otherRelease('v1.31', '1.37.0', 'v1.37'),
  },
  {
    name: 'another one being replaced, and one that failed, and one of another product',
    cluster: {
      objects: [
        operator('1.36.1', 'Replacing'),
        operator('1.37.0', 'Succeeded'),
        operator('1.38.0', 'Installing'),
        operator('1.35.0', 'Failed'),
        operator('1.2.0', 'Succeeded', 'other-operator'),
      ],
    },
  },
  {
    name: 'another one being replaced, and none yet that succeeded',
    cluster: { objects: [operator('1.36.1', 'Replacing')] },
  },
];

const v3 = (values: object = {}): Values => ({ mesh: { generation: 'v3', ...values } });
const real = namespace('kube-system');
const lacksOperators = (generation: string, which: string) =>
  `mesh.generation: is ${generation}, but this cluster lacks the operator of ${which}; install it, for example with the chart serverless-mesh-operators, or set preflight.enabled to false`;
const knative = 'operator.knative.dev';
const missing: readonly PreflightRow[] = [
  {
    name: 'Service Mesh 2',
    cluster: { objects: [real] },
    lacks: ['maistra.io'],
    refusal: lacksOperators('v2', 'OpenShift Service Mesh 2'),
  },
  {
    name: 'Service Mesh 3, though 2 is there',
    cluster: { objects: [real] },
    values: v3(),
    lacks: ['sailoperator.io'],
    refusal: lacksOperators('v3', 'OpenShift Service Mesh 3'),
  },
  {
    name: 'both',
    cluster: { objects: [real] },
    values: v3(),
    lacks: ['sailoperator.io', knative],
    refusal: lacksOperators('v3', 'OpenShift Serverless and that of OpenShift Service Mesh 3'),
  },
  {
    name: 'Serverless',
    cluster: { objects: [real] },
    lacks: [knative],
    refusal: lacksOperators('v2', 'OpenShift Serverless'),
  },
  { name: 'Service Mesh 2, which 3 does not need', cluster: { objects: [real] }, values: v3(), lacks: ['maistra.io'] },
  {
    name: 'cert-manager',
    cluster: { objects: [real] },
    values: { cluster: { appsDomain: 'apps.example.com' }, gateway: { tls: { source: 'certManager' } } },
    lacks: ['cert-manager.io'],
    refusal:
      'gateway.tls.source: is certManager, but this cluster does not know certificates.cert-manager.io; install the operator of cert-manager, or create the Secret and set the source to existing',
  },
  { name: 'cert-manager, where nobody asks for it', cluster: { objects: [real] }, lacks: ['cert-manager.io'] },
];

const definition = (...versions: readonly (readonly [served: boolean, known: readonly string[]])[]): ClusterObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'istios.sailoperator.io' },
  spec: {
    versions: versions.map(([served, known]) => ({
      served,
      schema: { openAPIV3Schema: { properties: { spec: { properties: { version: { enum: known } } } } } },
    })),
  },
});
const unknownIstio = (version: string, known: string) =>
  `mesh.controlPlane.version: is ${version}, which the installed Service Mesh operator does not know; write one of ${known}, or update the operator`;
const known = [real, definition([true, ['v1.28-latest', 'v1.27-latest']])];
const istioVersions: readonly PreflightRow[] = [
  { name: 'the default, which it knows', cluster: { objects: known }, values: v3() },
  {
    name: 'the default, which it does not know',
    cluster: { objects: [real, definition([true, ['v1.24-latest', 'v1.24.3']])] },
    values: v3(),
    refusal: unknownIstio('v1.27-latest', 'v1.24-latest, v1.24.3'),
  },
  {
    name: 'one that it does not know',
    cluster: { objects: known },
    values: v3({ controlPlane: { version: 'v1.28.9' } }),
    refusal: unknownIstio('v1.28.9', 'v1.28-latest, v1.27-latest'),
  },
  {
    name: 'one newer than the chart, which it knows',
    cluster: { objects: [real, definition([true, ['v1.40-latest']])] },
    values: v3({ controlPlane: { version: 'v1.40-latest', allowUnknownVersion: true } }),
  },
  {
    name: 'one newer than both',
    cluster: { objects: known },
    values: v3({ controlPlane: { version: 'v1.40-latest', allowUnknownVersion: true } }),
    refusal: unknownIstio('v1.40-latest', 'v1.28-latest, v1.27-latest'),
  },
  {
    name: 'only of a version of the API that is not served, or without a list',
    cluster: { objects: [real, definition([false, ['v1.24-latest']], [true, []])] },
    values: v3(),
  },
  {
    name: 'of an Istio that is not ours',
    cluster: { objects: [real, definition([true, ['v1.24-latest']])] },
    values: v3({ controlPlane: { create: false } }),
  },
  { name: 'which Service Mesh 2 does not ask for', cluster: { objects: [real, definition([true, ['v1.24-latest']])] } },
];

const selecting = (place: string, selector: object | undefined, ...servers: object[]): ClusterObject => ({
  ...gateway(place, ...servers),
  spec: { ...(selector === undefined ? {} : { selector }), servers },
});
const gateways3: readonly PreflightRow[] = [
  {
    name: 'for other pods, though in the namespace of the control plane, or in a member',
    cluster: {
      objects: [selecting('istio-system', { istio: 'ingressgateway' }, any), selecting('shop', { knative: 'x' }, any)],
    },
    values: v3({ members: ['shop'] }),
  },
  {
    name: 'for our pods and something more that they have not',
    cluster: { objects: [selecting('shop', { knative: 'ingressgateway', app: 'shop' }, any)] },
    values: v3(),
  },
  ...[{ knative: 'ingressgateway' }, {}, undefined].map(selector => ({
    name: `for our pods, in any namespace, by ${JSON.stringify(selector) ?? 'no selector'}`,
    cluster: { objects: [selecting('elsewhere', selector, any)] },
    values: v3(),
    refusal: conflict('elsewhere'),
  })),
];

/** The checks, each with what its cluster has. */
export const rows: readonly PreflightRow[] = [
  ...gateways.map(r => ({ ...r, name: `a Gateway with host * on port 443: ${r.name}` })),
  ...services.map(r => ({ ...r, name: `istio-ingressgateway: ${r.name}` })),
  ...operators.map(r => ({ ...r, name: `operator: ${r.name}` })),
  ...missing.map(r => ({ ...r, name: `a missing operator: ${r.name}` })),
  ...istioVersions.map(r => ({ ...r, name: `version of Istio: ${r.name}` })),
  ...gateways3.map(r => ({ ...r, name: `Service Mesh 3, a Gateway with host * on port 443: ${r.name}` })),
  {
    name: 'Service Mesh 3: an exposed istio-ingressgateway is not of ours',
    cluster: { objects: [service('istio-system', 'LoadBalancer')] },
    values: v3(),
  },
  {
    name: 'kourier: nothing of the gateways matters',
    cluster: { objects: worst.slice(0, 2) },
    values: kourier,
  },
  {
    name: 'kourier: another release does matter',
    cluster: { objects: worst },
    values: kourier,
    refusal: otherRelease('v1.37', '1.36.1', 'v1.36'),
  },
  {
    name: 'serving off: nothing of the gateways matters',
    cluster: { objects: worst.slice(0, 2) },
    values: { serving: { enabled: false } },
  },
  {
    name: 'preflight.enabled=false lets everything pass',
    cluster: { objects: worst },
    values: { preflight: { enabled: false } },
  },
];

const off = { preflight: { enabled: false } };
/** Lists that the installing user may not read: the path, and the values that do without it. */
export const forbidden: readonly (readonly [path: string, values: Values])[] = [
  ['/apis/networking.istio.io/v1beta1/gateways', off],
  ['/api/v1/namespaces/istio-system/services/istio-ingressgateway', off],
  ['/apis/operators.coreos.com/v1alpha1/namespaces/openshift-serverless/clusterserviceversions', off],
  ['/api/v1/namespaces/istio-system', { ...off, namespaces: { create: false } }],
];

const ours = (name: string, place: string) =>
  namespace('istio-system', {
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': place },
  });
/** Whether the Namespace of the control plane is part of the release. */
export const namespaceRows: readonly (readonly [name: string, objects: readonly ClusterObject[], want: boolean])[] = [
  ['absent', [], true],
  ['somebody else made it', [namespace('istio-system')], false],
  ['somebody else made it, and annotated it', [namespace('istio-system', { annotations: { a: 'b' } })], false],
  ['this release made it', [ours(release.name, release.namespace)], true],
  ['a release of the same name in another namespace made it', [ours(release.name, 'elsewhere')], false],
  ['another release in the same namespace made it', [ours('other', release.namespace)], false],
];
