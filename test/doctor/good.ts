/** Installations in which nothing is wrong: what the chart renders, with workloads of users. Each test plants one mistake. */

import type { KubeObject } from '../../generator/cluster/fields.ts';
import { type Diagnosis, diagnose } from '../../generator/doctor/diagnose.ts';
import { readSeen } from '../../generator/doctor/seen.ts';
import { clusterOf } from '../../generator/installation/folder.ts';
import type { Installation } from '../../generator/installation/installation.ts';
import { cases, goldenObjects } from '../chart/cases.ts';
import { csv, namespace, object, wildcardSecret } from '../cluster-commands/healthy.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests reach into objects of any shape.
export type Loose = any;
export type Objects = Loose[];

const rendered = (name: string): Objects => {
  const found = cases.find(c => c.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return structuredClone(goldenObjects(found).map(o => o.object)) as Objects;
};
const knativeService = 'serving.knative.dev/v1/Service';
const inject = { 'sidecar.istio.io/inject': 'true' };
const container = { name: 'main', image: 'registry.example.com/app:1' };
const template = () => ({ metadata: { labels: { ...inject } }, spec: { containers: [container] } });
const toHello = () => ({
  ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'hello', namespace: 'shop' },
});

/** Workloads of a user in a member of the mesh. */
const workloads = (): Objects => [
  object(knativeService, 'hello', 'shop', {
    metadata: { annotations: { 'serving.knative.openshift.io/enablePassthrough': 'true' } },
    spec: {
      template: {
        metadata: { labels: inject, annotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' } },
        spec: { containers: [container] },
      },
    },
  }),
  object('sources.knative.dev/v1/ContainerSource', 'clock', 'shop', {
    spec: { template: template(), sink: toHello() },
  }),
  object('apps/v1/Deployment', 'orders', 'shop', {
    metadata: { labels: { app: 'orders' } },
    spec: { template: template() },
  }),
  object('sources.knative.dev/v1/SinkBinding', 'orders', 'shop', {
    spec: { subject: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'orders' }, sink: toHello() },
  }),
  object('eventing.knative.dev/v1/Trigger', 'hello', 'shop', { spec: { broker: 'default', subscriber: toHello() } }),
  object('serving.knative.dev/v1beta1/DomainMapping', 'shop.example.com', 'shop', {
    spec: { ref: toHello().ref, tls: { secretName: 'shop-tls' } },
  }),
];
const shopSecret = async (): Promise<Loose> => {
  const secret = structuredClone(await wildcardSecret({}, 'shop', 'shop-tls')) as Loose;
  secret.metadata.labels = { 'networking.internal.knative.dev/certificate-uid': 'shop' };
  return secret;
};

const main = /^(ServiceMesh|Istio|Knative)/;
/** What only a running cluster has. */
const running = (objects: Objects): Objects => [
  ...objects.map(o => (main.test(o.kind) ? { ...o, status: { conditions: [{ type: 'Ready', status: 'True' }] } } : o)),
  csv('serverless-operator.v1.37.0', 'openshift-serverless'),
  csv('servicemeshoperator.v2.6.0', 'openshift-operators'),
  csv('servicemeshoperator3.v3.3.1', 'openshift-operators'),
];
const isHook = (o: Loose) => o.metadata.annotations?.['helm.sh/hook'] !== undefined;

const made = new Map<string, Promise<Objects>>();
/** A copy that a test may change. */
export async function good(generation: 'v2' | 'v3'): Promise<Objects> {
  const known = made.get(generation) ?? make(generation);
  made.set(generation, known);
  return structuredClone(await known);
}

async function make(generation: 'v2' | 'v3'): Promise<Objects> {
  const all = rendered(generation === 'v2' ? 'kafka-in-cluster' : 'service-mesh-3').filter(o => !isHook(o));
  const place = generation === 'v2' ? 'istio-system' : 'knative-serving-ingress';
  const secret = (await wildcardSecret({}, place)) as Loose;
  const roll = all.find(o => o.kind === 'ServiceMeshMemberRoll');
  if (roll && !roll.spec.members.includes('shop')) roll.spec.members.push('shop');
  const shop = namespace('shop', generation === 'v3' ? { 'istio-injection': 'enabled' } : {});
  const own = new Set(all.filter(o => o.kind === 'Namespace').map(o => o.metadata.name));
  const needed = [...(roll?.spec.members ?? []), 'istio-system', 'knative-serving', 'knative-eventing'];
  const others = [...new Set<string>(needed)].filter(n => !own.has(n) && n !== 'shop').map(n => namespace(n));
  return running([...all, ...workloads(), shop, ...others, secret, await shopSecret()]);
}

export async function diagnosed(objects: Objects, from: Installation['from'] = 'cluster'): Promise<Diagnosis> {
  const cluster = clusterOf(objects as KubeObject[]);
  return diagnose(await readSeen({ cluster, from, placeOf: () => undefined, problems: [] }));
}
/** As `P1 breaks Gateway shop/other: spec.servers[].hosts`. */
export const linesOf = ({ findings }: Diagnosis): string[] =>
  findings.map(f => `${f.id} ${f.severity} ${f.object}: ${f.field}`);
