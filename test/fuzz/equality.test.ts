/** The central property: for any valid values, what evaluate gives in this process is what both Helms print. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { evaluateChart, evaluateNotes, type ReleaseInfo } from '../../generator/render/evaluate-chart.ts';
import { grammar } from '../../values-schema/index.ts';
import { type Helm, helms, parallel } from '../support/helm.ts';
import { type ChartOnDisk, chartOnDisk, type Outcome, outcome, renderAlone, renderTogether } from './chart-on-disk.ts';
import { differences, shown } from './differences.ts';
import { words } from './hostile.ts';
import { overridesOf, type Values } from './random-values.ts';
import { type ChartSets, repeat, seed, setsByChart } from './sets.ts';

const test = suite('fuzz/equality');
const both = helms().length > 0 ? test : test.skip;
if (helms().length === 0) console.log('SKIPPED: no helm, so nothing is compared with it');

const perProcess = 100;
const alone = 20;

/** The sets of a chart, and its files for Helm. */
interface Subject extends ChartSets {
  readonly onDisk: ChartOnDisk;
}
const subjects: Subject[] = [];
test.before(() => {
  subjects.push(...setsByChart.map(of => ({ ...of, onDisk: chartOnDisk(of.chart) })));
});
test.after(() => {
  for (const { onDisk } of subjects) onDisk.remove();
});

const dnsName = (pattern: string, longest: number) =>
  fc
    .oneof(
      fc.stringMatching(new RegExp(pattern)),
      fc.constantFrom(...words.filter(word => new RegExp(pattern).test(word))),
    )
    .filter(name => name.length <= longest);
// Helm takes release names of at most 53 characters.
const releases: fc.Arbitrary<ReleaseInfo> = fc.record({
  name: dnsName(grammar.dnsName.pattern, 53),
  namespace: dnsName(grammar.dnsLabel.pattern, 63),
});

const wanted = ({ chart }: Subject, values: Values, release: ReleaseInfo): Outcome => ({
  manifests: evaluateChart(chart, values, release),
  notes: evaluateNotes(chart, values, release).trim(),
});

/** Every other set is given as a user would, without what is as the defaults. */
const given = ({ chart }: Subject, values: Values, index: number): Values =>
  index % 2 === 0 ? values : overridesOf(chart, values);

/** What is wrong with one set in one Helm, from a process of its own; nothing when both give the same. */
async function wrongAlone(of: Subject, helm: Helm, values: Values, release: ReleaseInfo): Promise<string[]> {
  try {
    const got = outcome(await renderAlone(helm, of.onDisk.withNotes, given(of, values, 1), release));
    return differences(wanted(of, values, release), got);
  } catch (error) {
    return [String((error as Error).message).slice(0, 2000)];
  }
}

/** The smallest values that go wrong in the same Helm as set number `index`, and how. */
async function smallest(of: Subject, helm: Helm, index: number, release: ReleaseInfo): Promise<string> {
  let last: { values: Values; wrong: string[] } | undefined;
  const property = fc.asyncProperty(of.arbitrary, async values => {
    const wrong = await wrongAlone(of, helm, values, release);
    if (wrong.length > 0) last = { values, wrong };
    return wrong.length === 0;
  });
  await fc.check(property, { seed, path: String(index), numRuns: 1, interruptAfterTimeLimit: 60_000 });
  if (last === undefined) return `set ${index} goes wrong in ${helm.name} beside other sets only`;
  return [`${helm.name}, set ${index}, made small: ${shown(overridesOf(of.chart, last.values))}`, ...last.wrong].join(
    '\n  ',
  );
}

/** Numbers of the sets of one batch that go wrong, with the Helm. */
async function wrongTogether(
  of: Subject,
  batch: readonly Values[],
  first: number,
  release: ReleaseInfo,
): Promise<[Helm, number][]> {
  const sets = batch.map((values, i) => given(of, values, first + i));
  try {
    const results = await renderTogether(helms(), of.onDisk, sets, release);
    const expected = batch.map(values => wanted(of, values, release));
    return results.flatMap((outcomes, h) =>
      expected.flatMap((want, i): [Helm, number][] =>
        differences(want, outcomes[i]).length > 0 ? [[helms()[h]!, first + i]] : [],
      ),
    );
  } catch {
    // Helm refused the whole batch, or its output is no YAML: each set by itself.
    const wrong: [Helm, number][] = [];
    for (const helm of helms())
      for (const [i, values] of batch.entries())
        if ((await wrongAlone(of, helm, values, release)).length > 0) wrong.push([helm, first + i]);
    return wrong;
  }
}

for (const [number, { chart, sets }] of setsByChart.entries()) {
  both(`${chart.name}, many sets in one process: the same objects in the same order, and the same NOTES`, async () => {
    const of = subjects[number]!;
    const all = sets();
    const starts = all.flatMap((_, i) => (i % perProcess === 0 ? [i] : []));
    const names = fc.sample(releases, { numRuns: starts.length, seed });
    const wrong: [Helm, number][] = [];
    await parallel(starts, 2, async (first, i) => {
      // One is enough: what follows takes its time.
      if (wrong.length === 0)
        wrong.push(...(await wrongTogether(of, all.slice(first, first + perProcess), first, names[i]!)));
    });
    if (wrong.length === 0) return;
    const [helm, index] = wrong[0]!;
    const report = await smallest(of, helm, index, names[Math.floor(index / perProcess)]!);
    assert.unreachable(
      `${report}\n  also: ${wrong.slice(1).map(([{ name }, i]) => `${name} set ${i}`)}\n  again: ${repeat}`,
    );
  });

  both(
    `${chart.name}, one set in a process, with any release name and namespace: the same objects in the same order`,
    async () => {
      const of = subjects[number]!;
      const some = sets().slice(0, alone);
      const names = fc.sample(releases, { numRuns: alone, seed: seed + 1 });
      const jobs = helms().flatMap(helm => some.map((values, i) => ({ helm, values, i })));
      await parallel(jobs, 2, async ({ helm, values, i }) => {
        const got = await renderAlone(helm, of.onDisk.path, given(of, values, i), names[i]!);
        const wrong = differences(wanted(of, values, names[i]!).manifests, got);
        assert.is(wrong.join('\n'), '', `${helm.name}, set ${i}, release ${shown(names[i])}\nagain: ${repeat}`);
      });
    },
  );
}

test.run();
