/** What all tenants of a mesh have in common, because the mesh has it. */
import { type Finding, placeText } from '../findings.ts';
import { soundValue, type Tenant } from './tenant.ts';

type Keys = readonly string[];

/** The value in the chart serverless-mesh-tenant, and in serverless-mesh. */
const settings: readonly { readonly tenant: Keys; readonly mesh: Keys }[] = [
  { tenant: ['mesh', 'generation'], mesh: ['mesh', 'generation'] },
  { tenant: ['mesh', 'namespace'], mesh: ['mesh', 'namespace'] },
  { tenant: ['cluster', 'dnsDomain'], mesh: ['cluster', 'dnsDomain'] },
  { tenant: ['trustDomain'], mesh: ['mesh', 'trustDomain'] },
];

/** A value of the mesh and where it stands; undefined where the values of the mesh do not say. */
export type MeshSetting = (path: Keys) => { readonly value: string; readonly where: string } | undefined;

/** Values that are not as the mesh has them; or, where that is not known, not as most tenants have them. */
export function differentSettings(tenants: readonly Tenant[], meshSetting: MeshSetting = () => undefined): Finding[] {
  return settings.flatMap(({ tenant: path, mesh }) => {
    const given = tenants.flatMap(tenant => {
      const value = soundValue(tenant, path);
      return typeof value === 'string' && !meansThatOfTheMesh(path, value) ? [{ tenant, value }] : [];
    });
    const wanted = meshSetting(mesh);
    if (wanted !== undefined) {
      const why = `but ${mesh.join('.')} of the mesh is ${wanted.value} (${wanted.where})`;
      return unlike(given, wanted.value, path, why);
    }
    const usual = mostFrequent(given);
    if (usual === undefined) return [];
    const why = `but ${usual.value} at ${placeText(usual.tenant.source(path))}, and all tenants are in one mesh`;
    return unlike(given, usual.value, path, why);
  });
}

/** In policies cluster.local means the trust domain of the mesh, whichever that is: istio pilot/pkg/trustdomain/bundle.go. */
export const ownTrustDomain = 'cluster.local';
const meansThatOfTheMesh = ([key]: Keys, value: string) => key === 'trustDomain' && value === ownTrustDomain;

interface Given {
  readonly tenant: Tenant;
  readonly value: string;
}

function unlike(given: readonly Given[], wanted: string, path: Keys, why: string): Finding[] {
  return given
    .filter(({ value }) => value !== wanted)
    .map(({ tenant, value }) => ({ ...tenant.source(path), message: `is ${value}, ${why}; write ${wanted}` }));
}

/** One with the most frequent value, the first of them. */
function mostFrequent(given: readonly Given[]): Given | undefined {
  const counts = new Map<string, number>();
  for (const { value } of given) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return given.find(({ value }) => counts.get(value) === most);
}
