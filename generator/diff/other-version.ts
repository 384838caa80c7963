/** The objects of another version of the chart for the values of an environment. */
import { statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Frames } from '../build.ts';
import { publishedOf } from '../changelog/releases.ts';
import { versionNamed } from '../changelog/versions.ts';
import type { ObjectSet } from '../differences/objects.ts';
import { GeneratorError } from '../errors.ts';
import { readFrames } from '../files.ts';
import type { Chart } from '../model/chart.ts';
import type { ReleaseInfo } from '../render/evaluate-chart.ts';
import { helmTemplate } from '../render/helm.ts';
import type { Environment } from '../values/environments.ts';
import { comparable } from './compare.ts';

interface Subject {
  readonly chart: Chart;
  readonly release: ReleaseInfo;
  readonly environment: Environment;
}
export interface OtherVersion {
  /** As `serverless-mesh 0.1.0`. */
  readonly name: string;
  readonly objects: ObjectSet;
}

/**
 * A package or a folder is rendered by Helm, for its templates are no model that we could evaluate. A published version is
 * known by the objects of its examples alone, under the name of the release that is the chart's.
 *
 * @throws GeneratorError (2) for what is no chart, or another one, or a published version without these values.
 */
export async function otherVersion(
  named: string,
  subject: Subject,
  frames: Frames = readFrames(),
): Promise<OtherVersion> {
  try {
    return await rendered(named, subject, frames);
  } catch (error) {
    // 1 would say that something differs.
    throw error instanceof GeneratorError ? new GeneratorError(error.message, 2) : error;
  }
}

async function rendered(
  named: string,
  { chart, release, environment }: Subject,
  frames: Frames,
): Promise<OtherVersion> {
  const record = await versionNamed(named, chart.name, frames);
  if (record.chart !== chart.name)
    throw new GeneratorError(`${named} is the chart ${record.chart}; add --chart ${record.chart}, and its values.`, 2);
  const name = `${record.chart} ${record.version}`;
  if (statSync(named, { throwIfNoEntry: false }) !== undefined) {
    const rendered = await helmTemplate(named, release, environment.files);
    return { name, objects: comparable(rendered.map(({ object }) => object)) };
  }
  const example = publishedOf(chart.name, frames)
    .find(p => p.version === record.version)
    ?.examples.find(e => isDeepStrictEqual(e.values, environment.overrides));
  const isDefault = release.name === chart.name && release.namespace === 'default';
  if (example === undefined || !isDefault)
    throw new GeneratorError(
      `${name}: what it rendered is recorded for its examples alone; name its package instead, which Helm renders.`,
      2,
    );
  if (example.refused.length > 0)
    throw new GeneratorError(`${name} refuses these values: ${example.refused.join('; ')}.`, 2);
  return { name, objects: comparable([...example.objects.values()]) };
}
