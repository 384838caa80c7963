/** All that diff has to say, as data; and as JSON. */
import { mainChart } from '../charts.ts';
import type { Chart } from '../model/chart.ts';
import type { ValueChange } from './causes.ts';
import type { FieldChange, ObjectChange, Unlooked } from './change.ts';
import { severityWords } from './effects/row.ts';
import { type Effect, effectsOf } from './effects.ts';
import { notShown } from './hidden.ts';

export type Mode = 'environments' | 'chart' | 'cluster' | 'folder';
export interface Report {
  readonly mode: Mode;
  /** In words: `dev`, `serverless-mesh 0.1.0`, `cluster prod-admin`. */
  readonly before: string;
  readonly after: string;
  /** Where there are two sets of values. */
  readonly values: readonly ValueChange[];
  readonly objects: readonly ObjectChange[];
  readonly effects: readonly Effect[];
  readonly unlooked: readonly Unlooked[];
  readonly notes: readonly string[];
  /** What could not be read, a sentence each: whatever differs there is not told. */
  readonly problems: readonly string[];
}

/** Rows about values are about those of the main chart: in others, a value of the same name decides less. */
export function reportOf(
  { name }: Pick<Chart, 'name'>,
  parts: Pick<Report, 'mode' | 'before' | 'after' | 'objects'> & Partial<Report>,
): Report {
  const { values = [], unlooked = [], notes = [], problems = [] } = parts;
  const effects = effectsOf(parts.objects, name === mainChart ? values : []);
  return { values, unlooked, notes, problems, ...parts, effects };
}

/** As of the program diff: 1 where something differs, or could not be looked at or read. Values alone change nothing. */
export const statusOf = ({ objects, unlooked, problems }: Report): 0 | 1 =>
  objects.length + unlooked.length + problems.length > 0 ? 1 : 0;

/** As `2 added, 1 removed, 14 changed`. */
export function summary({ objects, unlooked, problems }: Report): string {
  const count = (change: ObjectChange['change']) => objects.filter(o => o.change === change).length;
  const parts = (['added', 'removed', 'changed'] as const).filter(c => count(c) > 0).map(c => `${count(c)} ${c}`);
  const blind = [
    ...(unlooked.length > 0 ? [`${unlooked.length} could not be looked at`] : []),
    ...(problems.length > 0 ? [`${problems.length} could not be read`] : []),
  ];
  return [...(parts.length + blind.length === 0 ? ['no difference'] : parts), ...blind].join(', ');
}

const shownOf = ({ hidden, before, after }: Pick<FieldChange, 'hidden' | 'before' | 'after'>) => {
  const side = (x: unknown) => (x === undefined ? null : hidden ? notShown : x);
  return { shown: !hidden, before: side(before), after: side(after) };
};

export function reportJson(report: Report): string {
  const { mode, before, after, values, objects, effects, unlooked, notes, problems } = report;
  const data = {
    ...{ command: 'diff', mode, before, after, status: statusOf(report) },
    effects: effects.map(e => ({ ...e, means: severityWords[e.severity] })),
    values: values.map(v => ({ path: v.path, ...shownOf(v) })),
    objects: objects.map(o => ({
      ...{ object: o.object, change: o.change, place: o.place, owner: o.owner, values: o.values },
      fields: o.fields.map(f => ({ field: f.path, item: f.item, ...shownOf(f), values: f.values })),
    })),
    unlooked,
    notes,
    problems,
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}
