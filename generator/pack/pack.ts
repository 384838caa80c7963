/** A chart of the model as a package. */
import type { Frames } from '../build.ts';
import { chartYaml, type Packing } from '../emit/chart-yaml.ts';
import { docsFolder } from '../emit/frames.ts';
import type { Chart } from '../model/chart.ts';
import { type Archive, packChart } from './archive.ts';

export interface PackedChart {
  readonly chart: Chart;
  /** Text of the Chart.yaml in the package. */
  readonly chartYaml: string;
  readonly archive: Archive;
}

export interface PackOptions {
  /** Every generated file of the project, by path from its root. */
  readonly files: ReadonlyMap<string, string>;
  readonly frames: Frames;
  readonly packing: Packing;
  /** Text of the license, if the publisher names one. */
  readonly license?: string | undefined;
  /** Date of the files in the package, in seconds since 1970. */
  readonly date: number;
}

/** Holds what the model says, and what the publisher adds to Chart.yaml; without docs/. */
export function pack(chart: Chart, { files, frames, packing, license, date }: PackOptions): PackedChart {
  const prefix = `charts/${chart.name}/`;
  const own = [...files].filter(([path]) => path.startsWith(prefix) && !path.startsWith(`${prefix}${docsFolder}`));
  const text = chartYaml(chart, frames.get('Chart.yaml.hbs') ?? '', packing);
  const content = new Map([
    ...own.map(([path, file]) => [path.slice(prefix.length), file] as const),
    ['Chart.yaml', text] as const,
    ...(license === undefined ? [] : [['LICENSE', license] as const]),
  ]);
  return { chart, chartYaml: text, archive: packChart(chart.name, chart.version, content, { mtime: date }) };
}
