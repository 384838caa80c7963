import { readFileSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkout, installed, newCopy, newFolder, put, type Result, run, runProgram } from '../cli/project.ts';

const test = suite('tool: launcher');

const good: Result = { status: 0, out: '', talk: 'values: ok\n' };
const from = (why: string) =>
  `serverless-mesh ${why}: running from source, which starts slower; npm run build mends it\n`;

test('a fresh build runs without a word, in a checkout and as a package', async () => {
  assert.equal(await run(['validate'], { root: await checkout() }), good);
  assert.equal(await run(['validate'], { root: await installed() }), good);
});

test('as a program of its own, through a link, from anywhere', async () => {
  const folder = newFolder();
  symlinkSync(join(await installed(), 'bin/serverless-mesh.js'), join(folder, 'serverless-mesh'));
  assert.equal(await runProgram(join(folder, 'serverless-mesh'), ['validate'], { cwd: '/' }), good);
});

test('a source that is newer than the build: says so, and works from source', async () => {
  const root = await checkout();
  const path = 'generator/commands/validate.ts';
  const text = readFileSync(join(root, path), 'utf8');
  try {
    put(root, path, text.replace("'ok'", "'fine'"));
    const talk = `${from('was built before its sources changed')}values: fine\n`;
    assert.equal(await run(['validate'], { root, cwd: '/' }), { ...good, talk });
  } finally {
    put(root, path, text);
    utimesSync(join(root, path), 0, 0);
  }
});

test('a frame of the page that is newer than the build, which holds it', async () => {
  const root = await checkout();
  const path = join(root, 'chart-templates/page/page.html.hbs');
  try {
    utimesSync(path, new Date(), new Date());
    const talk = `${from('was built before its sources changed')}values: ok\n`;
    assert.equal(await run(['validate'], { root }), { ...good, talk });
  } finally {
    utimesSync(path, 0, 0);
  }
});

test('a build that is not there: says so, and works from source', async () => {
  const root = newFolder();
  for (const name of ['generator', 'values-schema', 'node_modules', 'package.json', 'chart-templates'])
    symlinkSync(join(await checkout(), name), join(root, name));
  // Not as links, because a program finds what belongs to it beside the file that the link leads to.
  for (const path of ['bin/serverless-mesh.js', 'scripts/from-source.js'])
    put(root, path, readFileSync(join(await checkout(), path)));
  assert.equal(await run(['validate'], { root }), { ...good, talk: `${from('is not built')}values: ok\n` });
  rmSync(join(root, 'node_modules'));
  const talk = `${from('is not built')}serverless-mesh: esbuild is missing, which reads the sources; run npm ci first\n`;
  assert.equal(await run(['validate'], { root }), { status: 2, out: '', talk });
});

test('the build is as old as its sources: what changes while it runs is newer', async () => {
  const root = await checkout();
  const time = (name: string) => statSync(join(root, 'build', name)).mtimeMs;
  assert.ok(time('built') < time('serverless-mesh.js'));
});

test('the files that package.json names are enough to validate, render and package', async () => {
  const { files } = JSON.parse(readFileSync(join(await installed(), 'package.json'), 'utf8')) as { files: string[] };
  const [left, held] = [true, false].map(out => files.filter(name => name.startsWith('!') === out));
  const root = await newCopy([...held!, 'package.json', 'environments']);
  for (const name of left!) rmSync(join(root, name.slice(1)), { recursive: true, force: true });
  assert.equal(await run(['validate', 'prod'], { root }), { ...good, talk: 'prod: ok\n' });
  assert.is((await run(['render', 'prod'], { root })).out, (await run(['render', 'prod'])).out);
  assert.is((await run(['package'], { root, cwd: newFolder() })).status, 0);
});

test.run();
