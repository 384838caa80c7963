/** What one of ajv, Helm 3 and Helm 4 refuses, all refuse; rules in the same words everywhere; and nobody shows a private key. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import type { Chart } from '../../generator/model/chart.ts';
import { ruleFindings } from '../../generator/render/evaluate-chart.ts';
import { checkValues } from '../../generator/values/environments.ts';
import type { Values as Plain } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { pathText } from '../../generator/values/path.ts';
import type { Values as MeshValues } from '../../values-schema/index.ts';
import { helmsFor } from '../chart/with-helm.ts';
import { type Helm, helms, parallel, runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { umbrella } from '../support/render.ts';
import { canary, leaks } from '../values/canary.ts';
import { type ChartOnDisk, chartOnDisk } from './chart-on-disk.ts';
import { dice } from './dice.ts';
import { shown } from './differences.ts';
import { breaks, type Mutation, mutate, replaced } from './mutations.ts';
import { operatorRuleBreaks } from './operator-rule-breaks.ts';
import type { ValueSchema, Values } from './random-values.ts';
import { type BreakRule, certificate, inline, ofEither, ruleBreaks } from './rule-breaks.ts';
import { type ChartSets, repeat, seed, setsByChart } from './sets.ts';
import { tenantRuleBreaks } from './tenant-rule-breaks.ts';

const test = suite('fuzz/refusals');
const withHelm = helms().length > 0 ? test : test.skip;
if (helms().length === 0) console.log('SKIPPED: no helm, so nothing is compared with it');
const perProcess = 60;
const d = dice(seed);

interface Subject {
  readonly chart: Chart;
  readonly validSet: () => Values;
  /** How often each way to break the schema is tried. */
  readonly times: number;
  /** A secret where it does not belong, or in a shape that it may not have. */
  readonly misplaced: readonly (readonly [path: readonly string[], value: unknown])[];
  readonly breaksOf: readonly BreakRule[];
}
const [mesh, operators, tenants] = setsByChart as readonly [ChartSets, ChartSets, ChartSets];

/** A valid set of the run, with the canary for a private key. */
function meshSet(): Values {
  const values = ofEither(d.pick(mesh.sets()) as MeshValues);
  inline(values, certificate, canary);
  return values;
}
const place = ['gateway', 'tls', 'inline'];
const misplaced: Subject['misplaced'] = [
  [[...place, 'privateKey'], [canary]],
  [[...place, 'privateKey'], { pem: canary }],
  [[...place, 'privateKey'], canary.repeat(400)],
  [place, canary],
  [place, [canary]],
  [place, { certificate, privateKey: canary, privatKey: canary }],
];
refusals({ chart: mesh.chart, validSet: meshSet, times: 14, misplaced, breaksOf: ruleBreaks });
refusals({
  chart: operators.chart,
  validSet: () => structuredClone(d.pick(operators.sets())),
  times: 6,
  misplaced: [],
  breaksOf: operatorRuleBreaks,
});
refusals({
  chart: tenants.chart,
  validSet: () => structuredClone(d.pick(tenants.sets())),
  times: 6,
  misplaced: [],
  breaksOf: tenantRuleBreaks,
});

/** Ways that have a place in a schema: one without lists of maps has none for an item without a key. */
function waysFor(schema: ValueSchema): string[] {
  const text = JSON.stringify(schema);
  const needs: Readonly<Record<string, string>> = {
    'null in a list': '"items"',
    'missing key of an item': '"items":\\{[^{]*"properties"',
    'below the minimum': '"minimum"',
    'above the maximum': '"maximum"',
    'too few items': '"minItems"',
    'too many items': '"maxItems"',
    'duplicate item': '"uniqueItems"',
    'too few entries': '"minProperties"',
  };
  return Object.keys(breaks).filter(way => new RegExp(needs[way] ?? '').test(text));
}

