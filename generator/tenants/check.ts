/** A whole list of tenants: each by itself, among the others, and beside the mesh. */
import type { Finding } from '../findings.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { type Progress, percentOn } from '../progress.ts';
import { type Environment, readEnvironments, withoutKeys } from '../values/environments.ts';
import { membersWithoutTenant, missingInMesh, settingOf } from './mesh.ts';
import { sameNames } from './names.ts';
import { overlaps } from './overlaps.ts';
import { readTenants } from './read.ts';
import { differentSettings } from './settings.ts';
import type { Tenant } from './tenant.ts';

export interface TenantFiles {
  /** Files of tenants. */
  readonly files: readonly string[];
  /** Values of the chart serverless-mesh, merged in order; none where the mesh is not looked at. */
  readonly meshFiles: readonly string[];
}

export interface CheckedTenants {
  readonly tenants: readonly Tenant[];
  /** In the order of the files and their lines; what several tenants inherit stands there once. */
  readonly findings: readonly Finding[];
  /** What is not wrong, but seldom meant. */
  readonly notes: readonly Finding[];
}

/** Reads and checks. A file that cannot be read throws a usage error. */
export function checkTenants({ files, meshFiles }: TenantFiles, progress: Progress): CheckedTenants {
  const mesh = meshOf(meshFiles);
  const sound = mesh?.findings.length === 0 ? mesh : undefined;
  const { tenants, findings, whole } = readTenants(files, percentOn(progress, 'checking'));
  progress('comparing');
  const compared = [
    ...sameNames(tenants),
    ...overlaps(tenants),
    ...differentSettings(tenants, sound && settingOf(sound)),
    ...(sound === undefined ? [] : missingInMesh(tenants, sound)),
  ];
  const order = [...files, ...meshFiles];
  const notes = sound === undefined || !whole ? [] : membersWithoutTenant(tenants, sound);
  return {
    tenants,
    findings: inOrder([...findings, ...(mesh?.findings ?? []), ...compared.map(safe)], order),
    notes: inOrder(notes.map(safe), order),
  };
}

function meshOf(files: readonly string[]): Environment | undefined {
  return files.length === 0 ? undefined : [...readEnvironments(serverlessMesh, { environments: [], files })][0];
}

const safe = (finding: Finding): Finding => ({ ...finding, message: withoutKeys(finding.message) });

/** Each once, by file and line; those of one line stay in their order. */
function inOrder(findings: readonly Finding[], files: readonly string[]): Finding[] {
  const rank = new Map(files.map((file, index) => [file, index]));
  const rankOf = ({ file = '' }: Finding) => rank.get(file) ?? -1;
  const unique = new Map(findings.map(f => [JSON.stringify([f.file, f.line, f.path, f.message]), f]));
  return [...unique.values()].sort((a, b) => rankOf(a) - rankOf(b) || (a.line ?? 0) - (b.line ?? 0));
}
