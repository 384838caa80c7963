import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkout, newFolder, runProgram } from '../cli/project.ts';
import { packTool } from '../support/npm-package.ts';
import { packed, project } from './installed.ts';

const test = suite('tool: npm package');

/** Everything that users need, and all that they get. */
const wanted: readonly RegExp[] = [
  /^(package\.json|README\.md|bin\/serverless-mesh\.js)$/,
  /^build\/(serverless-mesh\.js|chunk-[0-9A-Z]{8}\.js|built|THIRD-PARTY-LICENSES\.txt)$/,
  /^chart-templates\/((Chart|template)\.yaml\.hbs|helmignore)$/,
  /^chart-templates\/serverless-mesh(-operators|-tenant)?\/[\w-]+(\.md\.hbs|\.yaml|\.tpl)$/,
  /^docs\/(?!(development|gates|verification)\.md)[\w-]+\.md$/,
  /^examples\/workflow\/publish-charts\.yaml$/,
  /^publisher\.example\.yaml$/,
];

test('holds the files that users need, and no other', async () => {
  const { files, size, unpackedSize } = await packed();
  assert.equal(
    files.filter(file => !wanted.some(pattern => pattern.test(file))),
    [],
  );
  for (const pattern of wanted)
    assert.ok(
      files.some(file => pattern.test(file)),
      String(pattern),
    );
  process.stdout.write(`npm package: ${files.length} files, ${size} bytes, ${unpackedSize} unpacked\n`);
});

test('is one package that needs no other, and runs none of its own scripts', async () => {
  const folder = await project();
  assert.equal(readdirSync(join(folder, 'node_modules')).sort(), ['.bin', '.package-lock.json', 'serverless-mesh']);
  const about = JSON.parse(readFileSync(join(folder, 'node_modules/serverless-mesh/package.json'), 'utf8'));
  assert.equal(Object.keys(about.dependencies ?? {}), []);
  assert.equal(
    Object.keys(about.scripts).filter(name => /install$/.test(name)),
    [],
  );
  assert.ok(statSync(join(folder, 'node_modules/.bin/serverless-mesh')).mode & 0o111);
});

test('needs one line less to be published', async () => {
  const about = JSON.parse(readFileSync(join(await checkout(), 'package.json'), 'utf8'));
  assert.is(about.private, true);
  for (const field of ['name', 'version', 'description', 'engines', 'bin', 'files', 'keywords'])
    assert.ok(about[field], field);
});

test('has the licence of each package that is bundled', async () => {
  const root = join(await project(), 'node_modules/serverless-mesh/build');
  const text = readFileSync(join(root, 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  const parts = text.split(`${'-'.repeat(80)}\n`).slice(1);
  const { devDependencies } = JSON.parse(readFileSync(join(await checkout(), 'package.json'), 'utf8'));
  const named = (name: string) => parts.find(part => part.startsWith(`${name} ${devDependencies[name]} (`)) ?? '';
  for (const [name, words] of [
    ['yargs', 'Permission is hereby granted, free of charge'],
    ['@kubernetes/client-node', 'Apache License'],
    ['handlebars', 'Copyright (C) 2011-2019 by Yehuda Katz'],
    ['@peculiar/x509', 'Permission is hereby granted'],
  ] as const)
    assert.ok(named(name).includes(words), name);
  // Of packages that only the tests or the build use, nothing is in it.
  assert.is(named('esbuild') + named('uvu') + named('typescript'), '');
  assert.equal(
    parts.filter(part => part.length < 250).map(part => part.split(' ')[0]),
    ['tr46'],
    'tr46 has no text of its licence',
  );
});

test('the same bytes from another checkout, time zone and language', async () => {
  const other = join(newFolder(), 'elsewhere');
  mkdirSync(other);
  for (const name of readdirSync(await checkout()))
    if (!['build', 'node_modules'].includes(name))
      cpSync(join(await checkout(), name), join(other, name), { recursive: true });
  execFileSync('ln', ['-s', join(await checkout(), 'node_modules'), join(other, 'node_modules')]);
  const env = { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' };
  const build = await runProgram(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { cwd: other, env });
  assert.is(build.status, 0, build.talk);
  const again = packTool(other, newFolder(), env);
  assert.ok(readFileSync(again.archive).equals(readFileSync((await packed()).archive)));
});

test.run();
