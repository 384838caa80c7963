import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { certificate, good, leak, lines, misplaced, privateKey } from './key-rows.ts';
import { each, newCopy, newFolder, put, type Result, run } from './project.ts';

const test = suite('cli: private keys');

const folder = newFolder();
const files = misplaced.map(([name, values]) =>
  put(folder, `${name.replaceAll(' ', '-')}.yaml`, typeof values === 'string' ? values : JSON.stringify(values)),
);
const goodFile = put(folder, 'good.yaml', JSON.stringify(good));
const said = ({ out, talk }: Result) => `${out}${talk}`;

test('a leak is found, whatever its case', () => {
  assert.ok(leak(`x ${lines[3]!.slice(20, 28).toUpperCase()} x`));
  assert.is(leak('-----BEGIN PRIVATE KEY----- is no secret'), undefined);
});

const commands = ['validate', 'validate -o json', 'render', 'render -o json', 'render --engine helm'];
const results = each(commands, words => run([...words.split(' '), ...files]));
for (const [index, words] of commands.entries()) {
  test(`${words}: a finding for each misplaced key, and no part of it`, async () => {
    const result = await results(index);
    assert.is(result.status, 1);
    for (const line of said(result).split('\n')) assert.is(leak(line), undefined, line.slice(0, 60));
    for (const file of files) assert.match(said(result), file);
    if (words.startsWith('render')) assert.is(result.out, '');
  });
}

test('render: the key is in the data of the Secret, and nowhere else', async () => {
  const yaml = await run(['render', goodFile]);
  const json = await run(['render', goodFile, '-o', 'json']);
  for (const { status, out, talk } of [yaml, json]) {
    assert.is(status, 0);
    const data = [privateKey, certificate].map(text => Buffer.from(text).toString('base64'));
    for (const text of data) assert.is(out.split(text).length, 2);
    assert.is(leak(`${out}${talk}`), undefined);
  }
});

test('render --out-dir says where it wrote, and no more', async () => {
  const outDir = join(folder, 'out');
  const { status, talk } = await run(['render', goodFile, '--out-dir', outDir]);
  assert.equal([status, talk], [0, `wrote ${outDir}/good.yaml\n`]);
});

test('generate and package neither say nor take what lies about', async () => {
  const root = await newCopy();
  const text = JSON.stringify(good);
  put(root, 'environments/canary.yaml', text);
  put(root, 'values.yaml', text);
  put(root, '.env', `KEY=${lines.join('')}\n`);
  const before = (await run(['generate', '--check'], { root })).status;
  put(root, 'charts/serverless-mesh/secret.key', privateKey);
  put(root, 'charts/serverless-mesh/environments/canary.yaml', text);
  put(root, 'charts/serverless-mesh/templates/.env', privateKey);
  const env = { KEY: lines.join('') };
  const all = await Promise.all(
    [['generate'], ['generate', '--check'], ['package'], ['package', '--out', 'elsewhere']].map(args =>
      run(args, { root, env }),
    ),
  );
  assert.equal([before, ...all.map(r => r.status)], [0, 0, 1, 0, 0]);
  assert.is(leak(all.map(said).join('')), undefined);
  for (const out of ['dist', 'elsewhere'])
    for (const name of readdirSync(join(root, out))) {
      const data = readFileSync(join(root, out, name));
      const content = name.endsWith('.tgz') ? gunzipSync(data).toString('latin1') : data.toString();
      assert.is(leak(content), undefined);
      assert.not.match(content, /canary|secret\.key|\.env\b/);
    }
});

test.run();
