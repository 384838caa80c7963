/** A chart's objects, NOTES and refusals for given values, in this process: what Helm would give. */
import { notesOf } from '../deprecations.ts';
import { evaluateDocuments, type Scope } from '../gotmpl/evaluate.ts';
import { evaluateLines, evaluateRule } from '../gotmpl/lines.ts';
import type { Chart } from '../model/chart.ts';
import { inHelmOrder, type Rendered } from './order.ts';

export interface ReleaseInfo {
  readonly name: string;
  readonly namespace: string;
}
export type Values = Readonly<Record<string, unknown>>;
/** A value that a rule refuses: its path as keys and indices, and the sentence. */
export interface RuleFinding {
  readonly path: readonly (string | number)[];
  /** The path, or a key below it, for the line in a file. */
  readonly nearest: readonly (string | number)[];
  readonly message: string;
}

export function scopeOf(chart: Chart, values: Values, release: ReleaseInfo): Scope {
  return {
    '.Values': values,
    '.Release': { Name: release.name, Namespace: release.namespace, Service: 'Helm', Revision: 1 },
    '.Chart': { Name: chart.name, Version: chart.version, AppVersion: chart.appVersion },
  };
}

/** The objects that `helm template` prints for these merged, valid values, in its order. Without a cluster. */
export function evaluateChart(chart: Chart, values: Values, release: ReleaseInfo): Rendered[] {
  const scope = scopeOf(chart, values, release);
  return inHelmOrder(
    templatesOf(chart).flatMap(({ source, documents }) =>
      evaluateDocuments(documents as object, scope).map(object => ({ source, object })),
    ),
  );
}

const sorted = new WeakMap<Chart, { source: string; documents: unknown }[]>();
function templatesOf(chart: Chart): { source: string; documents: unknown }[] {
  const known = sorted.get(chart);
  if (known) return known;
  const templates = Object.entries(chart.resources)
    .map(([path, { documents }]) => ({ source: `${chart.name}/templates/${path}.yaml`, documents }))
    .sort((a, b) => (a.source < b.source ? -1 : 1));
  sorted.set(chart, templates);
  return templates;
}

/** The text of NOTES. */
export const evaluateNotes = (chart: Chart, values: Values, release: ReleaseInfo): string =>
  `${evaluateLines(notesOf(chart), scopeOf(chart, values, release)).join('\n')}\n`;

/** Every rule that these values break, in the order of the guards. The values must satisfy the schema. */
export function ruleFindings(chart: Chart, values: Values): RuleFinding[] {
  const scope = scopeOf(chart, values, { name: '', namespace: '' });
  return chart.rules.flatMap(({ path, refuse }) =>
    evaluateRule(refuse, scope).map(({ place, nearest, message }) => ({
      path: [...path.keys, ...place],
      nearest: [...path.keys, ...nearest],
      message,
    })),
  );
}
