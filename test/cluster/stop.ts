/**
 * Usage: node --import tsx test/cluster/stop.ts [FOLDER]
 * Stops the test cluster with that state folder; without a folder, the only one there is. Exit status 1: there is none,
 * or there are several to choose from.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statePrefix } from './layout.ts';
import { waitFor } from './wait.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

async function stop(dir: string): Promise<void> {
  const file = join(dir, 'keeper.pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  // The number may belong to somebody else by now.
  const isKeeper = pid > 0 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('keeper.ts');
  if (!isKeeper) throw new Error(`${dir}: no test cluster runs there`);
  process.kill(pid, 'SIGTERM');
  await waitFor(`the end of ${dir}`, () => !existsSync(dir), { seconds: 20 });
  say(`stopped ${dir}`);
}

const running = readdirSync(tmpdir())
  .filter(name => name.startsWith(statePrefix))
  .map(name => join(tmpdir(), name));
const [dir = running.length === 1 ? running[0] : undefined] = process.argv.slice(2);
if (dir === undefined) {
  say(running.length === 0 ? 'no test cluster runs' : `several run, name one:\n${running.join('\n')}`);
  process.exitCode = 1;
} else {
  await stop(dir);
}
