/** Custom resource definitions of the products: from the built Go modules, and from the shared folder where it is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtPath } from './cache.ts';

export interface CrdText {
  /** `<plural>.<group>`. */
  readonly name: string;
  readonly yaml: string;
}

/**
 * Folders below SHARED_DIR/crds, and the kinds that are lost without them: no published module has them. Only what is
 * tested: each definition makes the API server's work, and Helm's, longer.
 */
const sharedFolders: Readonly<Record<string, readonly string[]>> = {
  serverless: ['KnativeKafka', 'Service (serving.knative.dev)'],
  'service-mesh-2': ['ServiceMeshControlPlane', 'ServiceMeshMemberRoll', 'ServiceMeshMember'],
  'service-mesh-3': ['Istio', 'IstioCNI', 'IstioRevision'],
  'cert-manager': ['Certificate', 'Issuer', 'ClusterIssuer'],
  olm: ['Subscription', 'OperatorGroup', 'ClusterServiceVersion'],
  openshift: ['Route', 'Ingress (config.openshift.io)'],
  'prometheus-operator': ['PodMonitor', 'ServiceMonitor', 'PrometheusRule'],
};

const sharedDir = process.env.SHARED_DIR ?? fileURLToPath(new URL('../../../shared', import.meta.url));

const folders = Object.keys(sharedFolders).map(folder => ({ folder, path: join(sharedDir, 'crds', folder) }));

/** Kinds that no file defines, so nothing that a suite says is about them. */
export function uncoveredKinds(): string[] {
  return folders.filter(({ path }) => !existsSync(path)).flatMap(({ folder }) => sharedFolders[folder] ?? []);
}

/**
 * All definitions, each name once: the first file that has it counts, published modules before the shared folder. With
 * `servingByOperator`, those of Knative Serving are left to the operator.
 */
export function readCrds({ servingByOperator = false } = {}): CrdText[] {
  const built = [
    builtPath('istio', 'crds/istio.yaml'),
    builtPath('knative', 'crds/knativeservings.yaml'),
    builtPath('knative', 'crds/knativeeventings.yaml'),
  ];
  const shared = folders.filter(({ path }) => existsSync(path)).flatMap(({ path }) => yamlFiles(path));
  const wanted = shared.filter(path => !(servingByOperator && path.endsWith('serving-crds.yaml')));
  const byName = new Map<string, CrdText>();
  for (const crd of [...built, ...wanted].flatMap(readDefinitions)) {
    if (!byName.has(crd.name)) byName.set(crd.name, crd);
  }
  return [...byName.values()];
}

const yamlFiles = (folder: string) =>
  readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .map(file => join(folder, file));

function readDefinitions(path: string): CrdText[] {
  const documents = readFileSync(path, 'utf8').split(/^---.*$/m);
  return documents
    .filter(text => /^kind: "?CustomResourceDefinition"?\s*$/m.test(text))
    .map(yaml => {
      const name = /^metadata:\n(?: .*\n)*? {2}name: "?([^"\s]+)/m.exec(yaml)?.[1];
      if (name === undefined) throw new Error(`${path}: a definition without metadata.name`);
      return { name, yaml };
    });
}
