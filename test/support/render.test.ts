import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { helms, parallel, runHelm } from './helm.ts';
import { jsonForHelm } from './helm-yaml.ts';
import { type Manifest, parseManifests, renderMany, splitByAlias } from './render.ts';

const test = suite('support/render');
const temp = mkdtempSync(join(tmpdir(), 'render-test-'));
const chart = join(temp, 'one');

const files: Record<string, string> = {
  'Chart.yaml': 'apiVersion: v2\nname: one\nversion: 0.1.0\n',
  'values.yaml': 'name: dflt\nnested: {a: 1, b: two}\nlist: [x]\nnullish: null\n',
  'templates/b.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name | quote }}
  labels: {chart: "{{ .Chart.Name }}-{{ .Chart.Version }}"}
data:
  # null and absent look the same here, as for our templates
  values: {{ omit .Values "global" "nullish" | toJson | quote }}
---
apiVersion: v1
kind: Secret
metadata: {name: second}
---
---
# only a comment
`,
  'templates/tests/t.yaml': 'kind: Pod\nmetadata: {name: t, annotations: {helm.sh/hook: test}}\n',
  'templates/NOTES.txt': 'not a manifest: {{ .Values.name }}\n',
};

test.before(() => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(chart, path)), { recursive: true });
    writeFileSync(join(chart, path), text);
  }
});
test.after(() => rmSync(temp, { recursive: true }));

const valueSets = [
  {},
  { name: 'subchart and\u007f\u0085\uffff "quotes"\u2028', list: [] },
  { name: null, nested: null },
  { nested: { a: null }, list: null },
  { added: null, nested: { c: { d: '012' } } },
  { name: 'on' },
];

test('an umbrella renders each value set as a process of its own would', async () => {
  if (helms().length === 0) return console.log('SKIPPED: no helm');
  for (const helm of helms()) {
    const together = await renderMany(helm, chart, valueSets, ['mine', '--namespace', 'ns']);
    const alone = await parallel(valueSets, 2, async values => {
      const input = jsonForHelm(values);
      const { stdout } = await runHelm(helm, ['template', 'mine', '--namespace', 'ns', '-f', '-', chart], { input });
      return parseManifests(stdout);
    });
    assert.equal(together, alone, helm.name);
    assert.equal(
      together[0]?.map(manifest => manifest.source),
      ['one/templates/b.yaml', 'one/templates/b.yaml', 'one/templates/tests/t.yaml'],
    );
  }
});

test('a value set that fails makes the render fail, with what Helm says', async () => {
  const [helm] = helms();
  if (helm === undefined) return console.log('SKIPPED: no helm');
  const failing = join(temp, 'failing');
  mkdirSync(join(failing, 'templates'), { recursive: true });
  writeFileSync(join(failing, 'Chart.yaml'), files['Chart.yaml'] ?? '');
  writeFileSync(join(failing, 'templates/x.yaml'), '{{ if .Values.bad }}{{ fail "too bad" }}{{ end }}');
  assert.equal(await renderMany(helm, failing, [{}, {}]), [[], []]);
  const message = await renderMany(helm, failing, [{}, { bad: true }]).then(() => 'no error', String);
  assert.match(message, /subchart0001.*too bad/s);
});

const refused: [name: string, text: string, message: RegExp][] = [
  ['a duplicate key', '---\n# Source: c/templates/x.yaml\na: 1\na: 2\n', /^c\/templates\/x\.yaml: .*duplicate/],
  ['a list', '---\n# Source: c/templates/x.yaml\n- a\n', /^c\/templates\/x\.yaml: expected a map/],
];
for (const [name, text, message] of refused) {
  test(`refuses ${name} and names the template`, () => {
    assert.throws(
      () => parseManifests(text),
      (error: Error) => message.test(error.message),
    );
  });
}

test('a block scalar may hold dashes', () => {
  const text = '---\nkey: |\n  -----BEGIN X-----\n  ---\n  a\n---\nb: 1\n';
  assert.equal(parseManifests(text), [
    { source: '', object: { key: '-----BEGIN X-----\n---\na\n' } },
    { source: '', object: { b: 1 } },
  ]);
});

test('splitting refuses a render that is no umbrella', () => {
  const manifest: Manifest = { source: 'one/templates/b.yaml', object: {} };
  assert.throws(() => splitByAlias([manifest], 'one'), /not from a copy/);
});

test.run();
