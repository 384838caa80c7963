import type { Test } from 'uvu';
import { type Helm, helms, parallel } from '../support/helm.ts';

/** For rows that need Helm: the suite itself, or where no Helm is found its `skip`, which is counted and said aloud. */
export function withHelm(test: Test): Test['skip'] {
  if (helms().length > 0) return test;
  console.log('SKIPPED: no helm');
  return test.skip;
}

/**
 * The Helms for a row: one of them, in turn; with EVERY_HELM=1, as in CI, each. For rows whose answer is made by the
 * chart or by us and hardly by the Helm: half of the time.
 */
export function helmsFor(row: number): readonly Helm[] {
  const all = helms();
  return all.filter((_, turn) => process.env.EVERY_HELM === '1' || turn === row % all.length);
}

/** Runs `fn` for each item with the Helms for its row. */
export async function inTurn<T, R>(
  items: readonly T[],
  fn: (helm: Helm, item: T) => Promise<R>,
): Promise<readonly { readonly helm: Helm; readonly index: number; readonly result: R }[]> {
  const jobs = [...items.entries()].flatMap(([index, item]) => helmsFor(index).map(helm => ({ helm, index, item })));
  return parallel(jobs, 2, async ({ item, ...job }) => ({ ...job, result: await fn(job.helm, item) }));
}

/** Runs `fn` for each item with each Helm, two at a time; results by Helm's name, in the order of the items. */
export async function inEachHelm<T, R>(
  items: readonly T[],
  fn: (helm: Helm, item: T) => Promise<R>,
): Promise<Map<Helm, R[]>> {
  const jobs = helms().flatMap(helm => items.map(item => ({ helm, item })));
  const results = await parallel(jobs, 2, ({ helm, item }) => fn(helm, item));
  return new Map(helms().map(helm => [helm, results.filter((_, index) => jobs[index]!.helm === helm)]));
}
