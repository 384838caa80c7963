/** Whether a chart may be published as it is, after what was published before. */
import { gt, valid } from 'semver';
import { objectDifferences } from '../differences/objects.ts';
import { contains, type Step, valueProblems } from './check-values.ts';
import type { Change } from './history.ts';
import type { ChartRecord } from './record.ts';
import { mayBreak, nextBreaking } from './semantic-version.ts';

/**
 * One sentence for each thing that keeps this version from being published: `CHART VERSION: path: what; what to do`. The
 * examples of `current` must be those of the newest of `published` (newest first). Empty: it may be.
 */
export function releaseProblems(
  current: ChartRecord,
  published: readonly ChartRecord[],
  changes: readonly Change[],
): string[] {
  const { chart, version } = current;
  const say = (problems: readonly string[]) => problems.map(problem => `${chart} ${version}: ${problem}.`);
  const model = `generator/model/${chart}/index.ts`;
  if (valid(version) === null) return say([`is no semantic version; write one as 0.1.0 in ${model}`]);
  const same = published.find(p => p.version === version);
  if (same?.digest === current.digest) return [];
  if (same !== undefined) return say([`is published with other content; raise the version of ${chart} in ${model}`]);
  const newest = published[0];
  if (newest !== undefined && !gt(version, newest.version))
    return say([`is not above ${newest.version}, which is published; raise the version of ${chart} in ${model}`]);
  const untold =
    changes.length === 0 ? ['has no entry; say what changed for users in generator/changelog/history.ts'] : [];
  if (newest === undefined) return say(untold);
  const step: Step = { current, published, changes };
  return say([...untold, ...valueProblems(step), ...exampleProblems(step), ...objectProblems(step)]);
}

/** Values that a version took must be taken by the next. */
function exampleProblems({ current, published, changes }: Step): string[] {
  const before = published[0]!;
  return before.examples.flatMap(({ name, refused }) => {
    const now = current.examples.find(e => e.name === name)?.refused ?? [];
    if (refused.length > 0) return [];
    return now.flatMap(sentence => {
      const path = sentence.slice(0, sentence.indexOf(': '));
      const isTold = changes.some(c => c.values?.some(v => contains(v, path)));
      if (isTold && mayBreak(before.version, current.version)) return [];
      const todo = `take them, or refuse them in ${nextBreaking(before.version)} with an entry that names ${path}`;
      return [`example ${name}: values that ${before.version} took are refused: ${sentence}; ${todo}`];
    });
  });
}

/** Objects that come and go need a word each: users keep an eye on them, and policies of others name them. */
function objectProblems({ current, published, changes }: Step): string[] {
  const found = new Map<string, string>();
  for (const { name, refused, objects } of published[0]!.examples) {
    const now = current.examples.find(e => e.name === name);
    if (now === undefined || refused.length + now.refused.length > 0) continue;
    const { added, removed } = objectDifferences(objects, now.objects);
    const sorts = { 'is new': added, 'is gone': removed };
    for (const [what, ids] of Object.entries(sorts))
      for (const id of ids) {
        const isTold = changes.some(c => c.objects?.some(o => id === o || id.startsWith(`${o} `)));
        if (!isTold && !found.has(id)) found.set(id, `${id}: ${what} with the values of ${name}`);
      }
  }
  return [...found].map(
    ([id, what]) =>
      `${what}, and no entry of ${current.version} names it; add one with objects: ['${id}'] to generator/changelog/history.ts`,
  );
}
