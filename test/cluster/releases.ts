/** Helm releases of the chart in a test cluster, and what must be there before and after. */
import { join } from 'node:path';
import { projectRoot } from '../../generator/files.ts';
import { type Helm, type HelmResult, helms, runHelm } from '../support/helm.ts';
import { changed } from './changed.ts';
import type { Cluster } from './cluster.ts';
import { gatewayName } from './mesh-operator.ts';
import type { KubeObject } from './objects.ts';
import type { Answer } from './rest.ts';

export const releaseName = 'mesh';
export const releaseNamespace = 'default';
export const environments = ['dev', 'staging', 'prod'] as const;
export type Environment = (typeof environments)[number];

export const valuesFile = (environment: Environment) => join(projectRoot, 'environments', `${environment}.yaml`);

/** What a user of that environment has before the install: the projects in the mesh, and a shared mesh's namespace. */
const givenNamespaces: Readonly<Record<Environment, readonly string[]>> = {
  dev: ['playground', 'orders'],
  staging: ['shared-mesh', 'orders', 'payments'],
  prod: ['orders', 'payments', 'shipping', 'storefront', 'kafka'],
};

/**
 * Removes empty ClusterRoles of a former Knative. The operator deletes its aggregated roles at the end, but Kubernetes'
 * own controller may apply one again in that moment, without rules or labels; beside such a role the operator cannot
 * install: `.rules accessor error: <nil> is of the type <nil>, expected []interface{}`.
 */
export async function removeLeftRoles(cluster: Cluster): Promise<void> {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const roles = await cluster.objects.list<KubeObject & { rules: unknown }>(apiVersion, 'ClusterRole');
  for (const { metadata, rules } of roles) {
    if (rules === null) await cluster.objects.remove(apiVersion, 'ClusterRole', metadata.name);
  }
}

/** The mesh that staging shares with others. */
const sharedMesh = {
  apiVersion: 'maistra.io/v2',
  kind: 'ServiceMeshControlPlane',
  metadata: { name: 'shared', namespace: 'shared-mesh' },
  spec: { gateways: { ingress: { service: { metadata: { labels: { knative: 'ingressgateway' } } } } } },
};

/** What an install finds: these namespaces, and nothing of a former Knative. What is there already stays as it is. */
export async function prepareNamespaces(cluster: Cluster, names: readonly string[]): Promise<void> {
  await removeLeftRoles(cluster);
  for (const name of names) await make(cluster, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

export async function prepare(cluster: Cluster, environment: Environment): Promise<void> {
  await prepareNamespaces(cluster, givenNamespaces[environment]);
  if (environment !== 'staging') return;
  await make(cluster, sharedMesh);
  // It is not to be taken for something that the release left behind.
  await cluster.waitFor('the gateway of the shared mesh', () =>
    cluster.objects.get('apps/v1', 'Deployment', gatewayName, sharedMesh.metadata.namespace),
  );
}

/** Creates an object, with its status if it has one; what is there already stays as it is. */
export async function make(cluster: Cluster, wanted: KubeObject): Promise<void> {
  const { status: state, ...rest } = wanted as KubeObject & { status?: object };
  const made = await cluster.objects.create(rest);
  const answers =
    state === undefined || made.status === 409 ? [made] : [made, await cluster.objects.setStatus(rest, state)];
  for (const { status, body } of answers)
    if (![200, 201, 409].includes(status))
      throw new Error(`${rest.kind} ${rest.metadata.name}: ${JSON.stringify(body)}`);
}

/** A cluster as Helm sees it: by its environment, which may be that of a user who may do less. */
export type ForHelm = Pick<Cluster, 'env'>;

export interface ReleaseOptions {
  readonly reject?: boolean;
  readonly input?: string;
  /** Of the release. */
  readonly namespace?: string;
}

/** Runs `helm ACTION` on the one release; throws what Helm says unless `reject` is false. */
export function helm(
  cluster: ForHelm,
  program: Helm,
  args: readonly string[],
  { namespace = releaseNamespace, ...options }: ReleaseOptions = {},
): Promise<HelmResult> {
  return runHelm(program, [...args, '--namespace', namespace], { env: cluster.env, ...options });
}

/** Uninstalls what the release namespace has, if anything. */
export async function removeReleases(cluster: Cluster): Promise<void> {
  const newest = helms().at(-1);
  if (newest === undefined) return;
  const { stdout } = await helm(cluster, newest, ['list', '--short']);
  for (const name of stdout.split('\n').filter(Boolean)) {
    await helm(cluster, newest, ['uninstall', name, '--wait', '--timeout', '60s'], { reject: false });
  }
}

/**
 * Why the API server, or a webhook, does not take an object, or how what it took differs from what was sent; undefined
 * if it takes all of it as it is.
 */
export async function refusal(cluster: Cluster, object: KubeObject): Promise<string | undefined> {
  const query = { dryRun: 'All', fieldValidation: 'Strict' };
  // Helm 3 creates; Helm 4 applies, which also refuses lists with two items of one key.
  const created = await cluster.objects.create(object, query);
  if (created.status !== 201 && created.status !== 409) return messageOf(created);
  const applied = await cluster.objects.apply(object, query);
  if (applied.status !== 200 && applied.status !== 201) return messageOf(applied);
  return changed(object, applied.body);
}

const messageOf = ({ status, body }: Answer) => (body as { message?: string }).message ?? `status ${status}`;

interface Conditions {
  readonly metadata: { readonly generation: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

/** Waits until both Knative resources are ready in their newest generation. */
export async function knativeReady(cluster: Cluster, seconds = 90): Promise<void> {
  for (const [kind, name] of [
    ['KnativeServing', 'knative-serving'],
    ['KnativeEventing', 'knative-eventing'],
  ] as const) {
    await cluster.waitFor(`${kind} ready`, () => isReady(cluster, kind, name), { seconds });
  }
}

async function isReady(cluster: Cluster, kind: string, name: string): Promise<boolean> {
  const found = await cluster.objects.get<Conditions>('operator.knative.dev/v1beta1', kind, name, name);
  const ready = found?.status?.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.status === 'True' && found?.status?.observedGeneration === found?.metadata.generation) return true;
  throw new Error(`${kind}: ${JSON.stringify(found?.status?.conditions?.filter(({ status }) => status !== 'True'))}`);
}

interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly spec: {
    readonly containers: readonly { readonly name: string }[];
    readonly initContainers?: readonly { readonly name: string }[];
  };
}

/** Names of the Deployments in a namespace whose pods all have a proxy. */
export async function injectedWorkloads(cluster: Cluster, namespace: string): Promise<string[]> {
  const pods = await cluster.objects.list<Pod>('v1', 'Pod', namespace);
  const injected = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined).filter(hasProxy);
  // A pod of a Deployment is called after it: <deployment>-<hash>-<suffix>.
  return [...new Set(injected.map(({ metadata }) => metadata.name.split('-').slice(0, -2).join('-')))].sort();
}

const hasProxy = ({ spec }: Pod) =>
  [...spec.containers, ...(spec.initContainers ?? [])].some(({ name }) => name === 'istio-proxy');
