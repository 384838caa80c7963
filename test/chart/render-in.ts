/** Renders of a chart that see a cluster, as an install does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Chart } from '../../generator/model/chart.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import type { Values } from '../../generator/values/maps.ts';
import type { ClusterContent } from '../support/cluster-answers.ts';
import { lookupFlags, startClusterApi } from '../support/cluster-api.ts';
import { type Helm, type HelmResult, runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { caseArgs } from './cases.ts';
import { renderedKinds } from './cluster.ts';

export type Outcome = HelmResult & { readonly requests: readonly string[] };
/** A render that sees this cluster. */
export async function renderIn(
  helm: Helm,
  cluster: ClusterContent,
  values: Values = {},
  chart: Chart = serverlessMesh,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-'));
  const file = join(folder, 'values.yaml');
  writeFileSync(file, jsonForHelm(values));
  const api = await startClusterApi({ ...cluster, kinds: [...(cluster.kinds ?? renderedKinds)] });
  try {
    const args = [...caseArgs('template', { chart, file }), ...lookupFlags(helm)];
    const { requests, env } = api;
    return { ...(await runHelm(helm, args, { env, reject: false })), requests };
  } finally {
    await api.stop();
    rmSync(folder, { recursive: true });
  }
}

/** What the chart itself refuses with; all of stderr for any other error; empty for none. */
export const refusalOf = ({ stderr }: HelmResult, chart: Chart = serverlessMesh): string =>
  new RegExp(`^Error: execution error at \\(${chart.name}/templates/checks\\.yaml:\\d+:\\d+\\): (.*)$`, 'm').exec(
    stderr,
  )?.[1] ?? stderr;
