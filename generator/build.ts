/** The model to the text of every generated file. Pure: same model and frames, same text. */
import { charts } from './charts.ts';
import { checkModel } from './check-model.ts';
import { doctorTables } from './emit/doctor-tables.ts';
import { fill } from './emit/frames.ts';
import { installationDocs } from './emit/installation-docs.ts';
import { valuesTable } from './emit/markdown.ts';
import { projectReadme } from './emit/project-readme.ts';
import { schemaJson } from './emit/schema-json.ts';
import { checksTemplate, helpersTemplate, notesText, resourceTemplate, rulesTemplate } from './emit/templates.ts';
import { movingPage, tenantDocsData, tenantPictures } from './emit/tenant-docs.ts';
import { valuesYaml } from './emit/values-yaml.ts';
import { GeneratorError } from './errors.ts';
import type { Schema } from './gotmpl/expr.ts';
import { scalarText } from './gotmpl/yaml.ts';
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
    ['Chart.yaml', fill(frame('Chart.yaml.hbs'), chartYaml(chart))],
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

/** Data of the frame Chart.yaml.hbs: texts as YAML scalars. */
const chartYaml = (chart: Chart) => ({
  ...chart,
  source: `generator/model/${chart.name}/index.ts`,
  description: scalarText(chart.description),
  annotations: Object.fromEntries(Object.entries(chart.annotations).map(([key, text]) => [key, scalarText(text)])),
});

/** Every generated file of the project, by path from its root. */
export function buildAll(frames: Frames): Map<string, string> {
  const files = charts.flatMap(chart =>
    [...buildChart(chart, frames)].map(([path, text]): [string, string] => [`charts/${chart.name}/${path}`, text]),
  );
  const readme = frames.get('README.md.hbs');
  const pages = [...frames].filter(([path]) => /^docs\/.*\.md\.hbs$/.test(path)).sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map([
    ...files,
    ...(readme === undefined ? [] : [['README.md', projectReadme(readme, frames)] as const]),
    ...pages.map(([path, frame]) => [path.replace(/\.hbs$/, ''), fill(frame, doctorTables())] as const),
  ]);
}
