/** A version of a chart, as a command line names it: a published version, or a package or folder of the chart. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { valid } from 'semver';
import type { Frames } from '../build.ts';
import { type FlatValues, flatValues } from '../differences/values.ts';
import { GeneratorError } from '../errors.ts';
import { readChart } from '../pack/read-archive.ts';
import type { ChartRecord } from './record.ts';
import { publishedOf } from './releases.ts';

/** Throws a usage error for what is no version that was published, and no chart. Objects are known of published versions only. */
export async function versionNamed(text: string, chart: string, frames: Frames): Promise<ChartRecord> {
  const stat = statSync(text, { throwIfNoEntry: false });
  if (stat?.isFile()) return ofChart(await readChart(readFileSync(text), text), text);
  if (stat?.isDirectory()) return ofChart(filesIn(text), text);
  const published = publishedOf(chart, frames);
  const record = published.find(p => p.version === text);
  if (record !== undefined) return { ...record, values: asUsersSee(record.values) };
  const known = published.length === 0 ? 'none is' : published.map(p => p.version).join(', ');
  const what =
    valid(text) === null ? 'there is no such file or folder' : `is no published version of ${chart} (${known})`;
  throw new GeneratorError(
    `${text || '""'}: ${what}; name a package, the folder of a chart, or a published version.`,
    2,
  );
}

const FILES = ['Chart.yaml', 'values.yaml', 'values.schema.json'];

function filesIn(folder: string): ReadonlyMap<string, Uint8Array> {
  const names = readdirSync(folder).filter(name => FILES.includes(name));
  return new Map(names.map(name => [name, readFileSync(join(folder, name))]));
}

function ofChart(files: ReadonlyMap<string, Uint8Array>, where: string): ChartRecord {
  const textOf = (path: string) => {
    const data = files.get(path);
    if (data === undefined) throw new GeneratorError(`${where}: holds no ${path}; name a chart that has one.`, 2);
    return Buffer.from(data).toString('utf8');
  };
  const read = <T>(path: string, parse: (text: string) => unknown): T => {
    try {
      return parse(textOf(path)) as T;
    } catch (error) {
      if (error instanceof GeneratorError) throw error;
      throw new GeneratorError(`${where}: ${path} cannot be read; pack the chart again.`);
    }
  };
  const { name, version } = read<{ name: string; version: string }>('Chart.yaml', text => load(text));
  const schema = read<object>('values.schema.json', text => JSON.parse(text));
  return {
    chart: name,
    version,
    digest: '',
    values: flatValues(schema),
    valuesYaml: textOf('values.yaml'),
    examples: [],
  };
}

/** Rows without our own keywords, which no package has. */
export const asUsersSee = (values: FlatValues): FlatValues =>
  Object.fromEntries(Object.entries(values).map(([path, { secret, deprecated, ...row }]) => [path, row]));
