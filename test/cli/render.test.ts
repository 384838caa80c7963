import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type load, loadAll } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runRender } from '../../generator/commands/render.ts';
import { helms, runHelm } from '../support/helm.ts';
import { checkout, each, inProcess, installed, newFolder, put, run, runProgram } from './project.ts';

const test = suite('cli: render');

const folder = newFolder();
const names = ['dev', 'staging', 'prod'];
const pem = (what: string) => `-----BEGIN ${what}-----\nMIIB\n-----END ${what}-----\n`;
const inline = {
  source: 'inline',
  inline: { certificate: pem('CERTIFICATE'), privateKey: pem('PRIVATE KEY') },
};
const secret = put(folder, 'secret.yaml', JSON.stringify({ gateway: { tls: inline } }));
const bad = put(folder, 'bad.yaml', 'serving: {ingress: nope}\n');
const finding = `${bad}:1: serving.ingress: is "nope"; write istio or kourier\n`;

const rendered = each([...names, ...names.map(name => `${name} -o json`)], words =>
  run(['render', ...words.split(' ')]),
);

test('several environments are one stream with a separator each, and the same as one by one', async () => {
  const { status, out, talk } = await run(['render', ...names]);
  assert.equal([status, talk], [0, '']);
  const singles = await Promise.all(names.map(async (name, i) => `# Environment: ${name}\n${(await rendered(i)).out}`));
  assert.is(out, singles.join(''));
  assert.is(loadAll(out).length, out.match(/^---$/gm)?.length);
});

