/** A published version never changes: who installed it by its digest, or trusts its signature, has to find the same again. */
import { GeneratorError } from '../errors.ts';
import type { Chart } from '../model/chart.ts';
import { sha256 } from '../output/sums.ts';
import { defaultMtime } from './archive.ts';
import { type PackedChart, type PackOptions, pack } from './pack.ts';
import { type PublishedVersion, packageBeside } from './published.ts';
import { readChart } from './read-archive.ts';

/** Throws a GeneratorError with a line for each chart that is published under its version with other bytes. */
export async function requireNewVersions(
  packed: readonly PackedChart[],
  published: readonly PublishedVersion[],
  optionsOf: (chart: Chart) => PackOptions,
): Promise<void> {
  const lines: string[] = [];
  for (const one of packed) {
    const digest = sha256(one.archive.data);
    const same = published.filter(p => p.name === one.chart.name && p.version === one.chart.version);
    const other = same.find(p => p.digest !== digest);
    if (other !== undefined) lines.push(await sentence(one, other, optionsOf(one.chart)));
  }
  if (lines.length > 0) throw new GeneratorError(lines.join('\n'));
}

async function sentence(one: PackedChart, published: PublishedVersion, options: PackOptions): Promise<string> {
  const { name, version } = one.chart;
  const raise = `raise version in generator/model/${name}/index.ts`;
  const where = `${name} ${version}: is published in ${published.source}`;
  const variant = sameBut(one, published, options);
  if (variant !== undefined) return `${where} ${variant}, or ${raise}.`;
  const differing = await differences(one, published);
  const files = differing.length > 0 ? ` (${differing.join(', ')})` : '';
  return `${where} with other content${files}; ${raise}.`;
}

/** What would have given the published bytes: the date of then, or Chart.yaml without what was added to it. */
function sameBut({ chart }: PackedChart, published: PublishedVersion, options: PackOptions): string | undefined {
  const { packing } = options;
  const { signKey: _, ...unsigned } = packing.publisher;
  const created = Math.floor(Date.parse(published.created ?? '') / 1000);
  const dates = new Set([options.date, defaultMtime, ...(created >= 0 ? [created] : [])]);
  const additions = [
    { packing, license: options.license, what: '' },
    { packing: { ...packing, publisher: unsigned }, license: options.license, what: 'not signed' },
    { packing: { ...packing, publisher: {} }, license: undefined, what: 'without what publisher.yaml says' },
  ];
  for (const { what, ...added } of additions)
    for (const date of dates) {
      if (sha256(pack(chart, { ...options, ...added, date }).archive.data) !== published.digest) continue;
      if (what === '') return `with files of another date; set SOURCE_DATE_EPOCH=${date}, as it was`;
      const also = date === options.date ? '' : ` with SOURCE_DATE_EPOCH=${date}`;
      return `${what}; package it again as it was${also}`;
    }
  return undefined;
}

/** The files that are not the same, where the published package lies beside what names it. */
async function differences({ archive }: PackedChart, published: PublishedVersion): Promise<string[]> {
  const data = packageBeside(published);
  if (data === undefined) return [];
  const [before, after] = await Promise.all([
    readChart(data, published.source),
    readChart(archive.data, archive.fileName),
  ]);
  const differs = (path: string) => {
    const [a, b] = [before.get(path), after.get(path)];
    return a === undefined || b === undefined || !Buffer.from(a).equals(b);
  };
  return [...new Set([...before.keys(), ...after.keys()])].filter(differs).sort();
}
