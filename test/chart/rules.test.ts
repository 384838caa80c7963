import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart, ruleFindings } from '../../generator/render/evaluate-chart.ts';
import { checkValues } from '../../generator/values/environments.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { pathText } from '../../generator/values/path.ts';
import { helms, runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { renderMany } from '../support/render.ts';
import { caseArgs, cases, chartFolder, release } from './cases.ts';
import { accepted, refused } from './rule-rows.ts';
import { inEachHelm, withHelm } from './with-helm.ts';

const test = suite('chart/rules');
const testHelm = withHelm(test);
const base = defaults(serverlessMesh.values as Schema) as Values;
const merged = (given: Values) => mergeValues(base, given);
const sentences = (given: Values) =>
  checkValues(serverlessMesh, merged(given)).map(f => `${pathText(f.path)}: ${f.message}`);

for (const [given, want] of refused)
  test(`refused: ${JSON.stringify(given).slice(0, 90)}`, () => assert.equal(sentences(given), [want]));

for (const [name, given] of accepted) test(`accepted: ${name}`, () => assert.equal(sentences(given), []));

test('every rule has a row, and no case of ours breaks one', () => {
  const breaks = (rule: (typeof serverlessMesh.rules)[number], values: Values) =>
    ruleFindings({ ...serverlessMesh, rules: [rule] }, values).length > 0;
  const unused = serverlessMesh.rules.filter(rule => !refused.some(([given]) => breaks(rule, merged(given))));
  assert.equal(
    unused.map(rule => rule.path.keys.join('.')),
    [],
  );
  assert.equal(
    cases.filter(c => ruleFindings(serverlessMesh, c.values).length > 0).map(c => c.name),
    [],
  );
});

/** The hosts that helm test calls for these values; none where there is no test. */
const called = (given: Values): string[] => {
  assert.equal(sentences(given), []);
  const objects = evaluateChart(serverlessMesh, merged(given), release).map(r => JSON.stringify(r.object));
  return objects.flatMap(text => [...text.matchAll(/"https:\/\/([^"]*)"/g)].map(found => found[1]!));
};
const cluster = { appsDomain: 'apps.example.com' };
const members = ['web'];
const urls: readonly (readonly [name: string, given: Values, want: readonly string[]])[] = [
  ['the first member', { cluster, mesh: { members } }, ['mesh-verify-web.apps.example.com']],
  // DNS allows 63 characters in a label.
  [
    'a namespace of 51 characters',
    { cluster, mesh: { members: ['a'.repeat(51)] } },
    [`mesh-verify-${'a'.repeat(51)}.apps.example.com`],
  ],
  ['a namespace of 52 characters', { cluster, mesh: { members: ['a'.repeat(52)] } }, []],
  [
    'URLs of its own form',
    { cluster, mesh: { members }, serving: { config: { network: { 'domain-template': '{{.Name}}.{{.Domain}}' } } } },
    [],
  ],
  ['a domain of its own', { cluster, mesh: { members }, serving: { config: { domain: { 'example.org': '' } } } }, []],
  [
    'other settings of the network',
    { cluster, mesh: { members }, serving: { config: { network: { 'auto-tls': 'Disabled' } } } },
    ['mesh-verify-web.apps.example.com'],
  ],
];
for (const [name, given, want] of urls) test(`helm test calls: ${name}`, () => assert.equal(called(given), want));

testHelm('each Helm fails with the same sentence', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  const files = refused.map(([given], index) => {
    const file = join(folder, `${index}.yaml`);
    writeFileSync(file, jsonForHelm(given));
    return file;
  });
  const results = await inEachHelm(files, (helm, file) =>
    runHelm(helm, caseArgs('template', { file }), { reject: false }),
  );
  rmSync(folder, { recursive: true });
  const error = /^Error: execution error at \(serverless-mesh\/templates\/checks\.yaml:\d+:\d+\): (.*)$/m;
  for (const [{ version }, outputs] of results) {
    assert.equal(
      outputs.map(({ stderr }) => error.exec(stderr)?.[1] ?? stderr),
      refused.map(([, want]) => want),
      version,
    );
    assert.ok(outputs.every(({ stdout, exitCode }) => stdout === '' && exitCode === 1));
  }
});

testHelm('each Helm renders what no rule refuses', async () => {
  for (const helm of helms()) {
    const renders = await renderMany(
      helm,
      chartFolder,
      accepted.map(([, given]) => given),
    );
    assert.ok(
      renders.every(objects => objects.length > 0),
      helm.version,
    );
  }
});

test('no sentence shows a key', () => {
  for (const [given, want] of refused) assert.not.match(want, 'bm90IG9uZQ', JSON.stringify(given));
});

test.run();
