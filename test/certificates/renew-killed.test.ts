import fs, { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { certificateOf, keysOf, keyText, today } from './make.ts';
import { fits, folderWith, pairIn, read, texts } from './renew-folder.ts';
import { renewChance, runRenewal } from './run.ts';

const test = suite('certificates: renew is killed');

const older = { crt: await certificateOf({ subject: 'CN=other', ca: true }), key: keyText(keysOf('rsa')) };

/** Runs `work` as a process that is killed before its n-th change of a name on the disk: nothing after it happens. */
async function killedAt(n: number, work: () => Promise<unknown>): Promise<boolean> {
  const real = { renameSync: fs.renameSync, rmSync: fs.rmSync };
  let left = n;
  const dying = <A extends unknown[]>(change: (...args: A) => void) =>
    function change_(...args: A): void {
      left -= 1;
      if (left < 0) throw Object.assign(new Error('killed'), { code: 'KILLED' });
      change(...args);
    };
  Object.assign(fs, { renameSync: dying(real.renameSync), rmSync: dying(real.rmSync) });
  syncBuiltinESMExports();
  try {
    await work();
    return left < 0;
  } catch {
    return true;
  } finally {
    Object.assign(fs, real);
    syncBuiltinESMExports();
  }
}

test('a run that is killed anywhere leaves no pair that does not fit, and always a whole one', async () => {
  let kills = 0;
  for (let n = 0, killed = true; killed; n += 1) {
    // A second renewal, so that older files are in the way too.
    const outDir = folderWith({ 'wildcard.old.crt': older.crt, 'wildcard.old.key': older.key });
    killed = await killedAt(n, async () => {
      const { status } = await runRenewal({ outDir }, renewChance(today));
      if (status !== 0) throw new Error('refused');
    });
    const files = readdirSync(outDir);
    const has = (name: string) => files.includes(`${name}.crt`) && files.includes(`${name}.key`);
    if (has('wildcard')) assert.ok(fits(pairIn(outDir, 'wildcard')), `after ${n} steps`);
    else
      assert.ok(
        has('wildcard.old') &&
          read(outDir, 'wildcard.old.crt') === texts['wildcard.crt'] &&
          fits(pairIn(outDir, 'wildcard.old')),
      );
    for (const file of files.filter(f => f.includes('.key')))
      assert.is(statSync(join(outDir, file)).mode & 0o077, 0, file);
    if (!killed) continue;
    kills += 1;
    const again = await runRenewal({ outDir }, renewChance(today));
    if (has('wildcard')) assert.is(again.status, 0);
    else {
      assert.is(again.status, 2);
      assert.match(
        again.message,
        /wildcard\.crt: does not exist, because an earlier renewal was interrupted; copy wildcard\.old\.crt and/,
      );
      for (const end of ['crt', 'key']) {
        rmSync(join(outDir, `wildcard.${end}`), { force: true });
        writeFileSync(join(outDir, `wildcard.${end}`), read(outDir, `wildcard.old.${end}`), { mode: 0o600 });
      }
      assert.is((await runRenewal({ outDir }, renewChance(today))).status, 0);
    }
  }
  assert.ok(kills >= 6, `${kills}`);
});

test.run();
