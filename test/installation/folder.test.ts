import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
    ['a.yaml:2', 'a.yaml:10', 'below/b.yml:4', 'below/b.yml:9'],
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
    'an object without a name',
    { 'a.yaml': 'apiVersion: maistra.io/v2\nkind: ServiceMeshControlPlane\nmetadata: null\n' },
    /a\.yaml:1: is a ServiceMeshControlPlane without a name, .*; write metadata\.name\.$/,
  ],
  [
    'a kustomization',
    { 'kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n' },
    /kustomization\.yaml:1: is for kustomize, which was not run; name a folder with what oc kustomize prints\.$/,
  ],
  ['a list', { 'a.yaml': '- a\n- b\n' }, /a\.yaml:1: is no object of Kubernetes/],
  ['a text', { 'a.yaml': '# none\njust words\n' }, /a\.yaml:1: is no object of Kubernetes/],
  [
    'an item that is no object',
    { 'a.yaml': 'apiVersion: v1\nkind: List\nitems:\n- null\n' },
    /a\.yaml:4: is no object of Kubernetes/,
  ],
  [
    'a key that stands twice',
    { 'a.yaml': `${gateway('one')}---\n${gateway('two', 'v1', 'spec: {selector: {a: b}}\nspec: {}\n')}` },
    /a\.yaml:13: spec stands twice, and the last of them counts; keep one of the two\.$/,
  ],
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

test('the text of a | at the end of a document keeps its last line end', async () => {
  const text = (name: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata:\n  run: |\n    a\n  keep: |+\n    b\n\n`;
  for (const lineEnd of ['\n', '\r\n']) {
    const { cluster } = readFolder(folder({ 'a.yaml': `${text('a')}---\n${text('b')}`.replaceAll('\n', lineEnd) }));
    for (const name of ['a', 'b'])
      assert.equal((await cluster.get('v1/ConfigMap', name))?.data, { run: 'a\n', keep: 'b\n\n' }, name);
  }
});

test('Lists in Lists, and lists of one kind whose items leave it out', async () => {
  const item = (name: string) => ({ metadata: { name } });
  const list = { apiVersion: 'operator.knative.dev/v1beta1', kind: 'KnativeServingList', items: [item('a')] };
  const nested = { apiVersion: 'v1', kind: 'List', items: [list, { apiVersion: 'v1', kind: 'Pod', ...item('b') }] };
  const { cluster, problems } = readFolder(folder({ 'a.json': JSON.stringify(nested) }));
  assert.equal(problems, []);
  assert.equal((await cluster.list('operator.knative.dev/v1beta1/KnativeServing')).map(nameOf), ['a']);
  assert.equal((await cluster.list('v1/Pod')).map(nameOf), ['b']);
});

test('a list of one kind that is empty, and objects that the API server names', async () => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'a-' } };
  const { cluster, problems } = readFolder(
    folder({
      'a.yaml': 'apiVersion: v1\nkind: PodList\nitems: []\n',
      'b.json': JSON.stringify(job),
      'c.json': JSON.stringify(job),
    }),
  );
  assert.equal(problems, []);
  assert.is((await cluster.list('batch/v1/Job')).length, 2);
});

test('links: in a circle, to a file that is read anyway, out of the folder, and to nothing', async () => {
  const outside = folder({ 'o.yaml': gateway('outside') });
  const path = folder({ 'a.yaml': gateway('one'), 'below/b.yaml': gateway('two') });
  symlinkSync('.', join(path, 'self'));
  symlinkSync('..', join(path, 'below/up'));
  symlinkSync('a.yaml', join(path, 'same.yaml'));
  symlinkSync(outside, join(path, 'z'));
  symlinkSync('none', join(path, 'latest'));
  const read = readFolder(path);
  assert.equal(read.problems, []);
  assert.equal((await read.cluster.list('networking.istio.io/v1/Gateway')).map(nameOf), ['one', 'two', 'outside']);
  symlinkSync('none', join(path, 'gone.yaml'));
  symlinkSync('round.yaml', join(path, 'round.yaml'));
  assert.equal(readFolder(path).problems, [
    `${path}/gone.yaml: cannot be read (ENOENT); make it readable, or move it away.`,
    `${path}/round.yaml: cannot be read (ELOOP); make it readable, or move it away.`,
  ]);
});

test('UTF-16, as PowerShell writes it', async () => {
  const path = folder({});
  const little = Buffer.from(`\ufeff${gateway('one')}`, 'utf16le');
  writeFileSync(join(path, 'little.yaml'), little);
  writeFileSync(join(path, 'big.yaml'), Buffer.from(`\ufeff${gateway('two')}`, 'utf16le').swap16());
  const { cluster, problems } = readFolder(path);
  assert.equal(problems, []);
  assert.equal((await cluster.list('networking.istio.io/v1/Gateway')).map(nameOf), ['two', 'one']);
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
