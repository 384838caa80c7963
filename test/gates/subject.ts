/** What a gate looks at: a chart as its package holds it, and what real Helm renders of it. */
import type { Chart } from '../../generator/model/chart.ts';
import { packChart } from '../../generator/pack/archive.ts';
import { readChart } from '../../generator/pack/read-archive.ts';
import type { Values } from '../../generator/values/maps.ts';
import { casesByChart, goldenObjects, goldenText, rendered } from '../chart/cases.ts';
import { chartFiles } from '../chart/chart-files.ts';
import { parseAsHelm } from '../support/helm-yaml.ts';
import type { Manifest } from '../support/render.ts';

/** What Helm prints for a values file of ours; test/chart/golden.test.ts holds it against Helm 3 and 4. */
export interface Render {
  /** Of the values file. */
  readonly name: string;
  readonly values: Values;
  readonly text: string;
  readonly manifests: readonly Manifest[];
}

export interface Subject {
  readonly name: string;
  /** Text by path in the package. */
  readonly files: ReadonlyMap<string, string>;
  readonly renders: readonly Render[];
}

export interface Metadata {
  readonly [field: string]: unknown;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The package's bytes, as `serverless-mesh package` makes them. */
export function packageOf(chart: Chart) {
  const { paths, textOf } = chartFiles(chart);
  const packed = paths.filter(path => !path.startsWith('docs/'));
  return packChart(chart.name, chart.version, new Map(packed.map(path => [path, textOf(path)])));
}

/** All three charts. */
export async function subjects(): Promise<Subject[]> {
  return Promise.all([...casesByChart.keys()].map(subjectOf));
}

async function subjectOf(chart: Chart): Promise<Subject> {
  const { fileName, data } = packageOf(chart);
  const decoder = new TextDecoder();
  const files = [...(await readChart(data, fileName))].map(([path, bytes]) => [path, decoder.decode(bytes)] as const);
  const renders = rendered
    .filter(c => c.chart === chart)
    .map(c => ({ name: c.name, values: c.values, text: goldenText(c), manifests: goldenObjects(c) }));
  return { name: chart.name, files: new Map(files), renders };
}

/** Text of a file; empty where there is none. */
export const textOf = ({ files }: Subject, path: string): string => files.get(path) ?? '';
export const metadataOf = (s: Subject) => parseAsHelm(textOf(s, 'Chart.yaml')) as Metadata;
export const pathsOf = (s: Subject, pattern = /./) => [...s.files.keys()].filter(path => pattern.test(path)).sort();
export const templatesOf = (s: Subject) => pathsOf(s, /^templates\//);
/** Templates of one object each. */
export const objectTemplatesOf = (s: Subject) => pathsOf(s, /^templates\/(?!checks\.).*\.yaml$/);

/** `path:line: text` of the lines that break a rule. */
export const linesThat = (s: Subject, paths: readonly string[], breaks: (line: string) => boolean): string[] =>
  paths.flatMap(path =>
    textOf(s, path)
      .split('\n')
      .flatMap((line, index) => (breaks(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
