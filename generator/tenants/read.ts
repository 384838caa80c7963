/** Files of tenants: what all share, and what each has. */
import { TenantValues } from '../../values-schema/tenant/index.ts';
import { defaults } from '../emit/fields.ts';
import type { Finding } from '../findings.ts';
import type { Schema } from '../gotmpl/expr.ts';
import { serverlessMeshTenant } from '../model/serverless-mesh-tenant/index.ts';
import { checkValues, type ValueFinding } from '../values/environments.ts';
import type { Values } from '../values/maps.ts';
import { mergeValues } from '../values/merge.ts';
import { nearest, pathText, type ValuePath } from '../values/path.ts';
import { expectedIn, type ValuesSchema } from '../values/schema-path.ts';
import { type ReadFile, readValuesFile } from '../values/values-file.ts';
import { type Frame, frameOf, ofOneTenant } from './frame.ts';
import { nameFindings, ofOneInList } from './names.ts';
import type { Place, Tenant } from './tenant.ts';

export interface TenantList {
  readonly tenants: readonly Tenant[];
  readonly findings: readonly Finding[];
  /** Every file could be read, so that no tenant is missing. */
  readonly whole: boolean;
}

/** A list of tenants is no values file of Helm's, which has a limit of its own. */
const mostValues = 2_000_000;
const expectedOfTenant = expectedIn(TenantValues as unknown as ValuesSchema);
const options = {
  expectedAt: (path: ValuePath) => expectedOfTenant(path.slice(path[0] === 'tenants' ? 2 : 1)),
  mostValues,
  example: 'tenants: [{name: orders, namespaces: [orders]}]',
};
const chartDefaults = defaults(serverlessMeshTenant.values as Schema) as Values;

interface TenantFile {
  readonly read: ReadFile;
  readonly frame: Frame;
}

/**
 * All tenants of these files, each checked by itself. `defaults` of a file are for its own tenants, so that no team
 * changes what another one has; those of a file without tenants are for the tenants of all files. `each` is called for
 * each tenant, with their number so far and in all.
 */
export function readTenants(files: readonly string[], each: (done: number, all: number) => void): TenantList {
  const all = files.map(file => readValuesFile(file, new Set(), options));
  const readable = all
    .filter(read => read.findings.length === 0)
    .map((read): TenantFile => ({ read, frame: frameOf(read) }));
  const common = readable.filter(({ frame }) => frame.items === undefined);
  const count = readable.reduce((sum, { frame }) => sum + (frame.items?.length ?? 0), 0);
  const findings = [...all.flatMap(read => read.findings), ...readable.flatMap(({ frame }) => frame.findings)];
  const whole = readable.length === all.length;
  if (whole && count === 0 && findings.length === 0) findings.push(noTenants(readable));
  const tenants: Tenant[] = [];
  let done = 0;
  for (const file of readable) {
    const shared = sharedOf(file, common);
    for (const index of (file.frame.items ?? []).keys()) {
      const { tenant, found } = tenantOf(file, index, shared);
      if (tenant !== undefined) tenants.push(tenant);
      for (const finding of found) findings.push(finding);
      done += 1;
      each(done, count);
    }
  }
  return { tenants, findings, whole };
}

/** The list that is empty, or else the file in which it is looked for. */
function noTenants(files: readonly TenantFile[]): Finding {
  const empty = files.findLast(({ frame }) => frame.items !== undefined);
  const { file, lineOf } = (empty ?? files.at(-1)!).read;
  const line = lineOf(['tenants']);
  const what = `is ${empty === undefined ? 'missing' : 'empty'}; list the tenants, each with its name and namespaces`;
  return { file, ...(line === undefined ? {} : { line }), path: 'tenants', message: what };
}

interface Shared {
  readonly values: Values;
  /** Where `defaults` set the path itself; undefined where they do not. */
  readonly placeOf: (path: ValuePath) => Place | undefined;
  /** Findings of `defaults` alone, by path and message: what a tenant inherits is told once. */
  readonly findings: () => ReadonlyMap<string, Finding>;
}

/** What the tenants of a file share. Its own defaults lie on top of the common ones. */
function sharedOf(file: TenantFile, common: readonly TenantFile[]): Shared {
  const layers = file.frame.items === undefined ? common : [...common, file];
  const values = mergeValues({}, ...layers.map(({ frame }) => frame.defaults));
  const placeOf = (path: ValuePath): Place | undefined => {
    for (const { read } of layers.toReversed()) {
      const line = read.lineOf(['defaults', ...path]);
      if (line !== undefined) return { file: read.file, line, path: pathText(['defaults', ...path]) };
    }
    return undefined;
  };
  let known: ReadonlyMap<string, Finding> | undefined;
  const findings = () => {
    known ??= new Map(
      checkValues(serverlessMeshTenant, mergeValues(chartDefaults, values)).flatMap(finding => {
        const place = ofOneTenant.includes(String(finding.path[0]))
          ? undefined
          : nearest(finding.nearest ?? finding.path, placeOf);
        const path = pathText(['defaults', ...finding.path]);
        return place === undefined ? [] : [[keyOf(finding), { ...place, path, message: finding.message }] as const];
      }),
    );
    return known;
  };
  return { values, placeOf, findings };
}

const keyOf = ({ path, message }: ValueFinding) => `${pathText(path)}: ${message}`;

function tenantOf(
  { read, frame }: TenantFile,
  index: number,
  shared: Shared,
): { readonly tenant?: Tenant; readonly found: readonly Finding[] } {
  const given = frame.items?.[index];
  if (given === undefined) return { found: [] };
  const { file, lineOf } = read;
  const lineAt = (path: ValuePath) => lineOf(['tenants', index, ...path]);
  const at = (line: number | undefined, path: ValuePath): Place => ({
    file,
    ...(line === undefined ? {} : { line }),
    path: pathText(path),
  });
  const own = (path: ValuePath, lookedFor = path): Place =>
    at(nearest(lookedFor, lineAt, 0), ['tenants', index, ...path]);
  const source = (path: ValuePath): Place =>
    lineAt(path) === undefined ? (shared.placeOf(path) ?? at(lineOf(['defaults']), ['defaults', ...path])) : own(path);
  const values = mergeValues(chartDefaults, shared.values, given);
  const problems = [...checkValues(serverlessMeshTenant, values).map(ofOneInList), ...nameFindings(values.name)];
  const found = problems.map(
    finding =>
      shared.findings().get(keyOf(finding)) ?? {
        ...own(finding.path, finding.nearest),
        message: finding.message,
      },
  );
  const broken = new Set(problems.map(({ path }) => pathText(path)));
  return { tenant: { name: values.name, values, broken, own, source }, found };
}
