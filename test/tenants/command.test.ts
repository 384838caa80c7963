import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runTenants } from '../../generator/commands/tenants.ts';
import { projectRoot } from '../../generator/files.ts';
import { inProcess, newFolder, put, run } from '../cli/project.ts';
import { type Given, runOn } from './run.ts';

const test = suite('tenants: command');

const example = join(projectRoot, 'environments/tenants/prod.yaml');
const bad: Given = { tenants: 'tenants: [{name: a, namespaces: [a]}, {name: b, namespaces: [a]}]\n' };
const finding =
  't.yaml:1: tenants[1].namespaces[0]: is a, which is a namespace of tenant a too (t.yaml:1); leave it in one of the two';
const count = '2 tenants with 2 namespaces: 1 to correct\n';
const good = '3 tenants with 4 namespaces: ok\n';

test('findings are data with --check, and talk where manifests would be', async () => {
  assert.equal(await runOn(bad), { status: 1, out: `${finding}\n`, talk: count });
  for (const output of ['yaml', 'json'] as const)
    assert.equal(await runOn(bad, { check: false, output }), { status: 1, out: '', talk: `${finding}\n${count}` });
});

test('--check -o json', async () => {
  const { status, out, talk } = await runOn(
    { ...bad, mesh: 'isolation: {enabled: true}\nmesh: {members: [a, b]}\n' },
    { output: 'json' },
  );
  assert.equal([status, talk], [1, count]);
  assert.equal(JSON.parse(out), {
    files: ['t.yaml'],
    meshFiles: ['m.yaml'],
    tenants: 2,
    namespaces: 2,
    findings: [
      { file: 't.yaml', line: 1, path: 'tenants[1].namespaces[0]', message: finding.split('namespaces[0]: ')[1] },
    ],
    notes: [
      {
        file: 'm.yaml',
        line: 2,
        path: 'mesh.members[1]',
        message:
          'is b, which is in no tenant: the whole mesh may call its pods, and its own cluster-local URLs, Brokers and Channels do not work; add it to a tenant',
      },
    ],
  });
});

test('the installed command prints a stream with a comment for each tenant, and one list of JSON', async () => {
  const yaml = await run(['tenants', '-f', 'environments/tenants/prod.yaml']);
  assert.equal([yaml.status, yaml.talk], [0, good]);
  assert.equal(yaml.out.match(/^# Tenant: .*$/gm), ['# Tenant: orders', '# Tenant: shipping', '# Tenant: storefront']);
  const json = await run(['tenants', '-f', 'environments/tenants/prod.yaml', '-o', 'json']);
  assert.equal([json.status, json.talk], [0, good]);
  const tenants = JSON.parse(json.out) as { tenant: string; manifests: object[] }[];
  assert.equal(
    tenants.map(({ tenant }) => tenant),
    ['orders', 'shipping', 'storefront'],
  );
  assert.equal(
    tenants.flatMap(({ manifests }) => manifests),
    loadAll(yaml.out),
  );
});

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

test('--out-dir: one file per tenant, the same as is printed; what is of no tenant is told and left', async () => {
  const folder = newFolder();
  const outDir = join(folder, 'deep/rendered');
  put(outDir, 'left.yaml', 'a: b\n');
  put(outDir, 'notes.txt', '');
  const options = { files: [example], meshFiles: [], check: false } as const;
  const { status, out, talk } = await inProcess(io => runTenants({ ...options, outDir }, io));
  assert.equal([status, out], [0, '']);
  assert.is(
    talk,
    `${good}wrote 3 files to ${outDir}\nnote: ${outDir}/left.yaml: is of no tenant of the list; remove it, if its tenant is gone\n`,
  );
  const written = ['orders', 'shipping', 'storefront'].map(name => join(outDir, `${name}.yaml`));
  assert.equal(readdirSync(outDir).length, 5);
  assert.equal(written.map(mode), ['644', '644', '644']);
  const printed = await inProcess(io => runTenants(options, io));
  const parts = printed.out.split(/^# Tenant: .*\n/m).slice(1);
  assert.equal(
    written.map(path => readFileSync(path, 'utf8')),
    parts,
  );
});

test('--out-dir: nothing is written, and no folder made, where one tenant has a finding', async () => {
  const outDir = join(newFolder(), 'none');
  assert.is((await runOn(bad, { check: false, outDir })).status, 1);
  assert.not.ok(readdirSync(join(outDir, '..')).includes('none'));
});

test('--out-dir: all files or none, where one of them cannot be written', async () => {
  const outDir = newFolder();
  put(outDir, 'orders.yaml', 'old\n');
  mkdirSync(join(outDir, 'storefront.yaml'));
  const { status, talk } = await inProcess(io =>
    runTenants({ files: [example], meshFiles: [], check: false, outDir }, io),
  );
  assert.is(status, 1);
  assert.is(talk, `${good}${outDir}/storefront.yaml: is not an ordinary file; name a file or a free path\n`);
  assert.equal(readdirSync(outDir).sort(), ['orders.yaml', 'storefront.yaml']);
  assert.is(readFileSync(join(outDir, 'orders.yaml'), 'utf8'), 'old\n');
});

test('progress is for a terminal only, and leaves nothing behind', async () => {
  const many = Array.from({ length: 300 }, (_, i) => `  - {name: t${i}, namespaces: [n${i}]}\n`).join('');
  const file = put(newFolder(), 't.yaml', `tenants:\n${many}`);
  const said: string[] = [];
  const talkOn = async (interactive: boolean) => {
    const talk: string[] = [];
    const io = { out: () => undefined, talk: (text: string) => talk.push(text), interactive };
    await runTenants({ files: [file], meshFiles: [], check: false, outDir: newFolder() }, io);
    return talk;
  };
  assert.is((await talkOn(false)).length, 2);
  said.push(...(await talkOn(true)));
  for (const text of ['50 %: checking', 'comparing', '50 %: rendering'])
    assert.ok(said.includes(`\r\u001b[K${text}`), text);
  // The line is cleared before the next sentence.
  const sentences = said.flatMap((text, i) => (text.startsWith('\r') ? [] : [said[i - 1]]));
  assert.equal(sentences, ['\r\u001b[K', '\r\u001b[K']);
  assert.ok(said.length < 210, `${said.length} lines of progress`);
});

test.run();
