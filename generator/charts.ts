/** All charts of the project. */
import { GeneratorError } from './errors.ts';
import type { Chart } from './model/chart.ts';
import { serverlessMesh } from './model/serverless-mesh/index.ts';

export const charts: readonly Chart[] = [serverlessMesh];

/** The charts of these names; all of them for no name. Throws a usage error for a name that there is not. */
export function chartsNamed(names: readonly string[]): readonly Chart[] {
  const unknown = names.find(name => !charts.some(c => c.name === name));
  if (unknown !== undefined)
    throw new GeneratorError(`${unknown} is no chart; write one of ${charts.map(c => c.name).join(', ')}.`, 2);
  return names.length === 0 ? charts : charts.filter(c => names.includes(c.name));
}
