import type { LookupFunction } from 'node:net';
import type { Check } from '../checks/check.ts';
import type { Plan } from '../checks/plan.ts';
import { type Result, runChecks } from '../checks/run.ts';
import { verifyChecks } from '../checks/verify/index.ts';
import type { Api } from '../cluster/api.ts';
import { readCluster } from '../cluster/cluster.ts';
import type { Io, Status } from '../io.ts';
import type { Progress } from '../progress.ts';
import { type ClusterOptions, checkSeconds, runOnCluster } from './cluster-command.ts';

export interface VerifyOptions extends ClusterOptions {
  /** In seconds: how long to look again at what is not ready. */
  readonly timeout?: number | undefined;
  readonly createTestService: boolean;
  /** Between two looks, in milliseconds. */
  readonly pause?: number;
  /** For tests: where the host of the test service is. */
  readonly lookup?: LookupFunction;
}

/** Looks whether an installed release works. Changes nothing, but for `createTestService`. */
export async function runVerify(options: VerifyOptions, io: Io): Promise<Status> {
  if (options.timeout !== undefined) checkSeconds('--timeout', options.timeout, 0);
  const test = options.createTestService ? await import('./test-service-command.ts') : undefined;
  return runOnCluster('verify', options, io, async (api, plan, progress) => {
    test?.refuseWithout(plan);
    const results = await settled(api, plan, progress, options);
    const tested = test === undefined ? [] : [await test.testService(api, plan, progress, options, io)];
    progress('');
    return [...results, ...tested];
  });
}

/** Looks again at what is not ok and may become so, until it is, or the time is up. */
async function settled(api: Api, plan: Plan, progress: Progress, options: VerifyOptions): Promise<Result[]> {
  const { timeout = 0, pause = 3000 } = options;
  const began = Date.now();
  const results = new Map<string, Result>();
  const look = async (checks: readonly Check[]) => {
    for (const result of await runChecks(checks, readCluster(api), plan)) results.set(result.id, result);
  };
  progress('looking at the cluster');
  await look(verifyChecks);
  for (;;) {
    const waiting = verifyChecks.filter(c => c.settles && (results.get(c.id)?.state ?? 'ok') !== 'ok');
    const left = timeout * 1000 - (Date.now() - began);
    if (waiting.length === 0 || left <= 0) return [...results.values()];
    progress(`waiting, ${Math.ceil(left / 1000)} s left: ${waiting.map(c => c.id).join(', ')}`);
    await new Promise(resolve => setTimeout(resolve, Math.min(pause, left)));
    await look(waiting);
  }
}
