/** Tenants beside the values of the mesh that they are in. */
import type { Values } from '../../values-schema/index.ts';
import { type Finding, placeText } from '../findings.ts';
import type { Environment } from '../values/environments.ts';
import { pathText } from '../values/path.ts';
import { tenantsByPrefix } from './overlaps.ts';
import { type MeshSetting, ownTrustDomain } from './settings.ts';
import { called, namespacesOf, prefixesOf, soundValue, type Tenant } from './tenant.ts';

/** The values of the chart serverless-mesh, without findings. */
export type Mesh = Pick<Environment, 'values' | 'placeOf'>;
const valuesOf = ({ values }: Mesh) => values as Values;
const where = (mesh: Mesh, path: readonly string[]) => placeText(mesh.placeOf(path));

/** For differentSettings. */
export const settingOf =
  (mesh: Mesh): MeshSetting =>
  path => {
    const { mesh: settings } = valuesOf(mesh);
    const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], mesh.values) as string;
    // Of a mesh that is there already, cluster.local means its own trust domain (values-schema/mesh.ts).
    const unknown = path.at(-1) === 'trustDomain' && value === ownTrustDomain && !settings.controlPlane.create;
    return unknown ? undefined : { value, where: where(mesh, path) };
  };

/** What the tenants need of the mesh: isolation, the parts that they use, and membership. */
export function missingInMesh(tenants: readonly Tenant[], mesh: Mesh): Finding[] {
  return [...noIsolation(mesh), ...tenants.flatMap(tenant => offInMesh(tenant, mesh)), ...noMembers(tenants, mesh)];
}

function noIsolation(mesh: Mesh): Finding[] {
  if (valuesOf(mesh).isolation.enabled) return [];
  const path = ['isolation', 'enabled'];
  const message = 'is false, so that Knative denies nothing and no tenant can be installed; write true';
  return [{ ...mesh.placeOf(path), path: pathText(path), message }];
}

function offInMesh(tenant: Tenant, mesh: Mesh): Finding[] {
  return (['serving', 'eventing', 'kafka'] as const).flatMap(part => {
    const path = [part, 'enabled'];
    if (soundValue(tenant, path) !== true || valuesOf(mesh)[part].enabled) return [];
    const why = `but ${part}.enabled of the mesh is false (${where(mesh, path)})`;
    return [{ ...tenant.source(path), message: `is true, ${why}; write false, or enable it there` }];
  });
}

function noMembers(tenants: readonly Tenant[], mesh: Mesh): Finding[] {
  const members = new Set<string>(valuesOf(mesh).mesh.members);
  const list = where(mesh, ['mesh', 'members']);
  return tenants.flatMap(tenant =>
    namespacesOf(tenant)
      .filter(({ name }) => !members.has(name))
      .map(({ name, index }) => ({
        ...tenant.own(['namespaces', index]),
        message: `is ${name}, which is no member of the mesh, so that its pods get no sidecar; add it to mesh.members (${list})`,
      })),
  );
}

/** Members that no tenant lists. Nothing is wrong with them, but few mean it. */
export function membersWithoutTenant(tenants: readonly Tenant[], mesh: Mesh): Finding[] {
  const listed = new Set(tenants.flatMap(tenant => namespacesOf(tenant).map(({ name }) => name)));
  const byPrefix = tenantsByPrefix(tenants);
  return valuesOf(mesh).mesh.members.flatMap((name, index) => {
    if (listed.has(name)) return [];
    const owner = prefixesOf(name).flatMap(prefix => byPrefix.get(prefix) ?? [])[0];
    const path = ['mesh', 'members', index];
    return [{ ...mesh.placeOf(path), path: pathText(path), message: withoutTenant(name, owner) }];
  });
}

function withoutTenant(name: string, owner: Tenant | undefined): string {
  const open = 'the whole mesh may call its pods';
  if (owner !== undefined)
    return `is ${name}, which is inside ${called(owner)} by its prefix, but has no policies of its own: ${open}; add it to the namespaces of the tenant`;
  return `is ${name}, which is in no tenant: ${open}, and its own cluster-local URLs, Brokers and Channels do not work; add it to a tenant`;
}
