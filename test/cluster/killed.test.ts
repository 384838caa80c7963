/**
 * Helm killed in the middle of an upgrade, and the way back: README, "Test cluster". Environment: KILLED_RUNS (20),
 * KILLED_SEED (random).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import * as assert from 'uvu/assert';
import { chartFolder } from '../chart/cases.ts';
import { type Dice, dice } from '../fuzz/dice.ts';
import { type Helm, helms } from '../support/helm.ts';
import type { Cluster } from './cluster.ts';
import { kubernetesVersions } from './modules.ts';
import { differences, released } from './released.ts';
import { helm, prepare, releaseName, releaseNamespace, removeReleases, valuesFile } from './releases.ts';
import { onEveryVersion } from './shared.ts';
import { clusterSuite } from './suite.ts';

const runs = Number(process.env.KILLED_RUNS ?? 20);
const seed = Number(process.env.KILLED_SEED ?? Math.floor(Math.random() * 2 ** 31));
const test = clusterSuite(`killed (${runs} upgrades, seed ${seed})`, { allKinds: true });

interface Kill {
  /** Begin to count when Helm has noted the upgrade in the cluster: before, it only renders, and nothing is harmed. */
  readonly midway: boolean;
  readonly milliseconds: number;
}

/** Starts an upgrade and kills it; false when it was done before. */
async function killedUpgrade(cluster: Cluster, { path }: Helm, values: readonly string[], kill: Kill) {
  const args = ['upgrade', releaseName, chartFolder, ...values, '--namespace', releaseNamespace];
  const running = execa(path, args, { env: { ...cluster.env, HELM_CACHE_HOME: cluster.dir }, reject: false });
  const ended = running.then(() => true);
  if (kill.midway) while (!(await isPending(cluster)) && !(await Promise.race([ended, sleep(5, false)])));
  await sleep(kill.milliseconds);
  running.kill('SIGKILL');
  return (await running).isTerminated;
}

async function isPending(cluster: Cluster): Promise<boolean> {
  const path = `/api/v1/namespaces/${releaseNamespace}/secrets?labelSelector=owner%3Dhelm%2Cstatus%3Dpending-upgrade`;
  return ((await cluster.rest('GET', path)).body as { items: unknown[] }).items.length > 0;
}

async function status(cluster: Cluster, program: Helm): Promise<string> {
  const { stdout } = await helm(cluster, program, ['status', releaseName, '--output', 'json']);
  return (JSON.parse(stdout) as { info: { status: string } }).info.status;
}

/** Upgrades and kills until there were enough kills, one of them midway; returns what was found after the kills. */
async function killOften(cluster: Cluster, wanted: number, roll: Dice): Promise<ReadonlyMap<string, number>> {
  const met = new Map<string, number>();
  let kills = 0;
  let milliseconds = 500;
  const isEnough = () => kills >= wanted && met.has('pending-upgrade');
  for (let run = 0; !isEnough() && run < 4 * wanted; run += 1) {
    const program = helms()[run % helms().length] as Helm;
    const values = ['-f', valuesFile('dev'), '--set', `commonLabels.run=r${run}`];
    // With the Jobs most kills would come while Helm waits for them.
    const jobs = ['--set', `jobs.enabled=${roll.oneIn(3)}`];
    const members = run % 3 === 0 ? ['--set', 'mesh.members={playground,orders}'] : [];
    const midway = !roll.oneIn(3);
    const kill = { midway, milliseconds: roll.below(midway ? 30 : milliseconds) };
    const isKilled = await killedUpgrade(cluster, program, [...values, ...jobs, ...members], kill);
    const found = await status(cluster, program);
    if (isKilled) met.set(found, (met.get(found) ?? 0) + 1);
    kills += isKilled ? 1 : 0;
    if (found !== 'deployed') {
      // It says so where it meets an object that the killed upgrade was still to delete; the next upgrade does not mind.
      const { exitCode, stderr } = await helm(cluster, program, ['rollback', releaseName], { reject: false });
      if (exitCode !== 0)
        assert.match(stderr, /original object \S+ with the name "[^"]+" not found|no \S+ with the name "[^"]+" found/);
      if (exitCode !== 0) met.set('half rolled back', (met.get('half rolled back') ?? 0) + 1);
    }
    const started = performance.now();
    await helm(cluster, program, ['upgrade', releaseName, chartFolder, ...values, ...jobs]);
    // The next of them is killed at any moment of what this one took.
    milliseconds = performance.now() - started;
    assert.is(await status(cluster, program), 'deployed', `run ${run}`);
    assert.equal(await differences(cluster, await released(cluster, program), []), [], `run ${run}`);
  }
  return met;
}

test('a killed upgrade is undone by a rollback, and the next upgrade succeeds', async () => {
  await onEveryVersion(async cluster => {
    await prepare(cluster, 'dev');
    try {
      await helm(cluster, helms()[0]!, ['install', releaseName, chartFolder, '-f', valuesFile('dev')]);
      const met = await killOften(
        cluster,
        runs / kubernetesVersions.length,
        dice(seed + kubernetesVersions.indexOf(cluster.kubernetes)),
      );
      const found = [...met].map(([name, times]) => `${name} ${times}`).join(', ');
      process.stdout.write(`Kubernetes ${cluster.kubernetes}, found after the kill: ${found}\n`);
      assert.ok(met.has('pending-upgrade'), 'no kill came in the middle');
    } finally {
      await removeReleases(cluster);
    }
  });
});

test.run();
