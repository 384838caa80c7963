import { appendFileSync, lstatSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildAll } from '../../generator/build.ts';
import { readFrames } from '../../generator/files.ts';
import { sha256 } from '../../generator/output/sums.ts';
import { installed, newCopy, put, run } from './project.ts';

const test = suite('cli: generate');

const chart = 'charts/serverless-mesh/Chart.yaml';
const values = 'charts/serverless-mesh/values.yaml';
const record = 'charts/.generated.sha256';
const needed = ['bin', 'build', 'chart-templates', 'package.json'];

/** Every file below charts/ and docs/, and README.md: path, mode and content. */
function tree(root: string): string[] {
  const below = ['charts', 'docs'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(path => `${folder}/${path}`),
  );
  return [...below, 'README.md'].sort().map(path => {
    const entry = lstatSync(join(root, path));
    const content = entry.isFile() ? readFileSync(join(root, path), 'utf8') : '';
    return `${path} ${(entry.mode & 0o777).toString(8)} ${content}`;
  });
}
const total = async () => tree(await installed()).filter(line => / 644 /.test(line)).length - 1;

test('a fresh checkout stays as it is', async () => {
  const root = await newCopy();
  const before = tree(root);
  const count = await total();
  assert.equal(await run(['generate'], { root }), {
    status: 0,
    out: '',
    talk: `0 written, 0 removed, ${count} unchanged\n`,
  });
  assert.equal(await run(['generate', '--check'], { root }), {
    status: 0,
    out: '',
    talk: `${count} files are fresh\n`,
  });
  assert.equal(tree(root), before);
});

test('--check lists what is stale, edited, missing and unknown, and changes nothing', async () => {
  const root = await newCopy();
  const older = (text: string) =>
    text.replace(/^[0-9a-f]{64}(?= {2}charts\/serverless-mesh\/README\.md$)/m, '0'.repeat(64));
  put(root, record, older(readFileSync(join(root, record), 'utf8')));
  appendFileSync(join(root, values), '# mine\n');
  rmSync(join(root, chart));
  put(root, 'charts/serverless-mesh/templates/own.yaml', 'own\n');
  put(root, 'charts/other/Chart.yaml', 'own\n');
  symlinkSync('/etc/passwd', join(root, 'charts/link'));
  const before = tree(root);
  const { status, out, talk } = await run(['generate', '--check'], { root });
  assert.is(status, 1);
  assert.equal(out.split('\n'), [
    `${record}: is older than the model; run serverless-mesh generate`,
    `${values}: was edited by hand; change the model instead, then run serverless-mesh generate --force`,
    `${chart}: is missing; run serverless-mesh generate`,
    'charts/link: is not made by generate; move it out of charts/',
    'charts/other/Chart.yaml: is not made by generate; move it out of charts/',
    'charts/serverless-mesh/templates/own.yaml: is not made by generate; move it out of charts/',
    '',
  ]);
  assert.is(talk, `6 of ${await total()} files need attention\n`);
  assert.equal(tree(root), before);
});

test('a chart from an older model is written again; a deleted file comes back; a foreign file stays', async () => {
  const root = await newCopy();
  const fresh = tree(root);
  // What an older model wrote is what the record says and the model does not: so give the file and the record that text.
  const old = 'old\n';
  const hash = sha256(old);
  put(root, values, old);
  const lines = readFileSync(join(root, record), 'utf8').replace(new RegExp(`^.{64}(?=  ${values}$)`, 'm'), hash);
  put(root, record, `${lines}${hash}  charts/serverless-mesh/zz-gone.yaml\n`);
  put(root, 'charts/serverless-mesh/zz-gone.yaml', old);
  rmSync(join(root, chart));
  put(root, 'charts/own.txt', 'own\n');
  const check = await run(['generate', '--check'], { root });
  assert.match(check.out, `${values}: is older than the model; run serverless-mesh generate\n`);
  const { status, out, talk } = await run(['generate'], { root });
  assert.is(status, 0);
  assert.is(out, `wrote ${chart}\nwrote ${values}\nremoved charts/serverless-mesh/zz-gone.yaml\n`);
  assert.is(talk, `2 written, 1 removed, ${(await total()) - 2} unchanged\n`);
  assert.equal(tree(root), [...fresh, 'charts/own.txt 644 own\n'].sort());
});

