/** Clusters, and what serverless-mesh-operators says to them at install. */
import type { Values } from '../../generator/values/maps.ts';
import { release } from '../chart/cases.ts';
import type { ClusterObject } from '../support/cluster-answers.ts';
import type { PreflightRow } from './preflight-rows.ts';

const olm = 'operators.coreos.com/v1alpha1';
const both = { serverless: 'openshift-serverless', mesh: 'openshift-operators' } as const;

/** What Helm writes on an object of a release. */
export const madeBy = (name: string, namespace: string) => ({
  labels: { 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace },
});
const ours = madeBy(release.name, release.namespace);
const subscription = (
  namespace: string,
  packageName: string,
  meta: object = {},
  name = packageName,
): ClusterObject => ({
  apiVersion: olm,
  kind: 'Subscription',
  metadata: { name, namespace, ...meta },
  spec: { name: packageName, source: 'redhat-operators', sourceNamespace: 'openshift-marketplace' },
});
const version = (namespace: string, name: string, meta: object = {}): ClusterObject => ({
  apiVersion: olm,
  kind: 'ClusterServiceVersion',
  metadata: { name, namespace, ...meta },
  status: { phase: 'Succeeded' },
});
export const group = (namespace: string, name: string, meta: object = {}, spec: object = {}): ClusterObject => ({
  apiVersion: 'operators.coreos.com/v1',
  kind: 'OperatorGroup',
  metadata: { name, namespace, ...meta },
  spec,
});
const global = group(both.mesh, 'global-operators');

const v3 = { mesh: { generation: 'v3' } };
const off = 'set it to false, or preflight.enabled to false';
const subscribed = (value: string, where: string, packageName: string) =>
  `${value}.enabled: is true, but Subscription ${where}, which is not of this release, installs ${packageName} already; ${off}`;
const left = (value: 'serverless' | 'mesh', name: string) =>
  `${value}.enabled: is true, but ClusterServiceVersion ${both[value]}/${name} is left of a Subscription that is gone, and OLM installs nothing beside it; delete it with oc delete csv -n ${both[value]} ${name}, or set preflight.enabled to false`;
const several = (value: 'serverless' | 'mesh', names: string) =>
  `${value}.enabled: is true, but namespace ${both[value]} has several OperatorGroups (${names}), so OLM installs nothing there; delete all but one of them, or set preflight.enabled to false`;
const narrow = (value: 'serverless' | 'mesh', name: string, packageName: string) =>
  `${value}.enabled: is true, but OperatorGroup ${both[value]}/${name} is for some namespaces only, and ${packageName} is an operator for all; remove spec.targetNamespaces and spec.selector from it, or set preflight.enabled to false`;

const theirs = subscription(both.serverless, 'serverless-operator');
const theirMesh = subscription(both.mesh, 'servicemeshoperator');
/** Everything is wrong at once. */
const worst = [
  subscription('tools', 'serverless-operator'),
  subscription('tools', 'servicemeshoperator'),
  version(both.mesh, 'servicemeshoperator.v2.6.5'),
  group(both.mesh, 'c', {}, { targetNamespaces: ['a'] }),
  group(both.serverless, 'a'),
  group(both.serverless, 'b'),
];

const subscriptions: readonly PreflightRow[] = [
  { name: 'none', cluster: { objects: [global] } },
  {
    name: 'of somebody else',
    cluster: { objects: [theirs] },
    refusal: subscribed('serverless', 'openshift-serverless/serverless-operator', 'serverless-operator'),
  },
  {
    name: 'of somebody else, who keeps it',
    cluster: { objects: [theirs] },
    values: { serverless: { enabled: false } },
  },
  {
    name: 'in another namespace, by another name',
    cluster: { objects: [subscription('tools', 'serverless-operator', {}, 'knative')] },
    refusal: subscribed('serverless', 'tools/knative', 'serverless-operator'),
  },
  {
    name: 'of Service Mesh 2',
    cluster: { objects: [theirMesh] },
    refusal: subscribed('mesh', 'openshift-operators/servicemeshoperator', 'servicemeshoperator'),
  },
  {
    name: 'of Service Mesh 2, which somebody keeps',
    cluster: { objects: [theirMesh] },
    values: { mesh: { enabled: false } },
  },
  {
    name: 'of Service Mesh 3',
    cluster: { objects: [subscription('mesh', 'servicemeshoperator3')] },
    values: v3,
    refusal: subscribed('mesh', 'mesh/servicemeshoperator3', 'servicemeshoperator3'),
  },
  { name: 'of Service Mesh 2 beside 3, as a migration needs', cluster: { objects: [theirMesh] }, values: v3 },
  { name: 'of Service Mesh 3 beside 2', cluster: { objects: [subscription(both.mesh, 'servicemeshoperator3')] } },
  {
    name: 'of this release',
    cluster: {
      objects: [
        subscription(both.serverless, 'serverless-operator', ours),
        subscription(both.mesh, 'servicemeshoperator', ours),
        version(both.serverless, 'serverless-operator.v1.37.0'),
        version(both.mesh, 'servicemeshoperator.v2.6.5'),
      ],
    },
  },
  {
    name: 'of a release of the same name in another namespace',
    cluster: { objects: [subscription(both.serverless, 'serverless-operator', madeBy(release.name, 'elsewhere'))] },
    refusal: subscribed('serverless', 'openshift-serverless/serverless-operator', 'serverless-operator'),
  },
  {
    name: 'of another release in the same namespace',
    cluster: { objects: [subscription(both.serverless, 'serverless-operator', madeBy('other', release.namespace))] },
    refusal: subscribed('serverless', 'openshift-serverless/serverless-operator', 'serverless-operator'),
  },
  {
    name: 'of other operators',
    cluster: { objects: [subscription(both.mesh, 'kiali-ossm'), subscription(both.serverless, 'amq-streams')] },
  },
];

