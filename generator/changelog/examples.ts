/** The example environments of each chart, with which a version is recorded. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { defaults } from '../emit/fields.ts';
import { GeneratorError } from '../errors.ts';
import { findingText } from '../findings.ts';
import type { Schema } from '../gotmpl/expr.ts';
import type { Chart } from '../model/chart.ts';
import { put } from '../put.ts';
import { readTenants } from '../tenants/read.ts';
import { readEnvironments } from '../values/environments.ts';
import { isMap, type Values } from '../values/maps.ts';
import { type ChartRecord, defaultValues, type Example } from './record.ts';

/**
 * The default values, then the examples below `root`: environments/*.yaml, and the tenants of environments/tenants/*.yaml.
 * Of an example that is another one since `before`, its values in that version follow, so that the two can be compared.
 * Throws a GeneratorError for an example with findings.
 */
export function examplesOf(chart: Chart, root: string, before?: ChartRecord): Example[] {
  const now = [defaultValues, ...own(chart, root)];
  const earlier = (before?.examples ?? []).filter(e => !now.some(n => isDeepStrictEqual(n.values, e.values)));
  return [...now, ...earlier.map(({ name, values }) => ({ name: `${name} of ${before!.version}`, values }))];
}

function own(chart: Chart, root: string): Example[] {
  if (chart.name === 'serverless-mesh') return environments(chart, join(root, 'environments'));
  return chart.name === 'serverless-mesh-tenant' ? tenants(chart, join(root, 'environments/tenants')) : [];
}

const yamlIn = (folder: string) =>
  readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => join(folder, name));

function environments(chart: Chart, folder: string): Example[] {
  return [...readEnvironments(chart, { environments: yamlIn(folder), files: [] })].map(
    ({ name, overrides, findings }) => {
      if (findings[0] !== undefined) throw new GeneratorError(findingText(findings[0]));
      return { name, values: overrides };
    },
  );
}

function tenants(chart: Chart, folder: string): Example[] {
  const { tenants, findings } = readTenants(yamlIn(folder), () => undefined);
  if (findings[0] !== undefined) throw new GeneratorError(findingText(findings[0]));
  const usual = defaults(chart.values as Schema) as Values;
  return tenants.map(({ name, values }) => ({ name: `tenant ${String(name)}`, values: without(values, usual) }));
}

/** What values say beyond the defaults: a record keeps what a user wrote, so that later defaults show. */
function without(values: Values, usual: Values): Values {
  const result: Values = {};
  for (const [key, value] of Object.entries(values)) {
    const other = Object.hasOwn(usual, key) ? usual[key] : undefined;
    if (isDeepStrictEqual(value, other)) continue;
    put(result, key, isMap(value) && isMap(other) ? without(value, other) : value);
  }
  return result;
}
