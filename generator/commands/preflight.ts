import { preflightChecks } from '../checks/preflight/index.ts';
import { runChecks } from '../checks/run.ts';
import { readCluster } from '../cluster/cluster.ts';
import type { Io, Status } from '../io.ts';
import { type ClusterOptions, runOnCluster } from './cluster-command.ts';

/** Section 1.4.1 of the base document, and whatever else can be known before an install. Changes nothing. */
export function runPreflight(options: ClusterOptions, io: Io): Promise<Status> {
  return runOnCluster('preflight', options, io, async (api, plan, progress) => {
    let done = 0;
    progress('looking at the cluster');
    const results = await runChecks(preflightChecks, readCluster(api), plan, ({ id }) => {
      done += 1;
      progress(`looked at ${done}: ${id}`);
    });
    progress('');
    return results;
  });
}
