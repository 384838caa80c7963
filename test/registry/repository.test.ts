/** A folder that publish has filled, behind a plain web server, as both Helms see it. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readIfThere } from '../../generator/output/published.ts';
import { newPath, writeRelease } from '../publish/release.ts';
import { type ClusterApi, startClusterApi } from '../support/cluster-api.ts';
import { helms, runHelm } from '../support/helm.ts';
import { publish } from './run.ts';
import { newSigner, type Signer } from './signer.ts';

const test = suite('registry: a classic repository over HTTP');

let signer: Signer;
let server: Server;
let cluster: ClusterApi;
let url = '';
const folder = newPath();
test.before(async () => {
  signer = newSigner();
  cluster = await startClusterApi({});
  server = createServer((request, response) => {
    const file = readIfThere(join(folder, decodeURIComponent((request.url ?? '').slice(1))));
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await publish(folder, writeRelease({ sign: signer.sign }));
  await publish(folder, writeRelease({ version: '1.10.0', motd: 'newer', sign: signer.sign }), { url });
});
test.after(async () => {
  signer.end();
  await cluster.stop();
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

/** The cluster of the test has no schemas. */
const dry = ['--dry-run=client', '--disable-openapi-validation'];

interface Index {
  readonly entries: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}
const readIndex = (path: string) => load(readFileSync(path, 'utf8')) as Index;

if (helms().length === 0) process.stdout.write('SKIPPED: no helm found\n');
for (const helm of helms()) {
  const home = mkdtempSync(join(tmpdir(), 'helm-repo-'));
  process.once('exit', () => rmSync(home, { recursive: true, force: true }));
  // Both Helms with lists of repositories of their own.
  const lists = {
    HELM_REPOSITORY_CONFIG: join(home, 'repositories.yaml'),
    HELM_REPOSITORY_CACHE: join(home, 'cache'),
  };
  const ran = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await runHelm(helm, args, {
      env: { ...lists, ...cluster.env },
      reject: false,
    });
    assert.is(exitCode, 0, stderr);
    return stdout + stderr;
  };

  test(`${helm.name}: repo add, and both versions are found`, async () => {
    await ran('repo', 'add', 'mine', url);
    const found = JSON.parse(await ran('search', 'repo', 'mine/', '--versions', '--output', 'json'));
    assert.equal(
      found.map((c: Record<string, string>) => [c.name, c.version, c.app_version]),
      [
        ['mine/bread', '1.10.0', '1.10'],
        ['mine/bread', '1.2.3', '1.10'],
      ],
    );
  });

  test(`${helm.name}: pull --verify, by relative and by absolute address`, async () => {
    for (const version of ['1.2.3', '1.10.0']) {
      const to = newPath();
      mkdirSync(to);
      const verify = ['--verify', '--keyring', signer.keyring];
      await ran('pull', 'mine/bread', '--version', version, ...verify, '--destination', to);
      const name = `bread-${version}.tgz`;
      assert.ok(readFileSync(join(to, name)).equals(readFileSync(join(folder, name))));
    }
  });

  test(`${helm.name}: install, template and show, with --repo too`, async () => {
    assert.match(await ran('install', 'toast', 'mine/bread', ...dry), /motd: "newer"/);
    assert.match(await ran('template', 'toast', 'bread', '--repo', url, '--version', '1.2.3'), /motd: "hello"/);
    assert.match(await ran('show', 'values', 'mine/bread', '--version', '1.2.3'), /motd: hello/);
  });

  test(`${helm.name} repo index makes the same entries, but for its dates`, async () => {
    const to = newPath();
    mkdirSync(to);
    for (const name of ['bread-1.2.3.tgz', 'bread-1.10.0.tgz']) copyFileSync(join(folder, name), join(to, name));
    await ran('repo', 'index', to);
    const without = (path: string) =>
      readIndex(path).entries.bread!.map(({ created, urls, ...entry }) => ({
        ...entry,
        urls: String(urls).split('/').pop(),
      }));
    assert.equal(without(join(folder, 'index.yaml')), without(join(to, 'index.yaml')));
  });

  test(`an index of ${helm.name} keeps its entries, and ${helm.name} reads the result`, async () => {
    const to = newPath();
    mkdirSync(to);
    for (const chart of [{ name: 'apple' }, { name: 'bread', version: '0.1.0' }]) {
      const from = writeRelease(chart);
      const file = `${chart.name}-${chart.version ?? '1.2.3'}.tgz`;
      copyFileSync(join(from, file), join(to, file));
    }
    await ran('repo', 'index', to, '--url', 'https://elsewhere.example.com');
    const before = readIndex(join(to, 'index.yaml')).entries;
    assert.is((await publish(to, writeRelease())).status, 0);
    const { apple, bread } = readIndex(join(to, 'index.yaml')).entries;
    assert.equal([apple, bread?.slice(1)], [before.apple, before.bread]);
    assert.is(bread?.length, 2);
    // Merging reads it as Helm does.
    const empty = newPath();
    mkdirSync(empty);
    writeFileSync(join(empty, 'ours.yaml'), readFileSync(join(to, 'index.yaml')));
    await ran('repo', 'index', empty, '--merge', join(empty, 'ours.yaml'));
    const merged = readIndex(join(empty, 'index.yaml')).entries;
    assert.equal([merged.apple, merged.bread], [apple, bread]);
  });
}

test.run();
