/** Charts that publish has put into Debian's docker-registry, as both Helms see them. */
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256 } from '../../generator/output/sums.ts';
import { newPath, writeRelease } from '../publish/release.ts';
import { type ClusterApi, startClusterApi } from '../support/cluster-api.ts';
import { helms, runHelm } from '../support/helm.ts';
import { type RunningRegistry, startRegistry } from './registry.ts';
import { manifestIn, publish } from './run.ts';
import { newSigner, type Signer } from './signer.ts';

const test = suite('registry: with Helm');

let registry: RunningRegistry;
let signer: Signer;
let cluster: ClusterApi;
let from: string;
let out = '';
test.before(async () => {
  signer = newSigner();
  cluster = await startClusterApi({});
  registry = await startRegistry(newPath());
  from = writeRelease({ sign: signer.sign }, { name: 'butter', version: '1.0.0+build.1' });
  out = (await publish(`oci://${registry.host}/charts`, from, { output: 'json' })).out;
});
test.after(async () => {
  await registry.end();
  await cluster.stop();
  signer.end();
});

const digestOf = (text = '') => `sha256:${sha256(text)}`;
const bread = () => manifestIn(registry.host, 'charts/bread', '1.2.3');

test('what it says is what is there', async () => {
  const { changes } = JSON.parse(out) as { changes: { action: string; what: string; digest: string }[] };
  const place = `oci://${registry.host}/charts`;
  assert.equal(
    changes.filter(c => !c.what.includes('@')).map(c => [c.action, c.what, c.digest]),
    [
      ['add', `${place}/bread:1.2.3`, digestOf(await bread())],
      [
        'add',
        `${place}/butter:1.0.0_build.1`,
        digestOf(await manifestIn(registry.host, 'charts/butter', '1.0.0_build.1')),
      ],
    ],
  );
});

test('artifacthub-repo.yml goes under a tag of its own for charts with an identifier, and is moved when it changes', async () => {
  const [target, publisher] = [`oci://${registry.host}/owned`, `${newPath()}.yaml`];
  const ids = ['01234567-89ab-4cde-8f01-23456789abcd', '12345678-9abc-4def-8012-3456789abcde'];
  const run = async (repositoryID: string, dryRun: boolean) => {
    writeFileSync(publisher, JSON.stringify({ artifactHub: { ociRepositories: [{ chart: 'bread', repositoryID }] } }));
    const { status, out: said, talk } = await publish(target, from, { publisher, dryRun, output: 'json' });
    assert.is(status, 0, talk);
    const { changes } = JSON.parse(said) as { changes: { action: string; what: string; digest: string }[] };
    return changes.filter(c => c.what.endsWith('artifacthub.io')).map(c => [c.action, c.what, c.digest]);
  };
  const tag = `${target}/bread:artifacthub.io`;
  for (const [id, action, isDry] of [
    [ids[0]!, 'add', true],
    [ids[0]!, 'add', false],
    [ids[0]!, 'keep', false],
    [ids[1]!, 'replace', false],
  ] as const) {
    const said = await run(id, isDry);
    const text = await manifestIn(registry.host, 'owned/bread', 'artifacthub.io');
    if (isDry) assert.is(text, undefined);
    else assert.equal(said, [[action, tag, digestOf(text)]]);
    assert.equal([said[0]?.[0], said.length], [action, 1]);
  }
  const { config, layers } = JSON.parse((await manifestIn(registry.host, 'owned/bread', 'artifacthub.io'))!);
  assert.is(config.mediaType, 'application/vnd.cncf.artifacthub.config.v1+yaml');
  assert.equal(
    layers.map((l: { mediaType: string }) => l.mediaType),
    ['application/vnd.cncf.artifacthub.repository-metadata.layer.v1.yaml'],
  );
  const file = await fetch(`http://${registry.host}/v2/owned/bread/blobs/${layers[0].digest}`);
  assert.is(await file.text(), `repositoryID: ${ids[1]}\n`);
});

test('again, it changes nothing', async () => {
  const { status, out: again, talk } = await publish(`oci://${registry.host}/charts`, from);
  assert.is(status, 0);
  assert.ok(
    again
      .split('\n')
      .slice(0, -1)
      .every(line => line.startsWith('kept ')),
    again,
  );
  assert.is(talk, `oci://${registry.host}/charts: everything is there already\n`);
});

