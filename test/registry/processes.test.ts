/** Publishers as processes of their own: at once, and killed. */
import { existsSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { stdout as output } from 'node:process';
import { build } from 'esbuild';
import { execa } from 'execa';
import { load } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readIfThere } from '../../generator/output/published.ts';
import { sha256 } from '../../generator/output/sums.ts';
import { pageFrames } from '../../scripts/page-frames.ts';
import { newPath, writeRelease } from '../publish/release.ts';
import { publish } from './run.ts';

const test = suite('registry: publishers as processes');

/** In a bundle, it starts in a tenth of the time. */
const worker = `${newPath()}.mjs`;
await build({
  entryPoints: ['test/registry/worker.ts'],
  outfile: worker,
  bundle: true,
  platform: 'node',
  format: 'esm',
  plugins: [pageFrames],
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
const start = (target: string, releases: readonly string[]) =>
  execa('node', [worker, target, ...releases], { reject: false });
const isReady = (process: ReturnType<typeof start>) =>
  new Promise<void>(resolve => {
    process.stdout.once('data', () => resolve());
    process.once('exit', () => resolve());
  });
const versions = (prefix: number, count: number) => Array.from({ length: count }, (_, i) => `${prefix}.${i}.0`);
const releasesOf = (list: readonly string[], name = 'bread') => list.map(version => writeRelease({ version, name }));

interface Entry {
  readonly version: string;
  readonly digest: string;
  readonly urls: readonly string[];
}
/** Every entry; asserts that the index is whole, and names only what is there whole. */
function entriesOf(target: string): Entry[] {
  const text = readIfThere(join(target, 'index.yaml'));
  if (text === undefined) return [];
  const { generated, entries } = load(new TextDecoder().decode(text)) as {
    generated: string;
    entries: Record<string, Entry[]>;
  };
  assert.ok(generated);
  const all = Object.values(entries).flat();
  for (const { urls, digest } of all) assert.is(sha256(readFileSync(join(target, urls[0]!))), digest, urls[0]);
  return all;
}
test('a disk that is full while the last files are written: nothing is published', async () => {
  const [target, from] = [newPath(), writeRelease()];
  // No file may have more than 16 KiB, which the page has.
  const limited = ['-c', 'ulimit -f 16; exec "$@"', 'sh', 'node', worker, target, from];
  const { exitCode, stderr } = await execa('sh', limited, { reject: false });
  assert.is(exitCode, 1);
  assert.match(stderr, /index\.html: cannot be written \(EFBIG\); nothing was changed;/);
  assert.equal(readdirSync(target), []);
});

const isHidden = (name: string) => name.startsWith('.');

test('four publishers at once, 12 releases each: nothing is lost, and a reader never sees half an index', async () => {
  const target = newPath();
  const lists = [1, 2, 3, 4].map(n => versions(n, 12));
  const workers = lists.map(list => start(target, releasesOf(list)));
  let running = true;
  const read = async () => {
    let reads = 0;
    for (; running; reads++) {
      entriesOf(target);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    return reads;
  };
  const reader = read().catch((error: Error) => error);
  const ended = await Promise.all(workers);
  running = false;
  const reads = await reader;
  assert.ok(typeof reads === 'number' && reads > 0, String(reads));
  for (const { exitCode, stderr } of ended) assert.is(exitCode, 0, stderr);
  assert.equal(
    entriesOf(target)
      .map(e => e.version)
      .sort(),
    lists.flat().sort(),
  );
  assert.equal(readdirSync(target).filter(isHidden), []);
});

test('four publishers at once, the same version with other contents each: one wins, the others are refused', async () => {
  for (let round = 0; round < 3; round++) {
    const target = newPath();
    const releases = ['a', 'b', 'c', 'd'].map(motd => writeRelease({ motd }));
    const ended = await Promise.all(releases.map(from => start(target, [from])));
    assert.is(ended.filter(({ exitCode }) => exitCode === 0).length, 1);
    assert.is(entriesOf(target).length, 1);
    for (const { exitCode, stderr } of ended)
      if (exitCode !== 0) assert.match(stderr, /is published already, with other content/);
  }
});

test('killed at any moment, many times: the index names only what is whole; the next run completes it', async () => {
  const list = versions(1, 40);
  const releases = releasesOf(list);
  const whole = newPath();
  for (const from of releases) await publish(whole, from);
  const target = newPath();
  let locked = 0;
  let killed = 0;
  for (let round = 0; round < 14; round++) {
    const process = start(target, releases);
    await isReady(process);
    const pause = Math.random() * 400;
    await new Promise(resolve => setTimeout(resolve, pause));
    process.kill('SIGKILL');
    if ((await process).signal === 'SIGKILL') killed++;
    entriesOf(target);
    if (existsSync(target) && readdirSync(target).includes('.publish.lock')) locked++;
  }
  output.write(`killed ${killed} times, ${locked} times with the lock\n`);
  assert.ok(killed > 0 && locked > 0, 'no run was killed in its work');
  const { exitCode, stderr } = await start(target, releases);
  assert.is(exitCode, 0, stderr);
  assert.equal(
    entriesOf(target)
      .map(e => e.version)
      .sort(),
    list.toSorted(),
  );
  const contents = (folder: string) =>
    readdirSync(folder).map(name => [name, readFileSync(join(folder, name)).toString('base64')]);
  assert.equal(contents(target), contents(whole));
});

test('many at once take the lock of a process that has ended, and lose nothing', async () => {
  for (let round = 0; round < 3; round++) {
    const target = newPath();
    const first = writeRelease({ version: '0.1.0' });
    await publish(target, first);
    // The lock as one that was killed leaves it, and that of one that was killed while it removed it.
    const dead = await deadLock(target);
    symlinkSync(dead, join(target, '.publish.lock'));
    if (round > 0) symlinkSync(dead, join(target, '.publish.lock.taking'));
    const lists = [1, 2, 3, 4].map(n => versions(n, 5));
    const ended = await Promise.all(lists.map(list => start(target, releasesOf(list))));
    for (const { exitCode, stderr } of ended) assert.is(exitCode, 0, stderr);
    assert.equal(
      entriesOf(target)
        .map(e => e.version)
        .sort(),
      ['0.1.0', ...lists.flat()].sort(),
    );
    assert.equal(readdirSync(target).filter(isHidden), []);
  }
});

/** What the lock of a process says that is killed while it holds it. */
async function deadLock(target: string): Promise<string> {
  const path = join(target, '.publish.lock');
  const holder = start('--hold', [path]);
  await isReady(holder);
  const text = readlinkSync(path);
  const alive = await publish(target, writeRelease({ version: '9.9.9' }), { lockTimeout: 0 });
  assert.match(alive.talk, new RegExp(`process ${holder.pid} on host \\S+ holds this lock for \\d+ s; wait`));
  holder.kill('SIGKILL');
  await holder;
  const taken = await publish(target, writeRelease({ version: '0.1.0' }), { lockTimeout: 0 });
  assert.is(taken.status, 0, taken.talk);
  return text;
}

test('no space: one sentence, and the repository is as it was', async () => {
  const target = newPath();
  await publish(target, writeRelease());
  const before = readFileSync(join(target, 'index.yaml'));
  const from = writeRelease({ version: '2.0.0', padding: 100_000 });
  const command = `trap '' XFSZ; ulimit -f 20; exec node --import tsx generator/main.ts publish ${target} --from ${from}`;
  const { exitCode, stdout, stderr } = await execa('bash', ['-c', command], { reject: false });
  assert.equal([exitCode, stdout], [1, ''], stderr);
  assert.is(
    stderr.replaceAll(target, 'TARGET'),
    'TARGET/bread-2.0.0.tgz: cannot be written (EFBIG); nothing was changed; check permissions and free space, then run again',
  );
  assert.ok(readFileSync(join(target, 'index.yaml')).equals(before));
  assert.equal(readdirSync(target).filter(isHidden), []);
});

test.run();
