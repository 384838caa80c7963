/** What one of ajv, Helm 3 and Helm 4 refuses, all refuse; rules in the same words everywhere; and nobody shows a private key. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaults } from '../../generator/emit/fields.ts';
import type { Schema } from '../../generator/gotmpl/expr.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { ruleFindings } from '../../generator/render/evaluate-chart.ts';
import { checkValues } from '../../generator/values/environments.ts';
import type { Values as Plain } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { pathText } from '../../generator/values/path.ts';
import type { Values as MeshValues } from '../../values-schema/index.ts';
import { type Helm, helms, parallel, runHelm } from '../support/helm.ts';
import { jsonForHelm } from '../support/helm-yaml.ts';
import { umbrella } from '../support/render.ts';
import { canary, leaks } from '../values/canary.ts';
import { type ChartOnDisk, chartOnDisk } from './chart-on-disk.ts';
import { dice } from './dice.ts';
import { shown } from './differences.ts';
import { breaks, type Mutation, mutate, replaced } from './mutations.ts';
import type { ValueSchema, Values } from './random-values.ts';
import { certificate, inline, ruleBreaks } from './rule-breaks.ts';
import { repeat, seed, valueSets } from './sets.ts';

const test = suite('fuzz/refusals');
const both = helms().length > 0 ? test : test.skip;
if (helms().length === 0) console.log('SKIPPED: no helm, so nothing is compared with it');
const perProcess = 60;
const d = dice(seed);

let chart: ChartOnDisk;
let mutated: readonly Mutation[];
/** One for each way to break a rule, with the number of the first rule that it breaks. */
let broken: readonly { readonly values: Values; readonly first: number }[];
test.before(() => {
  chart = chartOnDisk(serverlessMesh);
  mutated = mutations();
  broken = ruleBreaks.map(breakRule);
});
test.after(() => chart?.remove());

/** A valid set of the run, with the canary for a private key. */
function validSet(): MeshValues {
  const values = structuredClone(d.pick(valueSets())) as MeshValues;
  inline(values, certificate, canary);
  return values;
}

const place = ['gateway', 'tls', 'inline'];
/** The private key where it does not belong, or in a shape that it may not have. */
const misplaced: readonly (readonly [path: readonly string[], value: unknown])[] = [
  [[...place, 'privateKey'], [canary]],
  [[...place, 'privateKey'], { pem: canary }],
  [[...place, 'privateKey'], canary.repeat(400)],
  [place, canary],
  [place, [canary]],
  [place, { certificate, privateKey: canary, privatKey: canary }],
];

/** Each way to break the schema fourteen times: some 250 sets. */
function mutations(): Mutation[] {
  const schema = serverlessMesh.values as ValueSchema;
  const random = Object.keys(breaks).flatMap(kind =>
    Array.from({ length: 14 }, () => {
      for (let tries = 0; tries < 200; tries += 1) {
        const mutation = mutate(schema, validSet() as Values, kind, d);
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

const usual = defaults(serverlessMesh.values as Schema) as Plain;
const ours = (values: Values) => checkValues(serverlessMesh, mergeValues(usual, values as Plain));
const say = ({ kind, path, values }: Mutation) => {
  const value = path.reduce<unknown>((at, step) => (at as Values)[step as string], values);
  return `${kind} at ${path.join('.')}: ${shown(value)}\nagain: ${repeat}`;
};

test('our own check refuses every set that breaks the schema, and shows no private key', () => {
  for (const mutation of mutated) {
    const findings = ours(mutation.values);
    assert.ok(findings.length > 0, say(mutation));
    assert.is(leaks(findings.map(({ path, message }) => `${pathText(path)} ${message}`)).join('\n'), '', say(mutation));
  }
});

/** Numbers of the value sets that Helm names in its refusal. */
async function refusedOf(helm: Helm, sets: readonly Values[]): Promise<Set<number>> {
  const dir = mkdtempSync(join(tmpdir(), 'fuzz-refusals-'));
  const aliases = umbrella(chart.path, dir, sets);
  const { stderr, stdout } = await runHelm(helm, ['template', dir], { reject: false });
  rmSync(dir, { recursive: true });
  assert.is(leaks([stderr, stdout]).length, 0, `${helm.name} shows a private key: ${stderr.slice(0, 2000)}`);
  const named = new Set([...stderr.matchAll(/(subchart\d{4}):\n/g)].map(([, alias]) => alias));
  return new Set(aliases.flatMap((alias, i) => (named.has(alias) ? [i] : [])));
}

both('both Helms refuse every set that breaks the schema, and no other, and show no private key', async () => {
  const starts = mutated.flatMap((_, i) => (i % perProcess === 0 ? [i] : []));
  const jobs = starts.flatMap(start => helms().map(helm => ({ start, helm })));
  const valid = Array.from({ length: 10 }, () => validSet() as Values);
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
  const { exitCode, stderr } = await runHelm(helm, ['template', chart.path, '-f', '-'], {
    reject: false,
    input: jsonForHelm(values),
  });
  assert.not.equal(exitCode, 0, `${helm.name} accepts it`);
  assert.is(leaks([stderr]).length, 0, `${helm.name} shows a private key`);
  return stderr;
}

both('so do they in a process of its own', async () => {
  const jobs = helms().flatMap(helm => Array.from({ length: 20 }, () => ({ helm, mutation: d.pick(mutated) })));
  await parallel(jobs, 2, async ({ helm, mutation }) => {
    assert.match(
      await refusal(helm, mutation.values),
      /meet the specifications of the schema/,
      `${helm.name}: ${say(mutation)}`,
    );
  });
});

function breakRule(change: (typeof ruleBreaks)[number]) {
  const values = validSet();
  change(values, d);
  const first = serverlessMesh.rules.findIndex(
    rule => ruleFindings({ ...serverlessMesh, rules: [rule] }, values).length > 0,
  );
  return { values: values as Values, first };
}

test('every rule has a value set that breaks it first', () => {
  const without = serverlessMesh.rules.filter((_, i) => !broken.some(({ first }) => first === i));
  assert.is(
    without.map(rule => `${rule.path.keys.join('.')} ${JSON.stringify(rule.refuse).slice(-200)}`).join('\n'),
    '',
  );
  assert.is(broken.filter(({ first }) => first === -1).length, 0, `a set breaks no rule\n${repeat}`);
});

both('both Helms refuse what a rule refuses, in its words, and show no private key', async () => {
  const jobs = helms().flatMap(helm => broken.map(({ values }) => ({ helm, values })));
  await parallel(jobs, 2, async ({ helm, values }) => {
    const [finding] = ruleFindings(serverlessMesh, values);
    const words = `${pathText(finding!.path)}: ${finding!.message}`;
    const stderr = await refusal(helm, values);
    assert.ok(stderr.includes(words), `${helm.name} says ${stderr}\nand not ${words}\nagain: ${repeat}`);
    assert.is(leaks(ours(values).map(({ message }) => message)).length, 0, `we show a private key: ${words}`);
  });
});

test.run();
