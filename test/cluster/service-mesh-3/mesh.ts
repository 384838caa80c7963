/** What the tests of Service Mesh 3 share: what a user brings, what the Jobs say, and how the gateway is seen. */
import { join } from 'node:path';
import { issueCertificates } from '../../../generator/certificates/issue.ts';
import { projectRoot } from '../../../generator/files.ts';
import { gatewaySelector, knativeGateway, knativeServingIngress } from '../../../generator/model/facts/names.ts';
import { chartFolder } from '../../chart/cases.ts';
import { object } from '../../cluster-commands/healthy.ts';
import type { Words } from '../actions.ts';
import type { Cluster } from '../cluster.ts';
import { allReady } from '../mesh-operator.ts';
import type { KubeObject } from '../objects.ts';
import { releaseName, removeReleases } from '../releases.ts';

export { knativeGateway, knativeServingIngress };
export const secretName = 'wildcard-certs';
/** Kept by Helm, and by whoever asks what an uninstall leaves. */
export const keptNamespace = 'namespaces /istio-cni';

export const caseFile = (name: string) => join(projectRoot, 'test/cases', `${name}.yaml`);
/** Arguments of Helm: the chart with a values file, and single values. */
export const from = (action: 'install' | 'upgrade', file: string, ...sets: readonly string[]) => [
  action,
  releaseName,
  chartFolder,
  '-f',
  file,
  ...sets.flatMap(set => ['--set', set]),
];

/** What all Jobs of Service Mesh 3 say in the end, in an action that makes that revision, or rolls back to it. */
export const meshWords = (revision: number): Words => ({
  [`serverless-mesh-gateway-${revision}`]: 'ok: the pods of the ingress gateway',
  'serverless-mesh-wait': 'everything is ready',
});

const base64 = (text: string) => Buffer.from(text).toString('base64');
/** A Secret with a new certificate, which no CA that anybody trusts has signed. */
export async function certificateSecret(name: string, namespace: string): Promise<SecretObject> {
  const { wildcard } = await issueCertificates({
    appsDomain: 'apps.example.com',
    organization: 'Test',
    days: 1,
    rootDays: 1,
    bits: 2048,
  });
  const data = { 'tls.crt': base64(wildcard.certificate), 'tls.key': base64(wildcard.privateKey) };
  return { ...object('v1/Secret', name, namespace, { type: 'kubernetes.io/tls' }), data };
}
export interface SecretObject extends KubeObject {
  readonly data: { readonly 'tls.crt': string; readonly 'tls.key': string };
}

interface GatewayPod {
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly containers: readonly {
      readonly name: string;
      readonly image: string;
      readonly args?: readonly string[];
    }[];
  };
}

async function gatewayPods(cluster: Cluster): Promise<GatewayPod[]> {
  const pods = await cluster.objects.list<GatewayPod>('v1', 'Pod', knativeServingIngress);
  return pods.filter(
    ({ metadata }) => metadata.labels.knative === gatewaySelector.knative && metadata.deletionTimestamp === undefined,
  );
}

/** Each pod of the gateway in a line: its containers, how they were started and injected, and with which image. */
export const gatewayLooks = async (cluster: Cluster) =>
  (await gatewayPods(cluster)).map(({ metadata, spec }) => {
    const containers = spec.containers.map(({ name, image, args = [] }) =>
      [name, image, ...args.slice(0, 2)].join(' '),
    );
    return `${containers.join()} by ${metadata.annotations?.['inject.istio.io/templates']}`;
  });
/** What istiod's template for gateways makes of a pod. */
const injectedLook = /^istio-proxy \S+\/proxyv2:\S+ proxy router by gateway$/;

/** All pods of the gateway are Istio's; those of an older ReplicaSet may be still on their way out. */
export async function onlyInjected(cluster: Cluster): Promise<void> {
  await cluster.waitFor('one injected pod', async () => {
    const looks = await gatewayLooks(cluster);
    if (looks.length === 1 && injectedLook.test(looks[0] as string)) return true;
    throw new Error(looks.join('\n'));
  });
}

interface Deployment {
  readonly metadata: { readonly generation: number };
  readonly spec: {
    readonly template: { readonly metadata: { readonly annotations?: Readonly<Record<string, string>> } };
  };
}
/** When the gateway was restarted by kubectl; undefined where it was not. */
export async function restartedAt(cluster: Cluster): Promise<string | undefined> {
  const found = await cluster.objects.get<Deployment>('apps/v1', 'Deployment', knativeGateway, knativeServingIngress);
  return found?.spec.template.metadata.annotations?.['kubectl.kubernetes.io/restartedAt'];
}

/** After each test, so that the next does not fail because of it. */
export async function cleanUp(cluster: Cluster): Promise<void> {
  Object.assign(cluster.fates, allReady);
  await removeReleases(cluster);
  await cluster.objects.remove('v1', 'Secret', secretName, knativeServingIngress);
}

/** Label of namespaces, in order; undefined where one has it not. */
export async function labelsOf(cluster: Cluster, label: string, namespaces: readonly string[]) {
  type Labelled = KubeObject & { readonly metadata: { readonly labels: Readonly<Record<string, string>> } };
  const found = namespaces.map(name => cluster.objects.get<Labelled>('v1', 'Namespace', name));
  return (await Promise.all(found)).map(one => one?.metadata.labels[label]);
}
