/** For every rule of serverless-mesh-tenant: values that break it, and the sentence that a user reads. */
import { mostByList, mostByPrefix } from '../../generator/model/serverless-mesh-tenant/rules.ts';
import type { Values } from '../../generator/values/maps.ts';

const some = ['orders-dev', 'orders-prod'];
/** Names of 20 characters. */
const many = (count: number) => Array.from({ length: count }, (_, i) => `orders-${String(i).padStart(13, '0')}`);
const most = mostByList(20);
const long = (count: number) => Array.from({ length: count }, (_, i) => `o-${String(i).padStart(61, '0')}`);
const mostWithPrefix = mostByPrefix(63);
const theirs = (index: number, namespace: string) =>
  `namespaces[${index}]: is ${namespace}, which belongs to Knative and the mesh, and its policies are those of the chart serverless-mesh; leave it out`;
const catches = (prefix: string) =>
  `namespacePrefix: is ${prefix}, with which namespaces of Knative or the mesh begin, and these would be inside the tenant; begin the names of the tenant otherwise`;
const meaning = (path: string, key: string) =>
  `${path}: has ${key}, which has a meaning for the products that read it; choose a key of your own, for example example.com/team`;
const keys = ['helm.sh/hook', 'argocd.argoproj.io/sync-wave', 'networking.istio.io/x', 'maistra.io/x'];

export const refused: readonly (readonly [given: Values, want: string])[] = [
  [
    {},
    'namespaces: is empty, and a policy for no namespace would mean every namespace; list the namespaces of the tenant',
  ],
  [
    { namespaces: many(most + 1) },
    `namespaces: has ${most + 1} namespaces, and every policy repeats their names, which is more than the 1 MiB in which Helm keeps a release; begin their names alike and set namespacePrefix, or divide the tenant`,
  ],
  [
    { namespacePrefix: 'o-', namespaces: long(mostWithPrefix + 1) },
    `namespaces: has ${mostWithPrefix + 1} namespaces, whose names alone are more than the 1 MiB in which Helm keeps a release; divide the tenant`,
  ],
  ...['knative-serving', 'knative-eventing', 'knative-serving-ingress', 'istio-system'].map(
    name => [{ namespaces: ['orders', name] }, theirs(1, name)] as const,
  ),
  [{ namespaces: ['mesh'], mesh: { namespace: 'mesh' } }, theirs(0, 'mesh')],
  [
    { namespaces: some, namespacePrefix: 'orders' },
    'namespacePrefix: is orders, which is also the beginning of names such as ordersx of another tenant; write orders-',
  ],
  ...['knative-', 'knative-serving-', 'istio-'].map(
    prefix => [{ namespaces: [`${prefix}mine`], namespacePrefix: prefix }, catches(prefix)] as const,
  ),
  [
    { namespaces: ['orders-dev', 'billing'], namespacePrefix: 'orders-' },
    'namespaces[1]: is billing, which does not begin with the namespacePrefix orders-; leave it out, or namespacePrefix empty',
  ],
  [
    { namespaces: some, serving: { enabled: false }, eventing: { enabled: false } },
    'serving.enabled: is false, and eventing.enabled as well, so that nothing would be allowed; set one of them to true',
  ],
  [
    { namespaces: some, eventing: { enabled: false }, kafka: { enabled: true } },
    'kafka.enabled: is true, but eventing.enabled is false; set eventing.enabled to true, because Knative for Apache Kafka is part of it',
  ],
  ...[...keys, 'app.kubernetes.io/name', 'knative'].map(
    key => [{ namespaces: some, commonLabels: { [key]: 'a' } }, meaning('commonLabels', key)] as const,
  ),
  ...keys.map(
    key => [{ namespaces: some, commonAnnotations: { [key]: 'a' } }, meaning('commonAnnotations', key)] as const,
  ),
];

export const accepted: readonly (readonly [name: string, given: Values])[] = [
  ['one namespace', { namespaces: ['orders'] }],
  ['a namespace that begins as one of Knative does', { namespaces: ['knative-serving-tests', 'knative'] }],
  ['a longer prefix than a namespace of Knative', { namespaces: ['knative-x-1'], namespacePrefix: 'knative-x-' }],
  ['the usual namespace of a mesh that is another', { namespaces: ['istio-system'], mesh: { namespace: 'mesh' } }],
  // The most that there may be: tenant-size.test.ts.
  ['more with a prefix than a list may have', { namespaces: many(most + 1), namespacePrefix: 'orders-' }],
  ['names that begin as others', { namespaces: ['orders-eu-1', 'orders-eu-2'], namespacePrefix: 'orders-eu-' }],
];
