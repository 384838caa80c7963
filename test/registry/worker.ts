/**
 * Usage: worker TARGET RELEASE...: publishes one release after the other.
 * With --hold PATH, holds the lock PATH instead, until it is killed. Says "ready" before it begins to work.
 */
import { runPublish } from '../../generator/commands/publish.ts';
import { withLock } from '../../generator/output/lock.ts';

const [target = '', ...releases] = process.argv.slice(2);
const io = { out: () => undefined, talk: () => undefined, interactive: false };
const options = { target, dryRun: false, output: 'text', lockTimeout: 120, retries: 0, requestTimeout: 60 } as const;
const ready = () => process.stdout.write('ready\n');
if (target === '--hold')
  await withLock(releases[0]!, 0, async () => {
    ready();
    await new Promise(resolve => setTimeout(resolve, 600_000));
  });
else {
  ready();
  for (const from of releases) await runPublish({ ...options, from }, io);
}
