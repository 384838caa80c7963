/** The Helm charts that an environment needs, and where they are. */
import { defaults } from '../emit/fields.ts';
import type { Schema } from '../gotmpl/expr.ts';
import type { Chart } from '../model/chart.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { serverlessMeshOperators } from '../model/serverless-mesh-operators/index.ts';
import { serverlessMeshTenant } from '../model/serverless-mesh-tenant/index.ts';
import { checkValues } from '../values/environments.ts';
import type { Values } from '../values/maps.ts';

export interface ChartPackage {
  readonly name: string;
  readonly version: string;
  /** Address of the repository, http(s) or oci; undefined for a package in a folder. */
  readonly repository?: string;
  /** The package. */
  readonly file: string;
  readonly why: string;
  /** False where a tool that renders it without values, as oc-mirror does, is refused. */
  readonly rendersAlone: boolean;
}

const rows: readonly { readonly chart: Chart; readonly why: string }[] = [
  { chart: serverlessMesh, why: 'the environment itself' },
  { chart: serverlessMeshOperators, why: 'Subscriptions of the operators' },
  { chart: serverlessMeshTenant, why: 'one release for each tenant, if you have tenants' },
];

/** In this folder, or in this repository. */
export const chartPackages = (folder: string, repository?: string): ChartPackage[] =>
  rows.map(({ chart, why }) => ({
    name: chart.name,
    version: chart.version,
    ...(repository === undefined ? {} : { repository }),
    file: `${folder.replace(/\/+$/, '')}/${chart.name}-${chart.version}.tgz`,
    why,
    rendersAlone: checkValues(chart, defaults(chart.values as Schema) as Values).length === 0,
  }));
