/**
 * Usage: node --import tsx test/cluster/build.ts [MODULE...]
 * Builds the programs of the test cluster that are not in the cache yet, one module after the other, and says how long
 * each took. Exit status 3: skipped, there is no Go on PATH. 1: a build failed.
 */
import { cacheFolder, goVersion, isBuilt } from './cache.ts';
import { buildModule, interrupted } from './go-build.ts';
import { goModules } from './modules.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

async function buildAll(names: readonly string[]): Promise<void> {
  const started = performance.now();
  const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(0)} s`;
  for (const module of goModules.filter(({ name }) => names.length === 0 || names.includes(name))) {
    if (isBuilt(module)) {
      say(`${module.name}: in the cache`);
      continue;
    }
    say(`${module.name}: building ${Object.keys(module.programs).join(', ')}`);
    const since = performance.now();
    await buildModule(module);
    say(`${module.name}: ${seconds(since)}, ${cacheFolder(module)}`);
  }
  say(`all built, ${seconds(started)}`);
}

if (goVersion() === undefined) {
  say('skipped: the test cluster is built from Go modules, and there is no go on PATH');
  process.exit(3);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
try {
  await buildAll(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
