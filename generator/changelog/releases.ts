/** The published versions of the charts, as releases/ records them. */
import { compare } from 'semver';
import type { Frames } from '../build.ts';
import { GeneratorError } from '../errors.ts';
import type { Chart } from '../model/chart.ts';
import { checkValues } from '../values/environments.ts';
import { pathText } from '../values/path.ts';
import { entriesOf } from './changes.ts';
import { releaseProblems } from './check.ts';
import { type History, history } from './history.ts';
import { type ChartRecord, type Refusals, readRecord, recordOf } from './record.ts';

/** Where the record of a version stands, from the root of the project. */
export const recordFile = (chart: string, version: string): string => `releases/${chart}/${version}.yaml`;

/**
 * The records of a chart among the project's files, newest first. Throws a GeneratorError for a file that is no record,
 * or that of another chart or version.
 */
export function publishedOf(chart: string, frames: Frames): ChartRecord[] {
  const folder = recordFile(chart, '').replace('.yaml', '');
  return [...frames]
    .filter(([path]) => path.startsWith(folder) && path.endsWith('.yaml'))
    .map(([path, text]) => {
      const record = readRecord(text, path);
      if (recordFile(record.chart, record.version) === path && record.chart === chart) return record;
      throw new GeneratorError(
        `${path}: is the record of ${record.chart} ${record.version}; move it to ${recordFile(record.chart, record.version)}.`,
      );
    })
    .sort((a, b) => compare(b.version, a.version));
}

/** A chart as it is now, and what was published of it. */
export interface ChartHistory {
  readonly current: ChartRecord;
  /** Newest first. */
  readonly published: readonly ChartRecord[];
}

/** The chart now, with the values of the examples that its newest published version has. `files` are those of buildChart. */
export function historyOf(
  chart: Chart,
  files: ReadonlyMap<string, string>,
  frames: Frames,
  refusals: Refusals = refusalsOfChart,
): ChartHistory {
  const published = publishedOf(chart.name, frames);
  if (published[0] === undefined) return { current: recordOf(chart, files), published };
  return { current: recordOf(chart, files, published[0].examples, refusals), published };
}

/** What validate says of the values of a chart of ours. */
export const refusalsOfChart: Refusals = (chart, values) =>
  checkValues(chart, values).map(({ path, message }) => `${pathText(path)}: ${message}`);

/** What keeps the charts from being published as they are, one sentence each. */
export const problemsOf = (histories: readonly ChartHistory[], told: History = history): string[] =>
  histories.flatMap(({ current, published }) =>
    releaseProblems(current, published, entriesOf(current.chart, current.version, told)),
  );
