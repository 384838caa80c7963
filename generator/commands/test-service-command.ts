/** verify --create-test-service: loaded only then. */
import type { Plan } from '../checks/plan.ts';
import { type Result, runChecks } from '../checks/run.ts';
import { testObjects, testServiceCheck } from '../checks/verify/test-service.ts';
import type { Api } from '../cluster/api.ts';
import { readCluster } from '../cluster/cluster.ts';
import { GeneratorError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Progress } from '../progress.ts';
import type { VerifyOptions } from './verify.ts';

export function refuseWithout(plan: Plan): void {
  if (testObjects(plan).length === 0)
    throw new GeneratorError(
      'For these values there is no test service: set cluster.appsDomain, and mesh.members or verify.namespace; it needs the default URLs of Knative.',
      2,
    );
}

/** Ctrl-C ends the test, and what it made is deleted; a second one ends it at once. */
export async function testService(
  api: Api,
  plan: Plan,
  progress: Progress,
  options: VerifyOptions,
  io: Io,
): Promise<Result> {
  const abort = new AbortController();
  const stop = () => {
    abort.abort();
    io.talk('\ninterrupted: deleting what was created; interrupt again to leave it\n');
  };
  for (const signal of signals) process.once(signal, stop);
  try {
    const { timeout = 300, pause = 3000, lookup } = options;
    const check = testServiceCheck({ api, timeout: timeout * 1000, pause, signal: abort.signal, progress, lookup });
    const [result] = await runChecks([check], readCluster(api), plan);
    if (result === undefined) throw new Error('no result');
    return result;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
