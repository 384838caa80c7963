import { readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkout, newFolder, put, run, runProgram } from '../cli/project.ts';
import { startClusterApi } from '../support/cluster-api.ts';
import { helms } from '../support/helm.ts';
import { project, tool } from './installed.ts';

const test = suite('tool: installed commands');

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
    assert.match(out, /^(finding|could not look): [a-z-]+: .*; .*$/m, out);
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
