import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildChart } from '../../generator/build.ts';
import { defaults } from '../../generator/emit/fields.ts';
import { readFrames } from '../../generator/files.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart, ruleFindings } from '../../generator/render/evaluate-chart.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { type Helm, runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { parseManifests } from '../support/render.ts';
import type { KubernetesObject, Placeholders } from './parse.ts';
import type { Scenario } from './scenarios.ts';

const release = { name: 'example', namespace: 'default' };
const { name, version, appVersion } = serverlessMesh;

/** What stands for the placeholders in the list of differences. */
export const wordsFor = (scenario: Scenario): Placeholders => ({
  ...scenario.placeholders,
  '<chart>': name,
  '<version>': version,
  '<app version>': appVersion,
  '<release>': release.name,
});

/** What the model gives for the values of a scenario. */
export function modelObjects({ values }: Scenario): KubernetesObject[] {
  const merged = mergeValues(defaults(serverlessMesh.values as Schema) as Values, values as Values);
  const refused = ruleFindings(serverlessMesh, merged).map(({ path, message }) => `${path.join('.')} ${message}`);
  if (refused.length > 0) throw new Error(refused.join('\n'));
  return evaluateChart(serverlessMesh, merged, release).map(({ object }) => object as KubernetesObject);
}

/** Runs `body` with the folder of a freshly built chart. */
export async function withChart(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'base-document-'));
  try {
    for (const [path, text] of buildChart(serverlessMesh, readFrames())) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What Helm prints for the values of a scenario. */
export async function helmObjects(helm: Helm, chartFolder: string, { values }: Scenario): Promise<KubernetesObject[]> {
  const args = ['template', release.name, chartFolder, '--namespace', release.namespace, '--values', '-'];
  const { stdout } = await runHelm(helm, args, { input: jsonForHelm(values) });
  return parseManifests(stdout).map(({ object }) => object as KubernetesObject);
}
