/** What holds for the objects of any valid values: well-formed, each once, valid for the real APIs; and how far the sets reach. */
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults } from '../../generator/emit/fields.ts';
import { schemaJson } from '../../generator/emit/schema-json.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import type { Values as MeshValues } from '../../values-schema/index.ts';
import { flat } from '../support/render.ts';
import { findingLine, foldersFor, strictValidator } from '../support/strict.ts';
import { coverageTable } from './coverage.ts';
import { differences, shown } from './differences.ts';
import { coverage, overridesOf, type Values } from './random-values.ts';
import { type ChartSets, repeat, seed, setsByChart } from './sets.ts';

const test = suite('fuzz/objects');
const release = { name: 'mine', namespace: 'here' };
const checked = 300;
/** Sets, for a share of 1 % to be seen. */
const enough = 600;
const alarms = ['<no value>', '%!', 'map['];
// Declared for parent charts; nothing reads them.
const idle = ['global', 'enabled'];

for (const of of setsByChart) objects(of);

function objects({ chart, arbitrary, tally, sets }: ChartSets): void {
  const testOf = (name: string, run: () => void) => test(`${chart.name}: ${name}`, run);
  const objectsOf = (values: Values) => flat(evaluateChart(chart, values, release)).map(({ object }) => object);

  /** Which set it was, for a message. */
  const set = (values: Values, index: number) => `set ${index}: ${shown(overridesOf(chart, values))}\nagain: ${repeat}`;

  testOf('values.schema.json accepts every set', () => {
    const text = schemaJson(chart.values, chart.valuesSource);
    const validate = new Ajv({ strict: false }).compile(JSON.parse(text) as object);
    for (const [i, values] of sets().entries())
      assert.ok(validate(values), `${JSON.stringify(validate.errors)}\n${set(values, i)}`);
  });

  testOf('the defaults with what differs from them are the whole set again', () => {
    const usual = defaults(chart.values as Schema) as Record<string, unknown>;
    for (const [i, values] of sets().entries()) {
      const wrong = differences(values, mergeValues(usual, overridesOf(chart, values)));
      assert.is(wrong.join('\n'), '', set(values, i));
    }
  });

  testOf('fewer than a fifth of the sets were beyond repair', () => {
    sets();
    const share = tally.refused / tally.made;
    console.log(
      `\nfuzz: ${tally.refused} of ${tally.made} sets broke a rule in spite of the repair, and were left out`,
    );
    assert.ok(share < 0.2, `${(100 * share).toFixed(1)} %`);
  });

  testOf('every object has its name and kind, stands once, and shows no trace of a broken template', () => {
    for (const [i, values] of sets().entries()) {
      const ids = objectsOf(values).map(object => {
        const { apiVersion, kind, metadata } = object as Record<string, string> & { metadata?: Record<string, string> };
        assert.ok(apiVersion && kind && metadata?.name, `${shown(object)}\n${set(values, i)}`);
        for (const alarm of alarms)
          assert.not.ok(JSON.stringify(object).includes(alarm), `${alarm}: ${set(values, i)}`);
        return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
      });
      const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
      assert.is(twice.join(', '), '', set(values, i));
    }
  });

  testOf('the real APIs take the objects', () => {
    const validate = { v2: strictValidator(foldersFor('v2')), v3: strictValidator(foldersFor('v3')) };
    for (const [i, values] of sets().slice(0, checked).entries()) {
      const { generation } = (values as MeshValues).mesh;
      const { findings } = validate[generation](objectsOf(values));
      assert.is(findings.map(findingLine).join('\n'), '', set(values, i));
    }
  });

  testOf('the sets reach every value and every object', () => {
    // Shares need many sets, and making one costs little.
    const reached = coverage(chart, fc.sample(arbitrary, { numRuns: enough, seed }));
    console.log(`\n${coverageTable(reached)}`);
    const rare = [...reached.leaves].filter(([path, share]) => share < 0.05 && !idle.includes(path));
    assert.is(rare.join('\n'), '', 'away from the default in fewer than 5 % of the sets');
    for (const shares of [reached.resources, reached.releases])
      assert.is([...shares].filter(([, share]) => share < 0.01).join('\n'), '', 'in fewer than 1 % of the sets');
  });
}

test.run();
