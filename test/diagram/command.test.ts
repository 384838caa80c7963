/** The command diagram, and the page of the chart. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type DiagramOptions, runDiagram } from '../../generator/commands/diagram.ts';
import { installationOf } from '../../generator/diagram/describe.ts';
import { merged } from '../../generator/diagram/found.ts';
import { examples } from '../../generator/diagram/index.ts';
import { textOf } from '../../generator/diagram/table.ts';
import { projectRoot } from '../../generator/files.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { checkValues } from '../../generator/values/environments.ts';
import { inProcess, newFolder, put } from '../cli/project.ts';
import { readPicture } from './read-picture.ts';

const test = suite('diagram: command');

const folder = newFolder();
const file = put(
  folder,
  'shop.yaml',
  'mesh: {members: [shop]}\nkafka: {enabled: true, bootstrapServers: [k.example.com:9093]}\n',
);
const values = merged(load(readFileSync(file, 'utf8')) as Record<string, unknown>);
const pem = (what: string) => `-----BEGIN ${what}-----\nMIIB\n-----END ${what}-----\n`;
const run = (options: Partial<DiagramOptions>) =>
  inProcess(io => runDiagram({ environments: [file], files: [], output: 'svg', ...options }, io));

test('prints a picture of the values', async () => {
  const { status, out, talk } = await run({});
  assert.equal([status, talk], [0, '']);
  const { words, boxes } = readPicture(out);
  assert.is(words[0], 'What serverless-mesh installs: shop');
  assert.ok(boxes.some(({ kind, words }) => kind === 'namespace' && words[0] === 'shop'));
});

test('without an environment, of the -f files or the defaults', async () => {
  const { out } = await run({ environments: [], files: [file] });
  assert.is(readPicture(out).words[0], 'What serverless-mesh installs');
  assert.match(out, '>Kafka brokers<');
  assert.not.match((await run({ environments: [] })).out, '>Kafka brokers<');
});

test('text and JSON say the same', async () => {
  const [text, json] = [await run({ output: 'text' }), await run({ output: 'json' })];
  assert.equal([text.status, text.talk, json.status, json.talk], [0, '', 0, '']);
  const installation = installationOf(values);
  assert.equal(JSON.parse(json.out), JSON.parse(JSON.stringify({ environment: 'shop', ...installation })));
  assert.is(text.out, textOf(installation));
  assert.match(text.out, /^Your pods in shop, with a proxy: /m);
  assert.match(text.out, /^Knative Eventing to Kafka brokers: TCP 9092, 9093, 9094, 9095, 9096; records /m);
  for (const { from, to } of installation.edges) assert.match(text.out, `\n${from} to ${to}: `);
});

test('--out writes the same to a file', async () => {
  const path = join(folder, 'new/shop.svg');
  const { status, out, talk } = await run({ out: path });
  assert.equal([status, out, talk], [0, '', `wrote ${path}\n`]);
  assert.is(readFileSync(path, 'utf8'), (await run({})).out);
});

test('what would not install is not drawn, and no file is written', async () => {
  const bad = put(folder, 'bad.yaml', 'serving: {ingress: nope}\n');
  const path = join(folder, 'bad.svg');
  const { status, out, talk } = await run({ environments: [bad], out: path });
  assert.equal([status, out], [1, '']);
  assert.is(talk, `${bad}:1: serving.ingress: is "nope"; write istio or kourier\n`);
  assert.not.ok(existsSync(path));
});

test('an empty --out is refused', async () => {
  assert.equal(await run({ out: '' }), { status: 2, out: '', talk: '--out is empty; name a file.\n' });
});

test('a private key in the values is in none of the outputs', async () => {
  const inline = { source: 'inline', inline: { certificate: pem('CERTIFICATE'), privateKey: pem('PRIVATE KEY') } };
  const secret = put(folder, 'secret.yaml', JSON.stringify({ gateway: { tls: inline } }));
  for (const output of ['svg', 'text', 'json'] as const) {
    const { status, out } = await run({ environments: [secret], output });
    assert.is(status, 0);
    assert.not.match(out, /PRIVATE|MIIB/);
  }
});

test('the values of each example would install', () => {
  for (const { values: given } of examples) assert.equal(checkValues(serverlessMesh, merged(given)), []);
});

test('each picture of the page is a file', () => {
  const page = 'charts/serverless-mesh/docs/installation.md';
  const text = readFileSync(join(projectRoot, page), 'utf8');
  const pictures = [...text.matchAll(/\]\(([^)]*installation[^)]*)\)/g)].map(([, path]) => path!);
  assert.ok(pictures.length >= 2);
  for (const path of pictures) assert.ok(existsSync(join(projectRoot, dirname(page), path)), path);
});

test('the page has a row for each call of each example', () => {
  const page = readFileSync(join(projectRoot, 'charts/serverless-mesh/docs/installation.md'), 'utf8');
  const rows = page.split('\n').filter(line => /^\| (?!From|---)/.test(line));
  assert.equal(
    rows.map(row => row.split(' | ').slice(0, 4).join(' | ')),
    examples.flatMap(({ values: given }) =>
      installationOf(merged(given)).edges.map(
        ({ from, to, protection, ports, remark }) =>
          `| ${from} | ${to} | ${protection} | ${[ports.join(', '), remark ?? ''].filter(Boolean).join(', ')}`,
      ),
    ),
  );
});

test.run();