function refusals({ chart, validSet, times, misplaced, breaksOf }: Subject): void {
  const testOf = (name: string, run: () => void) => test(`${chart.name}: ${name}`, run);
  const byHelm = (name: string, run: () => Promise<void>) => withHelm(`${chart.name}: ${name}`, run);
  let onDisk: ChartOnDisk;
  let mutated: readonly Mutation[];
  /** One for each way to break a rule, with the number of the first rule that it breaks. */
  let broken: readonly { readonly values: Values; readonly first: number }[];
  test.before(() => {
    onDisk = chartOnDisk(chart);
    mutated = mutations();
    broken = breaksOf.map(breakRule);
  });
  test.after(() => onDisk?.remove());

  function mutations(): Mutation[] {
    const schema = chart.values as ValueSchema;
    const random = waysFor(schema).flatMap(kind =>
      Array.from({ length: times }, () => {
        for (let tries = 0; tries < 200; tries += 1) {
          const mutation = mutate(schema, validSet(), kind, d);
          if (mutation !== undefined) return mutation;
        }
        throw new Error(`no value set has a place for: ${kind}`);
      }),
    );
    const keys = misplaced.map(([path, value]) => ({
      kind: 'misplaced key',
      path,
      values: replaced(validSet(), path, value) as Values,
    }));
    return [...random, ...keys];
  }

  const usual = defaults(chart.values as Schema) as Plain;
  const ours = (values: Values) => checkValues(chart, mergeValues(usual, values as Plain));
  const say = ({ kind, path, values }: Mutation) => {
    const value = path.reduce<unknown>((at, step) => (at as Values)[step as string], values);
    return `${kind} at ${path.join('.')}: ${shown(value)}\nagain: ${repeat}`;
  };

  testOf('our own check refuses every set that breaks the schema, and shows no private key', () => {
    for (const mutation of mutated) {
      const findings = ours(mutation.values);
      assert.ok(findings.length > 0, say(mutation));
      assert.is(
        leaks(findings.map(({ path, message }) => `${pathText(path)} ${message}`)).join('\n'),
        '',
        say(mutation),
      );
    }
  });

  /** Numbers of the value sets that Helm names in its refusal. */
  async function refusedOf(helm: Helm, sets: readonly Values[]): Promise<Set<number>> {
    const dir = mkdtempSync(join(tmpdir(), 'fuzz-refusals-'));
    const aliases = umbrella(onDisk.path, dir, sets);
    const { stderr, stdout } = await runHelm(helm, ['template', dir], { reject: false });
    rmSync(dir, { recursive: true });
    assert.is(leaks([stderr, stdout]).length, 0, `${helm.name} shows a private key: ${stderr.slice(0, 2000)}`);
    const named = new Set([...stderr.matchAll(/(subchart\d{4}):\n/g)].map(([, alias]) => alias));
    return new Set(aliases.flatMap((alias, i) => (named.has(alias) ? [i] : [])));
  }

  byHelm('Helm refuses every set that breaks the schema, and no other, and shows no private key', async () => {
    const starts = mutated.flatMap((_, i) => (i % perProcess === 0 ? [i] : []));
    const jobs = starts.flatMap((start, i) => helmsFor(i).map(helm => ({ start, helm })));
    const valid = Array.from({ length: 10 }, () => validSet());
    await parallel(jobs, 2, async ({ start, helm }) => {
      const batch = mutated.slice(start, start + perProcess);
      const refused = await refusedOf(helm, [...batch.map(({ values }) => values), ...valid]);
      for (const [i, mutation] of batch.entries()) assert.ok(refused.has(i), `${helm.name} accepts ${say(mutation)}`);
      for (const i of valid.keys())
        assert.not.ok(refused.has(batch.length + i), `${helm.name} refuses a valid set\n${repeat}`);
    });
  });

  /** Helm's refusal of one value set in a process of its own. */
  async function refusal(helm: Helm, values: Values): Promise<string> {
    const { exitCode, stderr } = await runHelm(helm, ['template', onDisk.path, '-f', '-'], {
      reject: false,
      input: jsonForHelm(values),
    });
    assert.not.equal(exitCode, 0, `${helm.name} accepts it`);
    assert.is(leaks([stderr]).length, 0, `${helm.name} shows a private key`);
    return stderr;
  }

  byHelm('so it does in a process of its own', async () => {
    const some = Array.from({ length: 20 }, () => d.pick(mutated));
    const jobs = some.flatMap((mutation, i) => helmsFor(i).map(helm => ({ helm, mutation })));
    await parallel(jobs, 2, async ({ helm, mutation }) => {
      assert.match(
        await refusal(helm, mutation.values),
        /meet the specifications of the schema/,
        `${helm.name}: ${say(mutation)}`,
      );
    });
  });

  function breakRule(change: BreakRule) {
    const values = validSet() as never;
    change(values, d);
    const first = chart.rules.findIndex(rule => ruleFindings({ ...chart, rules: [rule] }, values).length > 0);
    return { values: values as Values, first };
  }

  testOf('every rule has a value set that breaks it first', () => {
    const without = chart.rules.filter((_, i) => !broken.some(({ first }) => first === i));
    assert.is(
      without.map(rule => `${rule.path.keys.join('.')} ${JSON.stringify(rule.refuse).slice(-200)}`).join('\n'),
      '',
    );
    assert.is(broken.filter(({ first }) => first === -1).length, 0, `a set breaks no rule\n${repeat}`);
  });

  byHelm('Helm refuses what a rule refuses, in its words, and shows no private key', async () => {
    const jobs = broken.flatMap(({ values }, i) => helmsFor(i).map(helm => ({ helm, values })));
    await parallel(jobs, 2, async ({ helm, values }) => {
      const [finding] = ruleFindings(chart, values);
      const words = `${pathText(finding!.path)}: ${finding!.message}`;
      const stderr = await refusal(helm, values);
      assert.ok(stderr.includes(words), `${helm.name} says ${stderr}\nand not ${words}\nagain: ${repeat}`);
      assert.is(leaks(ours(values).map(({ message }) => message)).length, 0, `we show a private key: ${words}`);
    });
  });
}

test.run();
