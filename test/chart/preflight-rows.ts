/** Clusters, and what the chart says to them at install. */
import type { Values } from '../../generator/values/maps.ts';
import type { ClusterContent, ClusterObject } from '../support/cluster-answers.ts';
import { release } from './cases.ts';

export interface PreflightRow {
  readonly name: string;
  readonly cluster: ClusterContent;
  readonly values?: Values;
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

/** The three checks, each with what its cluster has. */
export const rows: readonly PreflightRow[] = [
  ...gateways.map(r => ({ ...r, name: `a Gateway with host * on port 443: ${r.name}` })),
  ...services.map(r => ({ ...r, name: `istio-ingressgateway: ${r.name}` })),
  ...operators.map(r => ({ ...r, name: `operator: ${r.name}` })),
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
