/** All charts of the project. */
import { GeneratorError } from './errors.ts';
import type { Chart } from './model/chart.ts';
import { serverlessMesh } from './model/serverless-mesh/index.ts';
import { serverlessMeshOperators } from './model/serverless-mesh-operators/index.ts';
import { serverlessMeshTenant } from './model/serverless-mesh-tenant/index.ts';

export const charts: readonly Chart[] = [serverlessMesh, serverlessMeshTenant, serverlessMeshOperators];

/** The chart that values are of, where nothing else is said. */
export const mainChart = serverlessMesh.name;

/** The chart of this name. Throws a usage error for a name that there is not. */
export const chartNamed = (name = mainChart): Chart => chartsNamed([name])[0]!;

/** The charts of these names; all of them for no name. Throws a usage error for a name that there is not. */
export function chartsNamed(names: readonly string[]): readonly Chart[] {
  const unknown = names.find(name => !charts.some(c => c.name === name));
  if (unknown !== undefined)
    throw new GeneratorError(`${unknown} is no chart; write one of ${charts.map(c => c.name).join(', ')}.`, 2);
  return names.length === 0 ? charts : charts.filter(c => names.includes(c.name));
}