const versions: readonly PreflightRow[] = [
  {
    name: 'of Serverless',
    cluster: { objects: [version(both.serverless, 'serverless-operator.v1.36.1')] },
    refusal: left('serverless', 'serverless-operator.v1.36.1'),
  },
  {
    name: 'of Service Mesh 2',
    cluster: { objects: [version(both.mesh, 'servicemeshoperator.v2.6.5')] },
    refusal: left('mesh', 'servicemeshoperator.v2.6.5'),
  },
  {
    name: 'of Service Mesh 3',
    cluster: { objects: [version(both.mesh, 'servicemeshoperator3.v3.1.0')] },
    values: v3,
    refusal: left('mesh', 'servicemeshoperator3.v3.1.0'),
  },
  {
    name: 'a copy, the other generation, another operator, another namespace',
    cluster: {
      objects: [
        version(both.serverless, 'servicemeshoperator.v2.6.5', { labels: { 'olm.copiedFrom': both.mesh } }),
        version(both.mesh, 'serverless-operator.v1.37.0', { labels: { 'olm.copiedFrom': both.serverless } }),
        version(both.serverless, 'serverless-operator.v1.37.0', { labels: { 'olm.copiedFrom': 'tools' } }),
        version(both.mesh, 'servicemeshoperator3.v3.1.0'),
        version(both.mesh, 'kiali-operator.v1.89.0'),
        version('tools', 'servicemeshoperator.v2.6.5'),
      ],
    },
  },
];

const groups: readonly PreflightRow[] = [
  { name: 'one of somebody else', cluster: { objects: [group(both.serverless, 'theirs')] } },
  { name: 'one of this release', cluster: { objects: [group(both.serverless, 'serverless-operators', ours)] } },
  {
    name: 'two',
    cluster: { objects: [group(both.serverless, 'serverless-operators', ours), group(both.serverless, 'theirs')] },
    refusal: several('serverless', 'serverless-operators, theirs'),
  },
  {
    name: 'two beside the operator of Service Mesh',
    cluster: { objects: [global, group(both.mesh, 'theirs')] },
    refusal: several('mesh', 'global-operators, theirs'),
  },
  {
    name: 'two, where nothing is installed',
    cluster: { objects: [group(both.serverless, 'a'), group(both.serverless, 'b')] },
    values: { serverless: { enabled: false } },
  },
  {
    name: 'one with target namespaces',
    cluster: { objects: [group(both.serverless, 'theirs', {}, { targetNamespaces: ['a'] })] },
    refusal: narrow('serverless', 'theirs', 'serverless-operator'),
  },
  {
    name: 'one with a selector',
    cluster: { objects: [group(both.mesh, 'theirs', {}, { selector: { matchLabels: { a: 'b' } } })] },
    values: v3,
    refusal: narrow('mesh', 'theirs', 'servicemeshoperator3'),
  },
];

export const rows: readonly PreflightRow[] = [
  ...subscriptions.map(r => ({ ...r, name: `a Subscription: ${r.name}` })),
  ...versions.map(r => ({ ...r, name: `a version that is left: ${r.name}` })),
  ...groups.map(r => ({ ...r, name: `OperatorGroups: ${r.name}` })),
  {
    name: 'preflight.enabled=false lets everything pass',
    cluster: { objects: worst },
    values: { preflight: { enabled: false } },
  },
];

/** Whether the OperatorGroup is part of the release. */
export const groupRows: readonly (readonly [name: string, objects: readonly ClusterObject[], want: boolean])[] = [
  ['the namespace has none', [global], true],
  ['somebody else made one', [group(both.serverless, 'theirs')], false],
  ['somebody else made one of the same name', [group(both.serverless, 'serverless-operators')], false],
  ['this release made it', [group(both.serverless, 'serverless-operators', ours)], true],
  [
    'another release made it',
    [group(both.serverless, 'serverless-operators', madeBy('other', release.namespace))],
    false,
  ],
];

const off2 = { preflight: { enabled: false } };
const lists = (path: string, values: Values) => [`/apis/operators.coreos.com/${path}`, values] as const;
/** Lists that the installing user may not read: the path, and the values that do without it. */
export const forbidden = [
  lists('v1alpha1/subscriptions', off2),
  lists(`v1alpha1/namespaces/${both.mesh}/clusterserviceversions`, off2),
  lists(`v1/namespaces/${both.mesh}/operatorgroups`, off2),
  lists(`v1/namespaces/${both.serverless}/operatorgroups`, { ...off2, operatorGroup: { create: false } }),
  [`/api/v1/namespaces/${both.serverless}`, { ...off2, namespaces: { create: false } }],
] as const;