test('a file that was edited by hand is reported and kept, until --force', async () => {
  const root = await newCopy();
  const fresh = tree(root);
  appendFileSync(join(root, values), '# mine\n');
  rmSync(join(root, chart));
  const edited = tree(root);
  const talk = `${values}: was edited by hand; move the edit into the model, or overwrite it with --force\n`;
  assert.equal(await run(['generate'], { root }), { status: 1, out: '', talk });
  assert.equal(tree(root), edited, 'nothing is written, not even the missing file');
  const forced = await run(['generate', '--force'], { root });
  assert.equal([forced.status, forced.out], [0, `wrote ${chart}\nwrote ${values}\n`]);
  assert.equal(tree(root), fresh);
});

test('a change of the model makes its files stale', async () => {
  const root = await newCopy();
  appendFileSync(join(root, 'chart-templates/serverless-mesh/README.md.hbs'), 'More.\n');
  const check = await run(['generate', '--check'], { root });
  const path = 'charts/serverless-mesh/README.md';
  assert.equal([check.status, check.out.split('\n')[0]?.startsWith(record)], [1, true]);
  assert.match(check.out, `${path}: is older than the model; run serverless-mesh generate\n`);
  assert.is((await run(['generate'], { root })).out, `wrote ${path}\n`);
  assert.match(readFileSync(join(root, path), 'utf8'), /More\.\n$/);
});

test('a broken record is refused with what to do', async () => {
  const root = await newCopy();
  put(root, record, '<<<<<<< HEAD\n');
  for (const args of [['generate'], ['package']]) {
    const { status, out, talk } = await run(args, { root });
    assert.equal([status, out], [1, '']);
    assert.match(talk, `${record}:1: is not a line of sha256sum, or repeats a path; restore this file`);
  }
});

test('four runs at once leave a clean tree, from a stale one', async () => {
  const root = await newCopy();
  const fresh = tree(root);
  put(root, record, '');
  rmSync(join(root, chart));
  rmSync(join(root, 'charts/serverless-mesh/templates/kafka/knative-kafka.yaml'));
  const runs = await Promise.all(Array.from({ length: 4 }, () => run(['generate', '--force'], { root })));
  assert.equal(
    runs.map(({ status, talk }) => [status, talk.replace(/\d+/g, 'n')]),
    Array(4).fill([0, 'n written, n removed, n unchanged\n']),
  );
  assert.equal(tree(root), fresh);
  assert.is((await run(['generate', '--check'], { root })).status, 0);
});

const surroundings: readonly (readonly [string, Record<string, string>, string])[] = [
  ['far east', { TZ: 'Pacific/Kiritimati', LC_ALL: 'C' }, '077'],
  [
    'far west, in Turkish',
    { TZ: 'Etc/GMT+12', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', LC_COLLATE: 'tr_TR.UTF-8' },
    '000',
  ],
];
for (const [name, env, umask] of surroundings) {
  test(`the same bytes and modes from nothing: ${name}, umask ${umask}`, async () => {
    const root = await newCopy(needed);
    const { status, talk } = await run(['generate'], { root, env, umask });
    assert.equal([status, talk], [0, `${await total()} written, 0 removed, 0 unchanged\n`]);
    assert.equal(tree(root), tree(await installed()));
  });
}

test('the order in which the disk lists the frames changes nothing', () => {
  const frames = readFrames();
  const turned = new Map([...frames].reverse());
  assert.equal([...buildAll(turned)], [...buildAll(frames)]);
});

test.run();
