import { buildChart } from '../build.ts';
import { differencesText } from '../changelog/page.ts';
import { exampleDifferences } from '../changelog/page-objects.ts';
import type { ChartRecord } from '../changelog/record.ts';
import { historyOf } from '../changelog/releases.ts';
import { asUsersSee, versionNamed } from '../changelog/versions.ts';
import { chartNamed } from '../charts.ts';
import { valueDifferences } from '../differences/values.ts';
import { GeneratorError } from '../errors.ts';
import { readFrames } from '../files.ts';
import type { Io, Status } from '../io.ts';

export interface ChangelogOptions {
  /** The chart of published versions. */
  readonly chart?: string | undefined;
  /** A published version, a package, or the folder of a chart. */
  readonly from: string;
  /** The same; the chart as this tool makes it, without it. */
  readonly to?: string | undefined;
  readonly output: 'text' | 'json';
}

/** Prints what differs between two versions of a chart: values, values.yaml, and the objects where both are known. */
export async function runChangelog({ chart, from, to, output }: ChangelogOptions, io: Io): Promise<Status> {
  const frames = readFrames();
  const named = chartNamed(chart).name;
  const before = await versionNamed(from, named, frames);
  const after = to === undefined ? now(before.chart) : await versionNamed(to, named, frames);
  if (before.chart !== after.chart)
    throw new GeneratorError(
      `${from} is of the chart ${before.chart}, ${to} of ${after.chart}; compare versions of one chart.`,
      2,
    );
  if (output === 'json') io.out(`${json(before, after)}\n`);
  else io.out(`# ${before.chart}: from ${before.version} to ${after.version}\n\n${differencesText(before, after)}\n`);
  if (before.examples.length === 0 || after.examples.length === 0)
    io.talk(
      'Objects are compared between published versions, and with this one; to see yours, compare what render prints.\n',
    );
  return 0;

  function now(name: string): ChartRecord {
    const model = chartNamed(name);
    const { current } = historyOf(model, buildChart(model, frames), frames);
    return { ...current, values: asUsersSee(current.values) };
  }
}

function json(before: ChartRecord, after: ChartRecord): string {
  const objects = exampleDifferences(before, after).map(({ name, found }) =>
    typeof found === 'string' ? { example: name, refused: found } : { example: name, ...found },
  );
  const values = valueDifferences(before.values, after.values);
  return JSON.stringify({ chart: before.chart, from: before.version, to: after.version, values, objects }, null, 2);
}
