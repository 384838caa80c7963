import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nameOf, textAt } from '../../generator/cluster/fields.ts';
import { Unseen } from '../../generator/cluster/unseen.ts';
import { GeneratorError } from '../../generator/errors.ts';
import { readFolder } from '../../generator/installation/folder.ts';
import { selects } from '../../generator/installation/labels.ts';

const test = suite('installation: folder');
const home = mkdtempSync(join(tmpdir(), 'folder-'));
process.once('exit', () => rmSync(home, { recursive: true, force: true }));
let folders = 0;
function folder(files: Readonly<Record<string, string>>): string {
  const path = join(home, String(folders++));
  mkdirSync(path);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}
const gateway = (name: string, version = 'v1beta1', more = '') =>
  `apiVersion: networking.istio.io/${version}\nkind: Gateway\nmetadata:\n  name: ${name}\n  namespace: knative-serving\n${more}`;

test('reads documents, Lists, JSON and folders below, with their places', async () => {
  const path = folder({
    'a.yaml': `# first\n---\n${gateway('one')}---\n# nothing\n---\n${gateway('two', 'v1')}`,
    'below/b.yml': `apiVersion: v1\nkind: List\nitems:\n${['three', 'four'].map(n => `- ${gateway(n).replaceAll('\n', '\n  ').trimEnd()}\n`).join('')}`,
    'c.json': JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'x' } }),
    'README.md': 'no manifest',
  });
  const { cluster, placeOf, problems, from } = readFolder(path);
  assert.equal([problems, from], [[], 'folder']);
  const all = await cluster.list('networking.istio.io/v1beta1/Gateway', { namespace: 'knative-serving' });
  assert.equal(all.map(nameOf), ['one', 'two', 'three', 'four']);
  assert.equal(
    all.map(o => placeOf(o)?.replace(`${path}/`, '')),
    ['a.yaml:2', 'a.yaml:10', 'below/b.yml:1', 'below/b.yml:1'],
  );
  assert.is(nameOf(await cluster.get('v1/Secret', 's', 'x')), 's');
  assert.is(await cluster.get('v1/Secret', 's', 'y'), undefined);
  assert.is(await cluster.has('v1/Secret', 's'), true);
  assert.equal([await cluster.serves('v1/Secret'), await cluster.serves('v1/ConfigMap')], [true, false]);
});

test('the core API and a group are two kinds, versions of a group one', async () => {
  const path = folder({
    'a.yaml': `apiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\napiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: b}\n`,
  });
  const { cluster } = readFolder(path);
  assert.equal((await cluster.list('v1/Service')).map(nameOf), ['a']);
  assert.equal((await cluster.list('serving.knative.dev/v1beta1/Service')).map(nameOf), ['b']);
});

test('reads as kubectl does: yes without quotes is a boolean', async () => {
  const { cluster } = readFolder(
    folder({ 'a.yaml': 'apiVersion: v1\nkind: X\nmetadata: {name: a}\nspec: {a: yes, b: "no"}\n' }),
  );
  assert.equal((await cluster.get('v1/X', 'a'))?.spec, { a: true, b: 'no' });
});

const problems: readonly (readonly [string, Record<string, string>, RegExp])[] = [
  ['broken YAML', { 'a.yaml': 'a: [1\n' }, /a\.yaml:\d+: .*[^.]\.$/],
  ['a template', { 'a.yaml': '{{- if .Values.x }}\na: 1\n{{- end }}\n' }, /a\.yaml:1: is a template; render it/],
  ['no object', { 'a.yaml': 'serving: {enabled: true}\n' }, /a\.yaml:1: is no object of Kubernetes/],
  [
    'the same twice',
    { 'a.yaml': gateway('one'), 'b.yaml': gateway('one', 'v1') },
    /b\.yaml:1: Gateway knative-serving\/one stands in .*a\.yaml:1, too/,
  ],
];
for (const [name, files, want] of problems)
  test(`says of ${name} in one sentence`, () => {
    const { problems } = readFolder(folder(files));
    assert.is(problems.length, 1, problems.join());
    assert.match(problems[0]!, want);
  });

test('of what stands twice, the last counts', async () => {
  const { cluster } = readFolder(
    folder({ 'a.yaml': gateway('one'), 'b.yaml': gateway('one', 'v1', 'spec: {selector: {a: b}}\n') }),
  );
  const all = await cluster.list('networking.istio.io/v1/Gateway');
  assert.equal(
    all.map(o => textAt(o, 'spec', 'selector', 'a')),
    ['b'],
  );
});

test('a file that cannot be read repeats nothing of what it says', () => {
  const secret = 'bm90IGEga2V5IGJ1dCBzZWNyZXQ';
  const { problems } = readFolder(folder({ 'a.yaml': `a: "${secret}\nb: {{ x }}\n`, 'b.yaml': `${secret}: [\n` }));
  assert.is(problems.length, 2);
  assert.not.match(problems.join(), secret);
});

test('no folder, or none with manifests, is wrong usage', () => {
  for (const path of [join(home, 'none'), folder({ 'a.txt': 'x' })])
    assert.throws(
      () => readFolder(path),
      (e: unknown) => e instanceof GeneratorError && e.code === 2 && /name a folder of manifests\.$/.test(e.message),
    );
});

test('what only a cluster knows is unseen', async () => {
  const { cluster } = readFolder(folder({ 'a.yaml': gateway('one') }));
  for (const ask of [() => cluster.version(), () => cluster.log('a', 'b', 'c'), () => cluster.pathOf('v1/Pod')])
    assert.ok(await ask().catch(error => error instanceof Unseen));
});

test('selectors', () => {
  const labels = { a: 'b', c: '' };
  const rows: readonly [string, boolean][] = [
    ['', true],
    ['a=b', true],
    ['a==b,c', true],
    ['a=c', false],
    ['a!=c', true],
    ['d', false],
    ['!d', true],
    ['!a', false],
    ['d!=x', true],
  ];
  for (const [selector, want] of rows) assert.is(selects(selector, labels), want, selector);
});

test.run();
