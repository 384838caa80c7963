/** The random value sets of a run, made once for all files of test/fuzz, and how to get the same ones again. */
import fc from 'fast-check';
import type { Chart } from '../../generator/model/chart.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { serverlessMeshOperators } from '../../generator/model/serverless-mesh-operators/index.ts';
import { serverlessMeshTenant } from '../../generator/model/serverless-mesh-tenant/index.ts';
import { arbitraryValues, type Tally, type Values } from './random-values.ts';

/** FUZZ_RUNS value sets from seed FUZZ_SEED; by default 25 from a new seed each time, in CI 250. */
export const runs = Number(process.env.FUZZ_RUNS ?? 25);
export const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
export const repeat = `FUZZ_SEED=${seed} FUZZ_RUNS=${runs} node --import tsx node_modules/uvu/bin.js test 'fuzz/.*\\.test\\.ts$'`;

export interface ChartSets {
  readonly chart: Chart;
  readonly arbitrary: fc.Arbitrary<Values>;
  /** How many of the sets made so far broke a rule in spite of the repair. */
  readonly tally: Tally;
  /** The sets of this run, always the same. */
  readonly sets: () => readonly Values[];
}
/** A chart of few values needs fewer sets, but 100 to reach each of them. */
function setsOf(chart: Chart, share: number): ChartSets {
  const tally: Tally = { made: 0, refused: 0 };
  const arbitrary = arbitraryValues(chart, tally);
  const count = Math.min(runs, Math.max(100, Math.round(runs * share)));
  let made: readonly Values[] | undefined;
  const sets = () => {
    if (made !== undefined) return made;
    console.log(`\nfuzz: ${count} value sets of ${chart.name} from seed ${seed}; again: ${repeat}`);
    made = fc.sample(arbitrary, { numRuns: count, seed });
    return made;
  };
  return { chart, arbitrary, tally, sets };
}

const main = setsOf(serverlessMesh, 1);
/** Sets of each chart. */
export const setsByChart: readonly ChartSets[] = [
  main,
  setsOf(serverlessMeshOperators, 0.3),
  setsOf(serverlessMeshTenant, 0.3),
];
/** Of the main chart. */
export const valueSets = main.sets;