for (const [index, name] of names.entries()) {
  test(`${name}: YAML and JSON hold the same objects, on standard output alone`, async () => {
    const [yaml, json] = [await rendered(index), await rendered(index + names.length)];
    assert.equal([yaml.status, yaml.talk, json.status, json.talk], [0, '', 0, '']);
    const [{ environment, manifests }, ...more] = JSON.parse(json.out);
    assert.equal(more, []);
    assert.is(environment, name);
    assert.equal(manifests, loadAll(yaml.out));
    assert.ok(manifests.length > 5);
    assert.match(yaml.out, /^---\n# Source: serverless-mesh\/templates\/\S+\.yaml\napiVersion: /);
  });
}

test('--output json of several environments is one list', async () => {
  const { out } = await run(['render', ...names, '--output=json']);
  const singles = await Promise.all(names.map(async (_, i) => JSON.parse((await rendered(i + names.length)).out)));
  assert.equal(JSON.parse(out), singles.flat());
});

test('--release-name and --namespace are in the objects, and nowhere without them', async () => {
  const { out } = await run(['render', 'dev', '--release-name', 'knative.2', '-n', 'gitops']);
  const plain = (await rendered(0)).out;
  assert.match(out, 'app.kubernetes.io/instance: knative.2');
  assert.match(plain, 'app.kubernetes.io/instance: serverless-mesh');
  assert.not.match(plain, 'knative.2');
  assert.is(loadAll(out).length, loadAll(plain).length);
});

test('--chart: the objects of another chart, and its name for the release', async () => {
  const { status, out, talk } = await run(['render', '--chart', 'serverless-mesh-operators', '--skip-tests']);
  assert.equal([status, talk], [0, '']);
  const objects = loadAll(out) as { kind: string; metadata: { name: string; labels: Record<string, string> } }[];
  assert.equal(
    objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    [
      'Namespace openshift-serverless',
      'OperatorGroup serverless-operators',
      'Subscription servicemeshoperator',
      'Subscription serverless-operator',
    ],
  );
  for (const { metadata } of objects)
    assert.is(metadata.labels['app.kubernetes.io/instance'], 'serverless-mesh-operators');
  assert.match(out, '# Source: serverless-mesh-operators/templates/subscriptions/mesh-operator.yaml\n');
});

test('--skip-tests leaves out what Helm leaves out with it', async () => {
  const all = (await rendered(0)).out;
  const { status, out } = await run(['render', 'dev', '--skip-tests']);
  assert.is(status, 0);
  assert.match(all, 'helm.sh/hook: test');
  assert.not.match(out, 'helm.sh/hook: test');
  assert.match(out, 'helm.sh/hook: pre-delete');
  const helm = helms().at(-1);
  if (helm === undefined) return;
  const folder = join(await checkout(), 'charts/serverless-mesh');
  const values = join(await checkout(), 'environments/dev.yaml');
  const args = ['template', 'serverless-mesh', folder, '--namespace', 'default', '--skip-tests', '-f', values];
  assert.equal(loadAll(out), loadAll((await runHelm(helm, args)).stdout));
});

test('a release name that looks like a number stays a text', async () => {
  const { out } = await run(['render', '--release-name', '1e3']);
  for (const object of loadAll(out) as { metadata: { labels: Record<string, unknown> } }[])
    assert.is(object.metadata.labels['app.kubernetes.io/instance'], '1e3');
});

const helmName = `is no name that Helm accepts; write at most 53 lower-case letters, digits, '-' and '.', as serverless-mesh.`;
const namespaceName = `is no name of a namespace; write at most 63 lower-case letters, digits and '-', as default.`;
const releases: readonly (readonly [string, string, string])[] = [
  ['a'.repeat(53), 'a'.repeat(63), ''],
  ['a-1.b', '0-9', ''],
  ['a'.repeat(54), 'default', `--release-name "${'a'.repeat(54)}" ${helmName}`],
  ['Mesh', 'default', `--release-name "Mesh" ${helmName}`],
  ['-a', 'default', `--release-name "-a" ${helmName}`],
  ['a..b', 'default', `--release-name "a..b" ${helmName}`],
  ['a\n', 'default', `--release-name "a\\n" ${helmName}`],
  ['a', 'A', `--namespace "A" ${namespaceName}`],
  ['a', 'a.b', `--namespace "a.b" ${namespaceName}`],
  ['a', '', `--namespace "" ${namespaceName}`],
  ['a', 'a'.repeat(64), `--namespace "${'a'.repeat(58)}… ${namespaceName}`],
];
const options = { environments: [], files: [], engine: 'model', output: 'yaml' } as const;
for (const [releaseName, namespace, sentence] of releases) {
  test(`release ${JSON.stringify(releaseName)} in namespace ${JSON.stringify(namespace)}`, async () => {
    const { status, out, talk } = await inProcess(io => runRender({ ...options, releaseName, namespace }, io));
    assert.equal([status, talk, out === ''], sentence ? [2, `${sentence}\n`, true] : [0, '', false]);
  });
}

test('one environment with findings: nothing of the others is printed, and the findings are talk', async () => {
  for (const output of ['yaml', 'json'])
    assert.equal(await run(['render', 'dev', bad, '-o', output]), { status: 1, out: '', talk: finding });
});

test('--out-dir: nothing is written, and no folder is made, when one environment has findings', async () => {
  const outDir = join(folder, 'none/deep');
  assert.equal(await run(['render', 'dev', bad, '--out-dir', outDir]), { status: 1, out: '', talk: finding });
  assert.not.ok(readdirSync(folder).includes('none'));
});

test('two environments of one name', async () => {
  const other = put(folder, 'other/dev.yaml', '{}');
  const talk = 'dev: two environments have this name; give their files different names.\n';
  assert.equal(await run(['render', 'dev', other, '--out-dir', join(folder, 'two')]), { status: 2, out: '', talk });
  assert.not.ok(readdirSync(folder).includes('two'));
});

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
for (const umask of ['000', '022', '077']) {
  test(`--out-dir under umask ${umask}: 0600 where a Secret is inside, 0644 elsewhere`, async () => {
    const outDir = join(folder, `out-${umask}`);
    for (const output of umask === '077' ? ['yaml', 'json'] : ['json']) {
      // A file that others may read gives way to one that they may not.
      mkdirSync(outDir, { recursive: true });
      put(outDir, `secret.${output}`, '', 0o666);
      const { status, out, talk } = await run(['render', 'dev', secret, '-o', output, '--out-dir', outDir], { umask });
      assert.equal([status, out], [0, '']);
      assert.is(talk, `wrote ${outDir}/dev.${output}\nwrote ${outDir}/secret.${output}\n`);
      assert.equal(
        [`dev.${output}`, `secret.${output}`].map(name => mode(join(outDir, name))),
        ['644', '600'],
      );
    }
    const written = ['dev.json', 'secret.json', ...(umask === '077' ? ['dev.yaml', 'secret.yaml'] : [])];
    assert.equal(readdirSync(outDir).sort(), written.sort());
    // One environment, which standard output prints as a list of one.
    assert.is(`[${readFileSync(join(outDir, 'dev.json'), 'utf8').trimEnd()}]\n`, (await rendered(names.length)).out);
    const { environment } = JSON.parse(readFileSync(join(outDir, 'secret.json'), 'utf8'));
    assert.is(environment, 'secret');
  });
}

test('the Secret holds exactly what the values hold', async () => {
  const { out } = await run(['render', secret]);
  const found = loadAll(out).find(object => (object as { kind: string }).kind === 'Secret') as ReturnType<typeof load>;
  const { data } = found as { data: Record<string, string> };
  const decoded = Object.values(data).map(text => Buffer.from(text, 'base64').toString());
  assert.equal(decoded, [inline.inline.certificate, inline.inline.privateKey]);
});

const places: readonly (readonly [string, string, RegExp])[] = [
  ['a file', put(folder, 'plain', ''), /plain\/dev\.yaml: cannot be written \(ENOTDIR\)/],
  ['a device', '/dev/null', /^\/dev\/null\/dev\.yaml: cannot be written \(ENOTDIR\)/],
  ['a file system that takes no folder', '/proc/none', /^\/proc\/none\/dev\.yaml: cannot be written \(ENOENT\)/],
];
for (const [name, outDir, sentence] of places) {
  test(`--out-dir is ${name}`, async () => {
    const { status, out, talk } = await run(['render', 'dev', '--out-dir', outDir]);
    assert.equal([status, out, talk.split('\n').length], [1, '', 2]);
    assert.match(talk, sentence);
  });
}

test('a reader that stops early, and one that has no space', async () => {
  const many = Array.from({ length: 60 }, (_, i) => put(folder, `many/env-${i}.yaml`, '{}'));
  const bin = join(await installed(), 'bin/serverless-mesh.js');
  const shell = (command: string) => runProgram('sh', ['-c', command, 'sh', process.execPath, bin, 'render', ...many]);
  assert.equal(await shell('"$@" | head -1'), { status: 0, out: '# Environment: env-0\n', talk: '' });
  const full = await shell('"$@" > /dev/full');
  assert.is(full.status, 1);
  assert.match(full.talk, /^standard output: .*\(ENOSPC\).*\n$/);
});

test.run();
