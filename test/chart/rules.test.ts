import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import type { Rule } from '../../generator/model/chart.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { serverlessMeshOperators } from '../../generator/model/serverless-mesh-operators/index.ts';
import { serverlessMeshTenant } from '../../generator/model/serverless-mesh-tenant/index.ts';
import { evaluateChart, ruleFindings } from '../../generator/render/evaluate-chart.ts';
import { checkValues } from '../../generator/values/environments.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { pathText } from '../../generator/values/path.ts';
import { helms, runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { renderMany } from '../support/render.ts';
import { caseArgs, casesByChart, chartFolderOf, release } from './cases.ts';
import * as operators from './operator-rule-rows.ts';
import { refusalOf } from './render-in.ts';
import { accepted, refused } from './rule-rows.ts';
import * as tenant from './tenant-rule-rows.ts';
import { inTurn, withHelm } from './with-helm.ts';

const test = suite('chart/rules');
const testHelm = withHelm(test);
const merged = (given: Values, chart = serverlessMesh) =>
  mergeValues(defaults(chart.values as Schema) as Values, given);
const sentences = (given: Values, chart = serverlessMesh) =>
  checkValues(chart, merged(given, chart)).map(f => `${pathText(f.path)}: ${f.message}`);
const rowsOf = [
  { chart: serverlessMesh, refused, accepted },
  { chart: serverlessMeshOperators, refused: operators.refused, accepted: operators.accepted },
  { chart: serverlessMeshTenant, refused: tenant.refused, accepted: tenant.accepted },
];

for (const { chart, refused, accepted } of rowsOf) {
  for (const [given, want] of refused)
    test(`${chart.name} refused: ${JSON.stringify(given).slice(0, 90)}`, () =>
      assert.equal(sentences(given, chart), [want]));

  for (const [name, given] of accepted)
    test(`${chart.name} accepted: ${name}`, () => assert.equal(sentences(given, chart), []));

  test(`${chart.name}: every rule has a row, and no case of ours breaks one`, () => {
    const breaks = (rule: Rule, values: Values) => ruleFindings({ ...chart, rules: [rule] }, values).length > 0;
    const unused = chart.rules.filter(rule => !refused.some(([given]) => breaks(rule, merged(given, chart))));
    assert.equal(
      unused.map(rule => rule.path.keys.join('.')),
      [],
    );
    assert.equal(
      casesByChart
        .get(chart)!
        .filter(c => ruleFindings(chart, c.values).length > 0)
        .map(c => c.name),
      [],
    );
  });
}

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

for (const { chart, refused, accepted } of rowsOf) {
  testHelm(`${chart.name}: Helm fails with the same sentence`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rules-'));
    const files = refused.map(([given], index) => {
      const file = join(folder, `${index}.yaml`);
      writeFileSync(file, jsonForHelm(given));
      return file;
    });
    const results = await inTurn(files, (helm, file) =>
      runHelm(helm, caseArgs('template', { chart, file }), { reject: false }),
    );
    rmSync(folder, { recursive: true });
    for (const { helm, index, result } of results) {
      assert.is(refusalOf(result, chart), refused[index]![1], helm.version);
      assert.equal([result.stdout, result.exitCode], ['', 1]);
    }
  });

  testHelm(`${chart.name}: each Helm renders what no rule refuses`, async () => {
    for (const helm of helms()) {
      const sets = accepted.map(([, given]) => given);
      const renders = await renderMany(helm, chartFolderOf(chart), sets);
      assert.ok(
        renders.every(objects => objects.length > 0),
        helm.version,
      );
    }
  });
}

test('no sentence shows a key', () => {
  for (const [given, want] of refused) assert.not.match(want, 'bm90IG9uZQ', JSON.stringify(given));
});

test.run();
