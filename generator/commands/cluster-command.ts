/** What preflight and verify share: the values, the connection, the progress and the report. */

import type { Values } from '../../values-schema/index.ts';
import { type Plan, planFor } from '../checks/plan.ts';
import { asJson, asLines, asTable, type Subject, summary as summaryOf } from '../checks/report.ts';
import { type Result, statusOf } from '../checks/run.ts';
import type { Api } from '../cluster/api.ts';
import { oneLine } from '../cluster/secrets.ts';
import { withApi } from '../cluster/with-api.ts';
import { GeneratorError } from '../errors.ts';
import { findingText } from '../findings.ts';
import type { Io, Status } from '../io.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { type Progress, progressOn } from '../progress.ts';
import { type EnvironmentOptions, readEnvironments } from '../values/environments.ts';
import { checkRelease, type ReleaseOptions } from './release.ts';

export interface ClusterOptions extends EnvironmentOptions, ReleaseOptions {
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  /** In seconds. */
  readonly requestTimeout: number;
  readonly output: 'text' | 'json';
}

export type Look = (api: Api, plan: Plan, progress: Progress) => Promise<readonly Result[]>;

/**
 * Looks at the cluster for the values of an environment, and prints what was found.
 *
 * @throws GeneratorError (2) for a wrong option, and where there is no kubeconfig or no such context.
 */
export async function runOnCluster(
  command: Subject['command'],
  options: ClusterOptions,
  io: Io,
  look: Look,
): Promise<Status> {
  checkRelease(options);
  checkSeconds('--request-timeout', options.requestTimeout, 1);
  const [environment] = [...readEnvironments(serverlessMesh, options)];
  if (environment === undefined) throw new Error('no environment');
  for (const f of environment.findings) io.talk(`${findingText(f)}\n`);
  if (environment.findings.length > 0) return 1;

  const release = { name: options.releaseName, namespace: options.namespace };
  const plan = planFor(environment.values as Values, release);
  return withApi(options, io, async api => {
    const results = (
      await look(
        api,
        plan,
        progressOn(io, text => api.hide(oneLine(text))),
      )
    ).map(r => shownOf(r, api));
    const subject = { command, environment: environment.name, release, server: api.server, context: api.context };
    const status = statusOf(results);
    if (options.output === 'json') io.out(asJson(subject, results, status));
    else io.out(io.columns === undefined ? asLines(results) : asTable(results, io.columns));
    io.talk(`${environment.name} on ${oneLine(api.context)} (${api.server}): ${summaryOf(results)}\n`);
    return status;
  });
}

export function checkSeconds(option: string, value: number, least: number): void {
  if (!(value >= least && value <= 86_400))
    throw new GeneratorError(`${option} is ${value}; write seconds from ${least} to 86400.`, 2);
}

/** Whatever comes from a cluster goes through here before it is printed. */
function shownOf(result: Result, api: Api): Result {
  const clean = (text: string) => api.hide(oneLine(text));
  return {
    ...result,
    findings: result.findings.map(f => ({ finding: clean(f.finding), remedy: clean(f.remedy) })),
    unseen: result.unseen.map(u => ({ unseen: clean(u.unseen), remedy: clean(u.remedy) })),
    facts: result.facts.map(clean),
  };
}
