/** The random value sets of a run, made once for all files of test/fuzz, and how to get the same ones again. */
import fc from 'fast-check';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { arbitraryValues, type Tally, type Values } from './random-values.ts';

/** FUZZ_RUNS value sets from seed FUZZ_SEED; by default 200 from a new seed each time, in CI 2000. */
export const runs = Number(process.env.FUZZ_RUNS ?? 200);
export const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
export const repeat = `FUZZ_SEED=${seed} FUZZ_RUNS=${runs} node --import tsx node_modules/uvu/bin.js test 'fuzz/.*\\.test\\.ts$'`;

/** How many of the sets made so far broke a rule in spite of the repair. */
export const tally: Tally = { made: 0, refused: 0 };
export const arbitrary = arbitraryValues(serverlessMesh, tally);

let made: readonly Values[] | undefined;
export function valueSets(): readonly Values[] {
  if (made !== undefined) return made;
  console.log(`\nfuzz: ${runs} value sets from seed ${seed}; again: ${repeat}`);
  made = fc.sample(arbitrary, { numRuns: runs, seed });
  return made;
}
