import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkout, newFolder, once, put, type Result, run, runProgram } from '../cli/project.ts';
import { startClusterApi } from '../support/cluster-api.ts';
import { helms } from '../support/helm.ts';
import { installTool, packTool } from '../support/npm-package.ts';

const test = suite('tool: npm package');

const packed = once(async () => packTool(await checkout(), newFolder()));
/** A user's folder: the tool, and a values file. */
const project = once(async () => {
  const folder = newFolder();
  installTool((await packed()).archive, folder);
  put(folder, 'values.yaml', 'mesh:\n  members: [orders]\nisolation:\n  enabled: true\n');
  put(folder, 'tenants.yaml', 'tenants:\n  - name: orders\n    namespaces: [orders]\n');
  return folder;
});
/** Runs the installed program there. */
const tool = async (args: readonly string[], env: Record<string, string> = {}): Promise<Result> => {
  const folder = await project();
  return runProgram(join(folder, 'node_modules/.bin/serverless-mesh'), args, { cwd: folder, env });
};

/** Everything that users need, and all that they get. */
const wanted: readonly RegExp[] = [
  /^(package\.json|README\.md|bin\/serverless-mesh\.js)$/,
  /^build\/(serverless-mesh\.js|chunk-[0-9A-Z]{8}\.js|built|THIRD-PARTY-LICENSES\.txt)$/,
  /^chart-templates\/((Chart|template)\.yaml\.hbs|helmignore)$/,
  /^chart-templates\/serverless-mesh(-operators|-tenant)?\/[\w-]+(\.md\.hbs|\.yaml|\.tpl)$/,
  /^examples\/workflow\/publish-charts\.yaml$/,
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

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(await checkout(), 'package.json'), 'utf8'));
  assert.equal(await tool(['--version']), { status: 0, out: `${version}\n`, talk: '' });
});

test('each command prints its help', async () => {
  const { out, status } = await tool(['--help']);
  assert.is(status, 0);
  const commands = [...out.matchAll(/^ {2}serverless-mesh ([a-z-]+)/gm)].map(([, name]) => name!);
  assert.ok(commands.includes('verify') && commands.length >= 10, out);
  for (const command of [...commands.map(name => [name]), ['certificates', 'renew'], ['certificates', 'check']]) {
    const help = await tool([...command, '--help']);
    assert.equal([help.status, help.talk], [0, '']);
    assert.match(help.out, `serverless-mesh ${command.join(' ')}`);
  }
});

const rows: readonly [command: string, want: RegExp | string][] = [
  ['validate values.yaml', 'values: ok\n'],
  ['render values.yaml', /kind: KnativeServing/],
  ['render --chart serverless-mesh-operators', /kind: Subscription/],
  ['tenants -f tenants.yaml --mesh-values values.yaml', /kind: AuthorizationPolicy/],
  ['migrate-plan values.yaml', /Service Mesh 3/],
  ['certificates --apps-domain apps.example.com --out certificates', /oc create -n istio-system secret tls/],
  ['certificates check --apps-domain apps.example.com --out certificates', /wildcard\.crt/],
  ['certificates renew --out certificates', /wildcard/],
  ['completion bash', /complete .* serverless-mesh$/m],
];
for (const [command, want] of rows) {
  test(`${command}: in a folder with only a values file`, async () => {
    const { status, out, talk } = await tool(command.split(' '));
    assert.is(status, 0, talk);
    if (typeof want === 'string') assert.is(out + talk, want);
    else assert.match(out + talk, want);
  });
}

for (const command of ['preflight', 'verify']) {
  test(`${command} says that it has no cluster`, async () => {
    const { status, out, talk } = await tool([command, 'values.yaml', '--kubeconfig', 'absent.yaml']);
    assert.equal([status, out], [2, '']);
    assert.match(talk, /^absent\.yaml: .*\n$/);
  });
}

test('preflight asks a cluster', async () => {
  const api = await startClusterApi({});
  try {
    const { status, out, talk } = await tool(['preflight', 'values.yaml'], api.env);
    assert.is(status, 1, talk);
    assert.match(out, /^finding: serverless-operator: /m);
    assert.ok(api.requests.length > 10);
  } finally {
    await api.stop();
  }
});

test('render --engine helm makes the same of its own frames', async () => {
  const [helm] = helms();
  if (helm === undefined) return console.log('SKIPPED: no helm');
  const both = ['model', 'helm'].map(engine =>
    tool(['render', 'values.yaml', '--engine', engine], { HELM: helm.path }),
  );
  const [model, real] = await Promise.all(both);
  assert.is(real!.talk, '');
  assert.is(model!.out, real!.out);
});

test('package makes the bytes that it makes in the checkout', async () => {
  const [here, there] = [newFolder(), newFolder()];
  const results = [
    await tool(['package', '--out', here]),
    await run(['package', '--out', there], { root: await checkout() }),
  ];
  assert.equal(
    results.map(({ status, talk }) => [status, talk]),
    [
      [0, ''],
      [0, ''],
    ],
  );
  assert.equal(readdirSync(here), readdirSync(there));
  assert.ok(readdirSync(here).length >= 4);
  for (const name of readdirSync(here))
    assert.ok(readFileSync(join(here, name)).equals(readFileSync(join(there, name))), name);
});

test('generate writes the charts into the current folder, beside those of others', async () => {
  const folder = await project();
  put(folder, 'charts/own/Chart.yaml', 'own\n');
  put(folder, 'README.md', 'own\n');
  const { status, out, talk } = await tool(['generate']);
  assert.is(status, 0, talk);
  assert.match(out, 'wrote charts/serverless-mesh/values.yaml\n');
  for (const name of readdirSync(join(await checkout(), 'charts/serverless-mesh/templates')))
    assert.ok(statSync(join(folder, 'charts/serverless-mesh/templates', name)), name);
  const read = (root: string) => readFileSync(join(root, 'charts/serverless-mesh/values.yaml'), 'utf8');
  assert.is(read(folder), read(await checkout()));
  assert.is((await tool(['generate', '--check'])).status, 0);
  put(folder, 'charts/serverless-mesh/templates/own.yaml', 'own\n');
  const check = await tool(['generate', '--check']);
  assert.equal(
    [check.status, check.out],
    [1, 'charts/serverless-mesh/templates/own.yaml: is not made by generate; move it out of charts/\n'],
  );
  assert.is(readFileSync(join(folder, 'README.md'), 'utf8'), 'own\n');
});

test('generate leaves a checkout of the project to the tool of that', async () => {
  const folder = await project();
  const bin = join(folder, 'node_modules/.bin/serverless-mesh');
  const { status, talk } = await runProgram(bin, ['generate'], { cwd: await checkout() });
  assert.is(status, 2);
  assert.match(talk, /^generate: this folder is a checkout of the project; run its own /);
});

test('runs from PATH in any folder', async () => {
  const path = `${join(await project(), 'node_modules/.bin')}${delimiter}${process.env.PATH}`;
  const { status, talk } = await runProgram('serverless-mesh', ['validate'], { cwd: newFolder(), env: { PATH: path } });
  assert.equal([status, talk], [0, 'values: ok\n']);
});

test.run();
