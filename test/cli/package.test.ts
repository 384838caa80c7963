import { appendFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseTarGzip } from 'nanotar';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { charts } from '../../generator/charts.ts';
import { runPackage } from '../../generator/commands/package.ts';
import { sha256 } from '../../generator/output/sums.ts';
import { manifestFile, type ReleaseManifest } from '../../generator/pack/release-manifest.ts';
import { helms, runHelm } from '../support/helm.ts';
import { each, inProcess, installed, newCopy, newFolder, put, run, runProgram } from './project.ts';

const test = suite('cli: package');

const version = async () => JSON.parse(readFileSync(join(await installed(), 'package.json'), 'utf8')).version as string;
const archive = async () => `serverless-mesh-${await version()}.tgz`;
const archives = charts.map(({ name, version }) => `${name}-${version}.tgz`);
const boms = charts.map(({ name, version }) => `${name}-${version}.cdx.json`);
/** In the order in which they are written; SHA256SUMS is over all others. */
const written = [...archives.flatMap((name, index) => [name, boms[index]!]), 'release.json', 'SHA256SUMS'];
const manifestIn = (folder: string) => JSON.parse(readFileSync(join(folder, manifestFile), 'utf8')) as ReleaseManifest;
const bytes = async (folder: string) => readFileSync(join(folder, await archive()));

