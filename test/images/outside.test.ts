import { readdirSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { build } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { at } from '../../generator/cluster/fields.ts';
import { runDiagram } from '../../generator/commands/diagram.ts';
import { runExplain } from '../../generator/commands/explain.ts';
import { runImages } from '../../generator/commands/images.ts';
import { runMigratePlan } from '../../generator/commands/migrate-plan.ts';
import { runRender } from '../../generator/commands/render.ts';
import { runValidate } from '../../generator/commands/validate.ts';
import { projectRoot } from '../../generator/files.ts';
import type { Io, Status } from '../../generator/io.ts';
import { goldenText, rendered, titleOf } from '../chart/cases.ts';
import { inProcess } from '../cli/project.ts';

const test = suite('images: nothing reaches outside');

/** Hosts of addresses in objects, by the suffix that they may have. */
const hostsIn = (text: string) => [...text.matchAll(/\b[a-z][a-z0-9+.-]*:\/\/([^/\s"'`]+)/g)].map(([, host]) => host!);
let addresses = 0;
for (const c of rendered)
  test(`${titleOf(c)}: every address is one of the cluster's own`, () => {
    const domain = at(c.values, 'cluster', 'appsDomain');
    const hosts = hostsIn(goldenText(c));
    addresses += hosts.length;
    assert.equal(
      hosts.filter(host => !host.endsWith(`.${domain}`) && !/\.svc(\.|:|$)/.test(host)),
      [],
    );
  });
test('there were addresses', () => assert.ok(addresses > 10, `${addresses}`));

const sockets = ['dgram', 'dns', 'dns/promises', 'http', 'http2', 'https', 'net', 'tls'].map(name => `node:${name}`);
/** The only ones that talk to a cluster or a registry. */
const talking = [
  'diff',
  'doctor',
  'import',
  'preflight',
  'publish',
  'publish-registry',
  'test-service-command',
  'verify',
];

test('no other command loads a file that can open a socket', async () => {
  const folder = 'generator/commands';
  const commands = readdirSync(`${projectRoot}/${folder}`).filter(name => name.endsWith('.ts'));
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: commands.map(name => `${folder}/${name}`),
    bundle: true,
    write: false,
    metafile: true,
    outdir: 'unused',
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  /** Types are not among the imports, and lazy imports are. */
  const loads = (path: string, seen = new Set<string>()): Set<string> => {
    for (const { path: next } of metafile.inputs[path]?.imports ?? []) if (!seen.has(next)) loads(next, seen.add(next));
    return seen;
  };
  const able = commands.filter(name => {
    const all = loads(`${folder}/${name}`);
    return sockets.some(socket => all.has(socket) || all.has(socket.slice('node:'.length)));
  });
  const names = able.map(name => name.replace(/\.ts$/, '')).sort();
  assert.equal(names, [...talking, 'cluster-command'].sort());
});

/** What needs no cluster, with sockets that end the test when somebody opens one. */
const environments = ['prod'];
const usual = { environments, files: [] };
const release = { releaseName: 'serverless-mesh', namespace: 'default' };
const offline: readonly [string, (io: Io) => Status | Promise<Status>][] = [
  ['validate', io => runValidate({ ...usual, output: 'text' }, io)],
  ['render', io => runRender({ ...usual, namespace: 'default', engine: 'model', output: 'yaml' }, io)],
  ['diagram', io => runDiagram({ ...usual, output: 'svg' }, io)],
  ['explain', io => runExplain({ ...usual, namespace: 'default', output: 'text' }, io)],
  ['images', io => runImages({ ...usual, operators: [], from: 'dist', output: 'text' }, io)],
  ['migrate-plan', io => runMigratePlan({ ...usual, ...release, method: 'in-place', output: 'text' }, io)],
];

const { connect } = net.Socket.prototype;
let opened: string[] = [];
test.before.each(() => {
  opened = [];
  net.Socket.prototype.connect = function blocked(this: net.Socket, ...to: unknown[]) {
    opened.push(JSON.stringify(to));
    // Whoever asked must listen first.
    setImmediate(() => this.destroy());
    return this;
  };
});
test.after.each(() => {
  net.Socket.prototype.connect = connect;
});

test('the block sees a connection', async () => {
  await new Promise(resolve => http.get('http://127.0.0.1:9/').on('error', resolve));
  assert.is(opened.length, 1);
});

for (const [name, command] of offline)
  test(`${name} works without a network`, async () => {
    const { status, talk } = await inProcess(command);
    assert.equal([status, opened], [0, []], talk);
  });

test.run();
