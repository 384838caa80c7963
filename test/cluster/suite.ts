import { existsSync, readFileSync } from 'node:fs';
import { suite, type Test } from 'uvu';
import { goVersion, isBuilt } from './cache.ts';
import { whyNoCluster } from './cluster.ts';
import { uncoveredKinds } from './crds.ts';
import { goModules } from './modules.ts';

/**
 * A uvu suite that needs test clusters, `allKinds` with the definitions of every kind that the chart has. Where that
 * cannot be, it says so aloud and counts its tests as skipped; with CLUSTER_REQUIRED=1 it throws instead.
 */
export function clusterSuite(name: string, needs: { readonly allKinds?: boolean } = {}): Test {
  return suiteUnless(whyNoCluster() ?? (needs.allKinds ? whyNotAllKinds() : undefined), name);
}

/** The same for a suite that needs no cluster, only what is built of some modules of modules.ts. */
export function builtSuite(name: string, modules: readonly string[]): Test {
  return suiteUnless(whyNotBuilt(modules), name);
}

function suiteUnless(why: string | undefined, name: string): Test {
  if (why !== undefined && process.env.CLUSTER_REQUIRED === '1') throw new Error(`CLUSTER_REQUIRED=1, but ${why}`);
  const test = suite(name);
  if (why === undefined) return sayingWhy(test);
  process.stdout.write(`SKIPPED ${name}: ${why}\n`);
  const nothing = Object.assign(() => {}, { each: () => {} });
  const skipping = { before: nothing, after: nothing, skip: test.skip, run: test.run };
  return Object.assign((title: string) => test.skip(title), skipping) as unknown as Test;
}

/** What takes longer says how long, so that a log tells where the minutes of the whole went. */
const longSeconds = 15;

async function timed(name: string, run: () => Promise<void>): Promise<void> {
  const started = performance.now();
  try {
    await run();
  } finally {
    const seconds = Math.round((performance.now() - started) / 1000);
    if (seconds >= longSeconds) process.stdout.write(`${seconds} s: ${name}\n`);
  }
}

/** uvu counts the tests behind a hook that fails as not passed, but swallows the reason. */
function sayingWhy(test: Test): Test {
  const before = (hook: () => Promise<void>) =>
    test.before(async () => {
      await timed('before the tests', hook).catch(error => {
        process.stdout.write(`\nbefore the tests: ${error instanceof Error ? error.message : error}\n`);
        throw error;
      });
    });
  Object.assign(before, { each: test.before.each });
  return Object.assign((name: string, run: () => Promise<void>) => test(name, () => timed(name, run)), test, {
    before,
  }) as unknown as Test;
}

function whyNotAllKinds(): string | undefined {
  const missing = uncoveredKinds();
  return missing.length === 0 ? undefined : `there are no definitions here of ${missing.join(', ')}`;
}

function whyNotBuilt(names: readonly string[]): string | undefined {
  if (goVersion() === undefined) return `there is no Go to build ${names.join(', ')} with`;
  const missing = names.filter(name => !goModules.some(module => module.name === name && isBuilt(module)));
  return missing.length === 0 ? undefined : `not built: ${missing.join(', ')}; run test/cluster/build.ts`;
}

/** Those of the processes that still run. A dead one whose parent has not looked at it counts as ended. */
export function stillRunning(pids: readonly number[]): number[] {
  return pids.filter(pid => existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(statusOf(pid)));
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return 'State:\tZ';
  }
}