interface Surrounding {
  readonly env?: Record<string, string>;
  readonly umask?: string;
  readonly cwd?: string;
}
const surroundings: readonly Surrounding[] = [
  {},
  {},
  { env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' }, umask: '077' },
  { env: { TZ: 'Etc/GMT+12', SOURCE_DATE_EPOCH: '' }, umask: '000', cwd: '/' },
  { env: { SOURCE_DATE_EPOCH: '315532800' } },
  { env: { SOURCE_DATE_EPOCH: '1700000000' } },
];
const packed = each(surroundings, async options => {
  const out = newFolder();
  const result = await run(['package', '--out', out], options);
  return { ...result, folder: out };
});

test('says what it wrote, and writes that', async () => {
  const { status, out, talk, folder } = await packed(0);
  assert.equal([status, talk], [0, '']);
  assert.ok(archives.length > 1 && archives.includes(await archive()));
  assert.is(out, written.map(name => `${folder}/${name}\n`).join(''));
  assert.equal(readdirSync(folder).sort(), written.toSorted());
});

test('the same bytes twice, in another time zone, language, folder and umask', async () => {
  const first = await bytes((await packed(0)).folder);
  for (const name of written)
    assert.ok(
      readFileSync(join((await packed(0)).folder, name)).equals(readFileSync(join((await packed(2)).folder, name))),
      name,
    );
  for (const index of [1, 2, 3, 4]) assert.ok(first.equals(await bytes((await packed(index)).folder)), String(index));
});

test('SOURCE_DATE_EPOCH dates every file in it', async () => {
  const data = await bytes((await packed(5)).folder);
  assert.is(data.readUInt32LE(4), 1_700_000_000);
  for (const { attrs } of await parseTarGzip(data)) assert.is(attrs?.mtime, 1_700_000_000);
  // helm push takes the date of the manifest from the file: pkg/pusher/ocipusher.go.
  const { folder } = await packed(5);
  for (const name of written) assert.is(statSync(join(folder, name)).mtimeMs, 1_700_000_000_000, name);
  assert.is(manifestIn(folder).created, '2023-11-14T22:13:20Z');
});

test('release.json has the name, hash and size of every other file', async () => {
  const { folder } = await packed(2);
  const manifest = manifestIn(folder);
  assert.is(manifest.schemaVersion, 1);
  assert.is(manifest.created, '1980-01-01T00:00:00Z');
  assert.equal(
    manifest.charts.map(({ name, version, appVersion }) => [name, version, appVersion]),
    charts.map(({ name, version, appVersion }) => [name, version, appVersion]).sort(([a], [b]) => (a! < b! ? -1 : 1)),
  );
  for (const { provenance, ...chart } of manifest.charts) {
    assert.is(provenance, undefined);
    for (const { name, sha256: hash, size } of [chart.package, chart.sbom]) {
      const data = readFileSync(join(folder, name));
      assert.equal([hash, size], [sha256(data), data.length]);
      assert.is(statSync(join(folder, name)).mode & 0o777, 0o644);
    }
  }
});

for (const epoch of ['yesterday', '-1', '1.5', '1e9', ' 1', '4294967296', '99999999999', '0x10']) {
  test(`SOURCE_DATE_EPOCH=${epoch} is refused`, async () => {
    const options = { charts: [], out: join(newFolder(), 'no'), sourceDateEpoch: epoch, root: await installed() };
    const { status, talk } = await inProcess(io => runPackage(options, io));
    assert.is(status, 2, talk);
    assert.is(
      talk,
      'SOURCE_DATE_EPOCH: is no number of seconds; write digits only, at most 4294967295, or unset it.\n',
    );
  });
}

test('sha256sum -c takes SHA256SUMS, and finds a changed byte', async () => {
  const { folder } = await packed(1);
  const sums = () => runProgram('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder });
  assert.equal(await sums(), {
    status: 0,
    out: written
      .filter(name => name !== 'SHA256SUMS')
      .toSorted()
      .map(name => `${name}: OK\n`)
      .join(''),
    talk: '',
  });
  appendFileSync(join(folder, await archive()), 'x');
  assert.is((await sums()).status, 1);
});

test('holds what generate made, in a plain order, and nothing that lies about', async () => {
  const root = await newCopy();
  for (const path of ['.env', 'secret.key', 'environments/canary.yaml', 'templates/.own.swp', 'charts/a/Chart.yaml'])
    put(root, `charts/serverless-mesh/${path}`, 'own');
  put(root, 'environments/canary.yaml', 'own');
  put(root, 'charts/serverless-mesh.txt', 'own');
  assert.is((await run(['package', 'serverless-mesh'], { root })).status, 0);
  const data = await bytes(join(root, 'dist'));
  assert.ok(data.equals(await bytes((await packed(0)).folder)));
  const record = readFileSync(join(root, 'charts/.generated.sha256'), 'utf8');
  // docs/ is for people with a checkout: Helm would keep it in the Secret of each release.
  const made = [...record.matchAll(/ {2}charts\/(serverless-mesh\/(?!docs\/).*)$/gm)].map(([, path]) => path!);
  const inside = (await parseTarGzip(data)).map(({ name }) => name);
  assert.equal(inside.toSorted(), made.toSorted());
  assert.is(inside[0], 'serverless-mesh/Chart.yaml');
});

const spoiled: readonly (readonly [string, (root: string) => void, string])[] = [
  [
    'edited',
    root => appendFileSync(join(root, 'charts/serverless-mesh/values.yaml'), '#\n'),
    'charts/serverless-mesh/values.yaml',
  ],
  [
    'older than the model',
    root => appendFileSync(join(root, 'chart-templates/helmignore'), '#\n'),
    'charts/.generated.sha256, charts/serverless-mesh-operators/.helmignore, charts/serverless-mesh-tenant/.helmignore, charts/serverless-mesh/.helmignore',
  ],
];
for (const [name, spoil, path] of spoiled) {
  test(`refuses charts that are ${name}, and keeps the last package`, async () => {
    const root = await newCopy();
    const old = put(root, `dist/${await archive()}`, 'old');
    spoil(root);
    const talk = `${path}: not as the model says; run serverless-mesh generate first.\n`;
    assert.equal(await run(['package'], { root }), { status: 1, out: '', talk });
    assert.is(readFileSync(old, 'utf8'), 'old');
  });
}

test('one chart by its name', async () => {
  const out = newFolder();
  const { status } = await run(['package', 'serverless-mesh-operators', '--out', out]);
  assert.is(status, 0);
  const own = written.filter(name => !/^serverless-mesh-(tenant|\d)/.test(name));
  const [name = ''] = own;
  assert.equal(readdirSync(out).sort(), own.toSorted());
  const inside = (await parseTarGzip(readFileSync(join(out, name)))).map(file => file.name);
  assert.ok(inside.includes('serverless-mesh-operators/templates/subscriptions/serverless-operator.yaml'));
});

test('an unknown chart', async () => {
  const talk = 'other is no chart; write one of serverless-mesh, serverless-mesh-tenant, serverless-mesh-operators.\n';
  assert.equal(await run(['package', 'serverless-mesh', 'other']), { status: 2, out: '', talk });
});

test('a place where nothing can be written', async () => {
  const { status, out, talk } = await run(['package', '--out', '/dev/null']);
  assert.equal([status, out], [1, '']);
  assert.match(talk, /^\/dev\/null\/\S+: cannot be written \(ENOTDIR\);.*\n$/);
});

if (helms().length === 0) process.stdout.write('SKIPPED: no helm found, packages are not read by it\n');
for (const helm of helms()) {
  test(`${helm.name} shows, lints and renders the package as it does the folder`, async () => {
    const tgz = join((await packed(0)).folder, await archive());
    const folder = join(await installed(), 'charts/serverless-mesh');
    const both = async (...args: string[]) => {
      const [one, two] = await Promise.all([tgz, folder].map(chart => runHelm(helm, [...args, chart])));
      assert.is(one!.stdout.replaceAll(tgz, folder), two!.stdout);
      return one!.stdout;
    };
    const shown = await runHelm(helm, ['show', 'chart', tgz]);
    assert.match(shown.stdout, new RegExp(`^version: ${await version()}$`, 'm'));
    assert.match(await both('show', 'values'), 'generation: v2');
    assert.match(await both('lint', '--strict'), '0 chart(s) failed');
    assert.match(await both('template', 'mesh'), 'kind: KnativeServing');
  });
}

test.run();
