/** How far random value sets reach: what differs from the defaults, what renders, and on which releases. */
import { isDeepStrictEqual } from 'node:util';
import { fields } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import type { Chart } from '../../generator/model/chart.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import type { Values } from './random-values.ts';

/** Shares from 0 to 1, by name. */
export type Shares = ReadonlyMap<string, number>;
export interface Coverage {
  /** Path of a leaf of the schema: sets in which it is away from its default. */
  readonly leaves: Shares;
  /** Template path: sets in which it renders an object. */
  readonly resources: Shares;
  /** Release of OpenShift Serverless: sets that ask for it. */
  readonly releases: Shares;
}

const at = (values: Values, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Values | undefined)?.[key], values);

export function coverage(chart: Chart, sets: readonly Values[]): Coverage {
  const share = (test: (values: Values, index: number) => boolean) => sets.filter(test).length / sets.length;
  const leaves = fields(chart.values as Schema);
  const rendered = sets.map(
    values => new Set(evaluateChart(chart, values, { name: 'r', namespace: 'n' }).map(({ source }) => source)),
  );
  const release = leaves.find(({ path }) => path === 'serverless.release');
  return {
    leaves: new Map(
      leaves.map(({ path, schema }) => [path, share(values => !isDeepStrictEqual(at(values, path), schema.default))]),
    ),
    resources: new Map(
      Object.keys(chart.resources).map(path => [
        path,
        share((_, index) => rendered[index]!.has(`${chart.name}/templates/${path}.yaml`)),
      ]),
    ),
    releases: new Map(
      (release?.schema.enum ?? []).map(name => [
        String(name),
        share(values => at(values, 'serverless.release') === name),
      ]),
    ),
  };
}

/** A short table: the ten leaves that change least, all resources, all releases. */
export function coverageTable({ leaves, resources, releases }: Coverage): string {
  const line = ([name, share]: readonly [string, number]) => `  ${(100 * share).toFixed(1).padStart(5)} %  ${name}`;
  const lowest = [...leaves].sort(([, a], [, b]) => a - b).slice(0, 10);
  return [
    'Away from the default, the ten lowest:',
    ...lowest.map(line),
    'Resources that render:',
    ...[...resources].map(line),
    `Releases: ${[...releases].map(([name, share]) => `${name} ${(100 * share).toFixed(1)} %`).join(', ')}`,
  ].join('\n');
}