test('--dry-run says the same as the run, and writes nothing', async () => {
  const target = `oci://${registry.host}/dry`;
  const [dry, list] = [
    await publish(target, from, { dryRun: true, output: 'json' }),
    async () => (await fetch(`http://${registry.host}/v2/_catalog`)).text(),
  ];
  assert.not.match(await list(), /dry/);
  const wet = await publish(target, from, { output: 'json' });
  assert.equal(JSON.parse(dry.out).changes, JSON.parse(wet.out).changes);
  assert.match(await list(), /dry\/bread/);
});

test('other content under the same version is refused, and the tag stays', async () => {
  const before = await bread();
  const other = writeRelease({ name: 'apple' }, { motd: 'other' });
  const { status, out: said, talk } = await publish(`oci://${registry.host}/charts`, other);
  assert.equal([status, said], [1, '']);
  assert.match(
    talk,
    /\/bread:1\.2\.3: is published already, with other content \(sha256:\w{64}, not sha256:\w{64}\); give/,
  );
  assert.is(await bread(), before);
  assert.is(await manifestIn(registry.host, 'charts/apple', '1.2.3'), undefined, 'the chart before it');
});

test('the SBOM is beside the chart, where scanners look for it', async () => {
  const tag = digestOf(await bread()).replace(':', '-');
  const list = JSON.parse((await manifestIn(registry.host, 'charts/bread', tag)) ?? '{}');
  assert.equal(
    list.manifests.map((m: Record<string, unknown>) => m.artifactType),
    ['application/vnd.cyclonedx+json'],
  );
  const sbom = JSON.parse((await manifestIn(registry.host, 'charts/bread', list.manifests[0].digest)) ?? '{}');
  assert.is(sbom.subject.digest, digestOf(await bread()));
  const blob = await fetch(`http://${registry.host}/v2/charts/bread/blobs/${sbom.layers[0].digest}`);
  assert.is(await blob.text(), readFileSync(join(from, 'bread-1.2.3.cdx.json'), 'utf8'));
});

if (helms().length === 0) process.stdout.write('SKIPPED: no helm found\n');
for (const helm of helms()) {
  const plain = '--plain-http';
  const address = (name: string) => `oci://${registry.host}/charts/${name}`;
  const ran = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await runHelm(helm, args, { env: cluster.env });
    assert.is(exitCode, 0, stderr);
    return stdout + stderr;
  };

  test(`${helm.name} push makes the same manifest`, async () => {
    const date = new Date('2026-01-02T03:04:05Z');
    for (const name of ['bread-1.2.3', 'butter-1.0.0+build.1']) {
      const path = join(from, `${name}.tgz`);
      utimesSync(path, date, date);
      await ran('push', path, `oci://${registry.host}/${helm.name}`, plain);
    }
    assert.is(await manifestIn(registry.host, `${helm.name}/bread`, '1.2.3'), await bread());
    assert.is(
      await manifestIn(registry.host, `${helm.name}/butter`, '1.0.0_build.1'),
      await manifestIn(registry.host, 'charts/butter', '1.0.0_build.1'),
    );
    const { out: kept } = await publish(`oci://${registry.host}/${helm.name}`, from);
    assert.match(kept, /^added \S+ \(SBOM\)\nkept \S+\/bread:1\.2\.3\n/);
  });

  test(`${helm.name} pulls by version and verifies the signature`, async () => {
    const folder = newPath();
    mkdirSync(folder);
    const verify = ['--verify', '--keyring', signer.keyring];
    await ran('pull', address('bread'), '--version', '1.2.3', ...verify, '--destination', folder, plain);
    for (const name of ['bread-1.2.3.tgz', 'bread-1.2.3.tgz.prov'])
      assert.ok(readFileSync(join(folder, name)).equals(readFileSync(join(from, name))), name);
    await ran('pull', address('butter'), '--version', '1.0.0+build.1', '--destination', folder, plain);
  });

  test(`${helm.name} renders and would install, by version and by digest`, async () => {
    const digest = digestOf(await bread());
    const byVersion = await ran('template', 'toast', address('bread'), '--version', '1.2.3', plain);
    assert.match(byVersion, /motd: "hello"/);
    const byDigest = await ran('template', 'toast', `${address('bread')}@${digest}`, plain);
    assert.match(byDigest, /motd: "hello"/);
    const install = [
      'install',
      'toast',
      `${address('bread')}@${digest}`,
      '--dry-run=client',
      '--disable-openapi-validation',
      plain,
    ];
    assert.match(await ran(...install), /motd: "hello"/);
  });

  test(`${helm.name} shows its values, and finds the newest version by itself`, async () => {
    assert.match(await ran('show', 'values', address('bread'), plain), /motd: hello/);
    assert.match(await ran('show', 'chart', address('butter'), plain), /version: 1\.0\.0\+build\.1/);
  });
}

test.run();
