/** Files below templates/: the objects, helpers, guards and NOTES of a chart. */

import { notesOf } from '../deprecations.ts';
import { checkComment } from '../gotmpl/checks.ts';
import { printLines, printRule } from '../gotmpl/lines.ts';
import { printDocuments, printHelper } from '../gotmpl/print.ts';
import { wrap } from '../gotmpl/yaml.ts';
import type { Chart, Resource } from '../model/chart.ts';
import { fill } from './frames.ts';

/** Text of a template with its banner: a Go comment, so that rendered manifests stay clean. */
export function banner(frame: string, comment: readonly string[], source: string, lines: readonly string[]): string {
  checkComment(source, comment.join('\n'));
  return fill(frame, { openComment: '{{- /*', closeComment: '*/ -}}', comment, source, lines });
}

export function resourceTemplate(
  frame: string,
  chart: Chart,
  path: string,
  { doc, source, documents }: Resource,
): string {
  const comment = [...wrap(doc, 110), ...wrap(`Source: ${source}.`, 110)];
  return banner(frame, comment, `generator/model/${chart.name}/${path}.ts`, printDocuments(documents, `${path}.yaml`));
}

export function helpersTemplate(frame: string, chart: Chart): string {
  const helpers = chart.helpers.filter(h => h.kind !== 'static').map(h => printHelper(h));
  const lines = helpers.flatMap((h, i) => (i === 0 ? h : ['', ...h]));
  return banner(frame, ['Helpers that the templates share.'], `generator/model/${chart.name}`, lines);
}

export function rulesTemplate(frame: string, chart: Chart): string {
  const file = '_rules.tpl';
  const guards = chart.rules.flatMap(({ path, refuse }) => printRule(path, refuse, file));
  const lines = [`{{- define "${chart.name}.rules" -}}`, ...guards, '{{- end }}'];
  const comment = ['Rules between values. What one value alone must be is in values.schema.json.'];
  return banner(frame, comment, `generator/model/${chart.name}/rules.ts`, lines);
}

/** The template that runs the guards; it renders to nothing. */
export function checksTemplate(frame: string, chart: Chart): string {
  const lines = [`{{- include "${chart.name}.rules" . }}`, `{{- include "${chart.name}.preflight" . }}`];
  const comment = ['Refuses values that do not fit together, and clusters that do not fit. Renders to nothing.'];
  return banner(frame, comment, `generator/model/${chart.name}/rules.ts`, lines);
}

export const notesText = (chart: Chart): string =>
  `{{- /* Generated from generator/model/${chart.name}/notes.ts by "serverless-mesh generate"; do not edit. */ -}}\n` +
  `${printLines(notesOf(chart), 'NOTES.txt').join('\n')}\n`;
