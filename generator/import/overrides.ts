/**
 * What Knative's operator changes of its workloads. It applies all entries of a name one after the other, so that they
 * may stand together or not (knative/operator pkg/reconciler/common/workload_override.go).
 */
import { at, type KubeObject, textAt } from '../cluster/fields.ts';
import type { FieldPath } from '../gotmpl/trace.ts';
import { isMap } from '../values/maps.ts';
import type { Found } from './compare.ts';

export const isOverrides = ([spec, field, ...below]: FieldPath) =>
  spec === 'spec' && (field === 'workloads' || field === 'deployments') && below.length === 0;

type Walk = (want: unknown, have: unknown, path: FieldPath) => Found[];
/** Each entry has a name. */
export function overrides(want: readonly unknown[], have: readonly unknown[], path: FieldPath, walk: Walk): Found[] {
  const named = (all: readonly unknown[], name: string) => [...all.keys()].filter(i => textAt(all[i], 'name') === name);
  const names = [...new Set([...want, ...have].map(x => textAt(x, 'name')))];
  const more = names.filter(name => named(want, name).length === 0);
  return names.flatMap(name => {
    const [mine, theirs] = [named(want, name), named(have, name)];
    const [rendered, there] = [together(mine.map(i => want[i])), together(theirs.map(i => have[i]))];
    return walk(rendered, there, []).map(d => ({
      ...d,
      path: [...path, ...placeIn(want, mine, d.path, want.length + more.indexOf(name))],
    }));
  });
}

/** The entries of one name as one. */
function together(entries: readonly unknown[]): KubeObject | undefined {
  if (entries.length === 0) return undefined;
  const all: Record<string, unknown> = {};
  for (const [key, value] of entries.filter(isMap).flatMap(Object.entries)) {
    const before = all[key];
    if (Array.isArray(before) && Array.isArray(value)) all[key] = [...before, ...value];
    else all[key] = isMap(before) && isMap(value) ? { ...before, ...value } : value;
  }
  return all;
}

/** Where the field of the joint entry stands in the list: `[2, 'resources', 0, ...]`. */
function placeIn(
  all: readonly unknown[],
  mine: readonly number[],
  [key, ...rest]: FieldPath,
  fresh: number,
): FieldPath {
  let [item] = rest;
  for (const i of mine) {
    const value = at(all[i], key!);
    if (value === undefined) continue;
    if (typeof item !== 'number' || !Array.isArray(value)) return [i, key!, ...rest];
    if (item < value.length) return [i, key!, item, ...rest.slice(1)];
    item -= value.length;
  }
  return [mine[0] ?? fresh, key!, ...rest];
}

/** The object with each concern of its overrides as an entry of its own, as the chart writes them. */
export function apart(object: KubeObject): KubeObject {
  const workloads = at(object, 'spec', 'workloads');
  if (!Array.isArray(workloads)) return object;
  return { ...object, spec: { ...(object.spec as KubeObject), workloads: workloads.flatMap(concerns) } };
}

const concerns = (entry: unknown): unknown[] =>
  isMap(entry)
    ? Object.entries(entry)
        .filter(([key]) => key !== 'name')
        .flatMap(([key, value]) =>
          (Array.isArray(value) && key === 'resources' ? value.map(item => [item]) : [value]).map(part => ({
            name: entry.name,
            [key]: part,
          })),
        )
    : [entry];
