/** The model to the text of every generated file. Pure: same model and frames, same text. */
import { changelogPage } from './changelog/page.ts';
import { historyOf, problemsOf } from './changelog/releases.ts';
import { charts } from './charts.ts';
import { checkModel } from './check-model.ts';
import { chartYaml } from './emit/chart-yaml.ts';
import { fill } from './emit/frames.ts';
import { installationDocs } from './emit/installation-docs.ts';
import { valuesTable } from './emit/markdown.ts';
import { projectData } from './emit/project-data.ts';
import { schemaJson } from './emit/schema-json.ts';
import { checksTemplate, helpersTemplate, notesText, resourceTemplate, rulesTemplate } from './emit/templates.ts';
import { movingPage, tenantDocsData, tenantPictures } from './emit/tenant-docs.ts';
import { valuesYaml } from './emit/values-yaml.ts';
import { GeneratorError } from './errors.ts';
import type { Schema } from './gotmpl/expr.ts';
import type { Chart } from './model/chart.ts';
import { serverlessMesh } from './model/serverless-mesh/index.ts';
import { serverlessMeshTenant } from './model/serverless-mesh-tenant/index.ts';

/** Frames and static files below chart-templates/, by path. */
export type Frames = ReadonlyMap<string, string>;

/** The files of one chart, by path in the chart, sorted. Throws a GeneratorError for a model that would render wrong. */
export function buildChart(chart: Chart, frames: Frames): Map<string, string> {
  const frame = (path: string) => {
    const text = frames.get(path);
    if (text === undefined) throw new GeneratorError(`chart-templates/${path} is missing; restore it.`);
    return text;
  };
  const statics = new Map(Object.entries(chart.statics).map(([to, from]) => [to, frame(from)]));
  checkModel(chart, statics);
  const template = frame('template.yaml.hbs');
  const source = chart.valuesSource;
  const values = chart.values as Schema;
  const hasDocs = chart.name === serverlessMeshTenant.name;
  const data = { ...chart, valuesTable: valuesTable(values), ...(hasDocs ? tenantDocsData(frame) : {}) };
  const files: (readonly [string, string])[] = [
    ['Chart.yaml', chartYaml(chart, frame('Chart.yaml.hbs'))],
    ['values.yaml', valuesYaml(values, chart.name, source)],
    ['values.schema.json', schemaJson(values, source)],
    ['README.md', fill(frame(`${chart.name}/README.md.hbs`), data)],
    ['templates/NOTES.txt', notesText(chart)],
    ['templates/_helpers.tpl', helpersTemplate(template, chart)],
    ['templates/_rules.tpl', rulesTemplate(template, chart)],
    ['templates/checks.yaml', checksTemplate(template, chart)],
    ...statics,
    ...(chart.name === serverlessMesh.name ? installationDocs(frame) : []),
    ...(hasDocs ? [[movingPage, fill(frame(`${chart.name}/moving.md.hbs`), data)] as const, ...tenantPictures()] : []),
    ...Object.entries(chart.resources).map(([path, r]): [string, string] => [
      `templates/${path}.yaml`,
      resourceTemplate(template, chart, path, r),
    ]),
  ];
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** All that is made of the model. */
export interface Built {
  /** Every generated file of the project, by path from its root. */
  readonly files: Map<string, string>;
  /** What keeps the charts from being published after the versions that were, one sentence each. */
  readonly problems: readonly string[];
}

/** A frame beside the charts, by path, and what fills it. */
type Page = readonly [frame: string, fill: (frame: string) => string];

export function build(frames: Frames): Built {
  const built = charts.map(chart => ({ chart, files: buildChart(chart, frames) }));
  const histories = built.map(({ chart, files }) => historyOf(chart, files, frames));
  const files = built.flatMap(({ chart, files }) =>
    [...files].map(([path, text]): [string, string] => [`charts/${chart.name}/${path}`, text]),
  );
  const described = [...frames.keys()].filter(path => /^(README|docs\/.*)\.md\.hbs$/.test(path)).sort();
  // The npm package has none of them.
  const data = described.length === 0 ? {} : projectData(frames);
  const pages: readonly Page[] = [
    ['CHANGELOG.md.hbs', frame => changelogPage(frame, histories)],
    ...described.map((path): Page => [path, frame => fill(frame, data)]),
  ];
  for (const [path, page] of pages) {
    const frame = frames.get(path);
    if (frame !== undefined) files.push([path.replace(/\.hbs$/, ''), page(frame)]);
  }
  return { files: new Map(files), problems: problemsOf(histories) };
}

/** Every generated file of the project, by path from its root. */
export const buildAll = (frames: Frames): Map<string, string> => build(frames).files;
