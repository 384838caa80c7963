/** What Helm does to the one release of a test cluster, held against what its Jobs say and what the cluster then has. */
import * as assert from 'uvu/assert';
import { type Helm, type HelmResult, helms } from '../support/helm.ts';
import type { Cluster } from './cluster.ts';
import { everything, nothingLeft } from './everything.ts';
import { type JobRun, lastWords } from './kubelet.ts';
import { type KubernetesVersion, kubernetesVersions } from './modules.ts';
import type { KubeObject } from './objects.ts';
import { differences, isKept, released } from './released.ts';
import { helm, type ReleaseOptions, releaseName, removeLeftRoles } from './releases.ts';

/** Names of the Jobs that run in one action, and their last words when all is well. */
export type Words = Readonly<Record<string, string>>;

export const waiting = ['--wait', '--timeout', '120s'];

/** The Helm for a version of Kubernetes: Helm 3 for the older, Helm 4 for the newer, or with a shift the other way round. */
export const programOf = (version: KubernetesVersion, shift = 0): Helm =>
  helms()[(kubernetesVersions.indexOf(version) + shift) % helms().length] as Helm;

/** A test may have made and removed another release before: what Knative left of it is not to be in the way of this one. */
async function run(cluster: Cluster, program: Helm, args: readonly string[], options: ReleaseOptions) {
  await removeLeftRoles(cluster);
  return helm(cluster, program, args, options);
}

/** Runs Helm, and holds that these Jobs of that action, and no others, ran to their ends, with these last words. */
export async function helmWithJobs(
  cluster: Cluster,
  program: Helm,
  args: readonly string[],
  words: Words,
  options: { readonly input?: string } = {},
): Promise<void> {
  const before = cluster.jobRuns().length;
  const ran = () => cluster.jobRuns().slice(before);
  try {
    await run(cluster, program, [...args, ...waiting], options);
  } catch (error) {
    throw new Error(`${error}\n${ran().map(run => run.output())}`, { cause: error });
  }
  // A Job that is no hook may outlive Helm.
  await cluster.waitFor('the end of the Jobs', () => ran().every(run => run.exitCode !== undefined), { seconds: 20 });
  assert.equal(
    ran()
      .map(run => `${run.job}: ${run.exitCode} ${lastWords(run)}`)
      .sort(),
    Object.entries(words)
      .map(([job, last]) => `${job}: 0 ${last}`)
      .sort(),
  );
}

/** Helm on its way: its result, and the run of a Job of this action, of the first one unless it is named. */
export function beginHelm(
  cluster: Cluster,
  program: Helm,
  args: readonly string[],
): { done: Promise<HelmResult>; run: (job?: string) => JobRun | undefined } {
  const before = cluster.jobRuns().length;
  return {
    done: run(cluster, program, args, { reject: false }),
    run: job =>
      cluster
        .jobRuns()
        .slice(before)
        .find(run => job === undefined || run.job === job),
  };
}

export const hasSaid = (run: JobRun | undefined, words: string) => run?.output().includes(words) ?? false;

/** What the release says is what the cluster has; what the release no longer has is gone, unless it is to be kept. */
export async function asReleased(cluster: Cluster, program: Helm, before: readonly KubeObject[] = []) {
  const now = await released(cluster, program);
  const passing = before.filter(object => !isKept(object));
  await cluster.waitFor('the cluster is as the release says', async () => {
    const found = await differences(cluster, now, passing);
    if (found.length > 0) throw new Error(found.join('\n'));
    return true;
  });
  return now;
}

/** Uninstalls; then there is nothing that was not there before, but for these. */
export async function uninstall(
  cluster: Cluster,
  program: Helm,
  before: ReadonlySet<string>,
  stays: readonly string[] = [],
): Promise<void> {
  const words = { 'serverless-mesh-uninstall': 'the resources of Knative are gone' };
  await helmWithJobs(cluster, program, ['uninstall', releaseName], words);
  const now = await everything(cluster);
  assert.equal(
    stays.filter(name => !now.has(name)),
    [],
  );
  await nothingLeft(cluster, new Set([...before, ...stays]));
}
