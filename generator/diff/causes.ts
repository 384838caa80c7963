/** From which values a difference comes: the fields of both sides as trace.ts knows them, and the values that differ. */
import { fieldChanges } from '../differences/fields.ts';
import { objectSet } from '../differences/objects.ts';
import { stepsOf } from '../explain/answers.ts';
import { type Explained, explainChart } from '../explain/objects.ts';
import type { Chart } from '../model/chart.ts';
import type { ReleaseInfo } from '../render/evaluate-chart.ts';
import type { Environment } from '../values/environments.ts';
import { fieldPath, nearest, pathText, type ValuePath } from '../values/path.ts';
import { mayTell } from '../values/private-key.ts';
import { holdsSecret, schemaAt, type ValuesSchema } from '../values/schema-path.ts';
import type { CausesOf, Known } from './compare.ts';

/** A value that differs between two environments. */
export interface ValueChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly hidden: boolean;
}

type Use = { readonly path: string; readonly values: readonly string[]; readonly conditions: readonly string[] };

/** The objects of an environment, and what is known of where their fields come from. */
export interface Traces {
  readonly objects: ReadonlyMap<string, Explained>;
  /** Conditions of what is not there, all together: a new field may be there by one of them. */
  readonly leftOut: readonly string[];
}

export function tracesOf(chart: Chart, { values }: Environment, release: ReleaseInfo): Traces {
  const { objects, leftOut } = explainChart(chart, values, release);
  const byObject = new Map(objects.map(o => [o.traced.object, o]));
  const ids = [...objectSet(objects.map(o => o.traced.object))].map(([id, o]) => [id, byObject.get(o)!] as const);
  return { objects: new Map(ids), leftOut: leftOut.flatMap(l => l.conditions) };
}

/** Every value that differs, sorted by path. Keys of a map and items of a list count one by one. */
export function valueChanges(chart: Chart, before: Environment, after: Environment): ValueChange[] {
  return fieldChanges(before.values, after.values)
    .map(({ steps, before, after }) => ({
      path: pathText(steps),
      before,
      after,
      hidden: isSecretPath(chart, steps) || !mayTell(before) || !mayTell(after),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

const isSecretPath = (chart: Chart, steps: ValuePath): boolean =>
  holdsSecret(schemaAt(chart.values as unknown as ValuesSchema, steps));

/** What is known of two environments, or of one. `changed` are the paths that differ; all count where there is one side. */
export function knownOf(chart: Chart, sides: readonly Traces[], changed?: readonly string[]): Known {
  const isCause = (path: string) =>
    !path.startsWith('.') && (changed === undefined || changed.some(c => within(path, c) || within(c, path)));
  const usesOf = (object: string, uses: (explained: Explained) => readonly string[]) =>
    sides.flatMap(side => {
      const explained = side.objects.get(object);
      return explained === undefined ? [] : uses(explained);
    });
  /** Of an item or a field that no side with values has, those of the list or the map that lacks it. */
  const usesNear = (object: string, steps: ValuePath) =>
    nearest(steps, path => {
      const uses = usesOf(object, explained => usesAt(explained, fieldPath(path)));
      return uses.length > 0 ? uses : undefined;
    }) ?? [];
  const causesOf: CausesOf = (object, steps) => {
    const found = steps.length === 0 ? usesOf(object, usesOfWhole) : usesNear(object, steps);
    return narrowest([...new Set(found.filter(isCause).map(listOf))].sort());
  };
  const isSecret: Known['isSecret'] = (object, steps) =>
    sides.some(side => {
      const explained = side.objects.get(object);
      const fields = explained === undefined ? [] : fieldsAt(explained, fieldPath(steps));
      return fields.some(f => f.values.some(v => !v.startsWith('.') && isSecretPath(chart, stepsOf(v))));
    });
  return { causesOf, isSecret };
}

/** That it is there, under this name and in this place. */
const usesOfWhole = (explained: Explained): string[] => [
  ...explained.traced.conditions,
  ...['metadata.name', 'metadata.namespace'].flatMap(path => usesAt(explained, path)),
];

/** A group says nothing where one of its values is told. */
const narrowest = (paths: readonly string[]): string[] =>
  paths.filter(path => !paths.some(other => other !== path && within(other, path)));

/** An item of a list has another number on each side: the list is the cause. */
const listOf = (path: string): string => path.replace(/\[\d+\].*$/, '');

const fieldsAt = ({ traced }: Explained, path: string): Use[] =>
  traced.fields.map(f => ({ ...f, path: fieldPath(f.path) })).filter(f => within(f.path, path) || within(path, f.path));

/** The values of the fields at a path, below it or above it; and of what is left out there. */
function usesAt(explained: Explained, path: string): string[] {
  const absent = explained.traced.absent.filter(
    a => within(fieldPath(a.path), path) || within(path, fieldPath(a.path)),
  );
  return [
    ...fieldsAt(explained, path).flatMap(f => [...f.values, ...f.conditions]),
    ...absent.flatMap(a => a.conditions),
  ];
}

const within = (path: string, group: string): boolean =>
  path === group || path.startsWith(`${group}.`) || path.startsWith(`${group}[`);
