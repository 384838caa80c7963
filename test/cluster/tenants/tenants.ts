/** What the tests of tenants share: the isolation that a tenant becomes part of, the tenant's chart, and the policies of a cluster. */
import type { Chart } from '../../../generator/model/chart.ts';
import { serverlessMesh } from '../../../generator/model/serverless-mesh/index.ts';
import { serverlessMeshTenant } from '../../../generator/model/serverless-mesh-tenant/index.ts';
import { chartFolderOf } from '../../chart/cases.ts';
import { type Helm, type HelmResult, helms, parallel, runHelm } from '../../support/helm.ts';
import type { Cluster } from '../cluster.ts';
import type { KubeObject } from '../objects.ts';
import { objectsOf } from '../released.ts';
import { type ForHelm, helm, make, type ReleaseOptions } from '../releases.ts';

export const security = 'security.istio.io/v1beta1';
export const policyKind = 'AuthorizationPolicy';

export interface AuthorizationPolicy extends KubeObject {
  readonly metadata: KubeObject['metadata'] & {
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: object;
}

/** Values of a chart, as far as they are not the defaults. */
export type Values = Readonly<Record<string, unknown>>;

/** All policies in the cluster. */
export const policies = (cluster: Cluster) => cluster.objects.list<AuthorizationPolicy>(security, policyKind);
export const pathOf = ({ metadata }: KubeObject) => `${metadata.namespace}/${metadata.name}`;

/** The policies of the chart serverless-mesh with isolation. */
export const baseSet = (values: Values) =>
  rendered(serverlessMesh, ['mesh', '--set', 'isolation.enabled=true'], values);
/** The policies of a tenant called orders. */
export const tenantSet = (values: Values) => rendered(serverlessMeshTenant, ['orders'], values);

async function rendered(
  chart: Chart,
  [release, ...more]: readonly [string, ...string[]],
  values: Values,
): Promise<AuthorizationPolicy[]> {
  const args = ['template', release, chartFolderOf(chart), '-f', '-', ...more];
  const { stdout } = await runHelm(helms().at(-1)!, args, { input: JSON.stringify(values) });
  return (objectsOf(stdout) as AuthorizationPolicy[]).filter(({ kind }) => kind === policyKind);
}

/** Creates objects; throws where one is refused. */
export async function makeAll(cluster: Cluster, objects: readonly KubeObject[]): Promise<void> {
  await parallel(objects, 16, object => make(cluster, object));
}

export const namespaceNamed = (name: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
});

/** Removes all policies, and with them whatever a test that failed has left. */
export async function removePolicies(cluster: Cluster): Promise<void> {
  await parallel(await policies(cluster), 16, ({ metadata: { name, namespace } }) =>
    cluster.objects.remove(security, policyKind, name, namespace),
  );
}

/** Runs Helm on a release of the tenant's chart with these values. */
export function tenant(
  cluster: ForHelm,
  program: Helm,
  [action, release, ...more]: readonly [action: 'install' | 'upgrade', release: string, ...more: string[]],
  values: Values,
  options: ReleaseOptions = {},
): Promise<HelmResult> {
  const args = [action, release, chartFolderOf(serverlessMeshTenant), '-f', '-', ...more];
  return helm(cluster, program, args, { ...options, input: JSON.stringify(values) });
}
