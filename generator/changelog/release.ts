/** Recording published versions: the text of new files in releases/, or why there may be none. */
import type { Frames } from '../build.ts';
import { buildChart } from '../build.ts';
import { GeneratorError } from '../errors.ts';
import type { Chart } from '../model/chart.ts';
import { isMap } from '../values/maps.ts';
import { pathText, type ValuePath } from '../values/path.ts';
import { schemaAt, type ValuesSchema } from '../values/schema-path.ts';
import { entriesOf } from './changes.ts';
import { releaseProblems } from './check.ts';
import { examplesOf } from './examples.ts';
import { type Example, recordOf, recordText } from './record.ts';
import { historyOf, recordFile, refusalsOfChart } from './releases.ts';

/**
 * The records of these charts as they are now, by path from the root; those that are there already are left out. Throws a
 * GeneratorError with a line for each thing that keeps a version from being published.
 */
export function newRecords(
  charts: readonly Chart[],
  frames: Frames,
  root: string,
  filesOf: (chart: Chart) => ReadonlyMap<string, string> = chart => buildChart(chart, frames),
): Map<string, string> {
  const files = new Map<string, string>();
  const problems: string[] = [];
  for (const chart of charts) {
    const built = filesOf(chart);
    const { current, published } = historyOf(chart, built, frames);
    problems.push(...releaseProblems(current, published, entriesOf(chart.name, chart.version)));
    if (published.some(p => p.version === chart.version)) continue;
    const examples = examplesOf(chart, root, published[0]);
    for (const example of examples) problems.push(...secretsOf(chart, example));
    files.set(recordFile(chart.name, chart.version), recordText(recordOf(chart, built, examples, refusalsOfChart)));
  }
  if (problems.length > 0) throw new GeneratorError(problems.join('\n'));
  return files;
}

/** What is committed holds no private key. */
function secretsOf(chart: Chart, { name, values }: Example): string[] {
  return leavesOf(values)
    .filter(path => schemaAt(chart.values as unknown as ValuesSchema, path)?.secret === true)
    .map(path => `example ${name}: ${pathText(path)}: is a secret, which a record would publish; leave it out.`);
}

const leavesOf = (value: unknown, path: ValuePath = []): ValuePath[] =>
  isMap(value) ? Object.entries(value).flatMap(([key, below]) => leavesOf(below, [...path, key])) : [path];
