import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { helms, runHelm } from './helm.ts';
import { parseAsHelm } from './helm-yaml.ts';

const test = suite('support/helm-yaml');

const scalars = [
  ...['no', 'y', 'Y', 'N', 'on', 'OFF', 'True', 'tRue', '~', 'null', 'NULL', 'nUll', '', '='],
  ...['012', '08', '0777', '-012', '0o14', '0o8', '0x1F', '0x', '0x1_F', '+0x10', '0b11', '-0b11', '0b', '-0', '0'],
  ...['1_000', '1__0', '_1', '1_000.5', '1:30', '190:20:30', '2001-01-01', '2001-12-14t21:59:43.10-05:00'],
  ...['1e3', '1E3', '1.5e-3', '1e', '1e400', '.5', '5.', '+5', '+.5', '-5', '.', '1.0', '10.10', '0.1.0'],
  ...['12345678901234567890', '"012"', "'yes'", '!!str 12', 'v1.37', '35s', '8444', '[on, 1_0]', '{y: n}'],
];
const keys = ['on', 'No', '012', '1_000', '1.0', '0x1F', 'v1.37', '1:30', '"on"', 'a.b/c'];

const rows: [name: string, text: string][] = [
  ...scalars.map((text): [string, string] => [`a: ${text}`, `a: ${text}`]),
  ...keys.map((key): [string, string] => [`${key}: 1`, `${key}: 1`]),
  ['block scalar', 'a: |\n  x\n   y\nb: >-\n  c\n  d\n'],
  ['comment and merge', '# c\nb: &b {k: 1}\na:\n  <<: *b\n  j: 2\n'],
];

test('reads every row as Helm does', async () => {
  if (helms().length === 0) return console.log('SKIPPED: no helm');
  const dir = mkdtempSync(join(tmpdir(), 'helm-yaml-'));
  mkdirSync(join(dir, 'templates'));
  writeFileSync(join(dir, 'Chart.yaml'), 'apiVersion: v2\nname: x\nversion: 0.0.1\n');
  writeFileSync(join(dir, 'rows.json'), JSON.stringify(rows.map(([, text]) => text)));
  const template = '{{ range .Files.Get "rows.json" | fromJsonArray }}\n# {{ fromYaml . | toJson }}{{ end }}\n';
  writeFileSync(join(dir, 'templates/x.yaml'), `${template}\nkind: X\n`);
  for (const helm of helms()) {
    const { stdout } = await runHelm(helm, ['template', dir]);
    const wanted = [...stdout.matchAll(/^# (\{.*)$/gm)].map(([, json = '']) => JSON.parse(json) as unknown);
    assert.is(wanted.length, rows.length);
    for (const [index, [name, text]] of rows.entries()) {
      assert.equal(parseAsHelm(text), wanted[index], `${helm.name}: ${name}`);
    }
  }
  rmSync(dir, { recursive: true });
});

const refused: [name: string, text: string, message: RegExp][] = [
  ['duplicate key', 'a: 1\nb: 2\na: 3\n', /duplicate/],
  ['duplicate key in a flow map', 'm: {a: 1, a: 2}', /duplicate/],
  ['keys that become equal', 'on: 1\n"true": 2\n', /duplicate/],
  ['null key', ': 1', /null/],
  ['infinity', 'a: .inf', /not a JSON value/],
  ['tab indentation', 'a:\n\tb: 1', /./],
];
for (const [name, text, message] of refused) {
  test(`refuses: ${name}`, () => assert.throws(() => parseAsHelm(text), message));
}

test('comments only are null', () => assert.is(parseAsHelm('\n# a\n  # b\n'), null));

test.run();
