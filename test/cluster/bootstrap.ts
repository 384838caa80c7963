/** What is in the cluster before anything is tested: definitions, a node, the namespaces that operators make. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { builtPath } from './cache.ts';
import type { CrdText } from './crds.ts';
import { jobsAccounts } from './kubelet.ts';
import { fileOf, type Layout } from './layout.ts';
import type { Rest } from './rest.ts';

/** Made by the Serverless operator when it starts, with this label; no user makes them. */
const serverlessNamespaces = ['knative-serving', 'knative-serving-ingress', 'knative-eventing'];
const serverlessLabels = { 'knative.openshift.io/part-of': 'openshift-serverless' };

/** Definitions at a time: more only make the API server wait for itself. */
const atOnce = 8;

/** Creates the definitions and waits until all are served. */
export async function createCrds(
  rest: Rest,
  crds: readonly CrdText[],
  waitFor: (p: () => Promise<boolean>) => Promise<void>,
) {
  const queue = crds.values();
  const worker = async () => {
    for (const { name, yaml } of queue) {
      const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
      const { status, body } = await rest('POST', path, { body: yaml, contentType: 'application/yaml' });
      if (status !== 201) throw new Error(`definition ${name}: ${status} ${JSON.stringify(body)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  await waitFor(async () => {
    const served = await servedResources(rest);
    return crds.every(({ name }) => served.has(name));
  });
}

/** All that the API server serves, as `<plural>.<group>`, in one request. */
async function servedResources(rest: Rest): Promise<Set<string>> {
  const { body } = await rest('GET', '/apis', {
    accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  });
  const { items } = body as {
    items: { metadata: { name: string }; versions: { resources?: { resource: string }[] }[] }[];
  };
  const names = items.flatMap(({ metadata, versions }) =>
    versions.flatMap(({ resources = [] }) => resources.map(({ resource }) => `${resource}.${metadata.name}`)),
  );
  return new Set(names);
}

/** Namespaces and, where something runs, the node and the operators' empty config maps. */
export async function createBasics(rest: Rest): Promise<void> {
  const core = (kind: string, name: string, more: object = {}, labels: object = {}) => ({
    apiVersion: 'v1',
    kind,
    metadata: { name, labels },
    ...more,
  });
  const namespaces = [
    ...serverlessNamespaces.map(name => core('Namespace', name, {}, serverlessLabels)),
    core('Namespace', 'istio-system'),
    core('Namespace', 'knative-operator'),
  ];
  await Promise.all(namespaces.map(object => create(rest, '/api/v1/namespaces', object)));
  await create(rest, '/api/v1/nodes', core('Node', 'node-0', {}, { 'kubernetes.io/hostname': 'node-0' }));
  const configMaps = ['config-logging', 'config-observability'].map(name => core('ConfigMap', name));
  await Promise.all(configMaps.map(map => create(rest, '/api/v1/namespaces/knative-operator/configmaps', map)));
}

/** Throws what the API server says against it. */
export async function create(rest: Rest, path: string, object: object): Promise<void> {
  const { status, body } = await rest('POST', path, { body: object });
  if (status !== 201) throw new Error(`POST ${path}: ${status} ${JSON.stringify(body)}`);
}

interface Stage {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly selector: { readonly matchExpressions: object[] } };
}

/**
 * KWOK's own stages for nodes and pods, as the one file that it reads; but the pods of our Jobs are not done at once, and
 * a pod with the image that only Istio's webhook replaces does not start, as nobody could pull it.
 */
export function writeStages(layout: Layout): void {
  const folder = builtPath('kwok', 'stages');
  const files = readdirSync(folder).sort();
  const stages = files.map(file => load(readFileSync(join(folder, file), 'utf8')) as Stage);
  const except = (stage: string, key: string, values: readonly string[]) => {
    const found = stages.find(({ metadata }) => metadata.name === stage);
    if (found === undefined) throw new Error(`${folder}: no stage ${stage}. Has KWOK changed?`);
    found.spec.selector.matchExpressions.push({ key, operator: 'NotIn', values });
  };
  except('pod-complete', '.spec.serviceAccountName', jobsAccounts);
  except('pod-ready', '.spec.containers.[].image', ['auto']);
  writeFileSync(fileOf(layout, 'stages.yaml'), stages.map(stage => dump(stage)).join('---\n'));
}
