/** Which Kubernetes objects two renders have, and where these differ. */
import type { Manifest } from '../gotmpl/evaluate.ts';
import { type FieldDifference, fieldDifferences } from './fields.ts';

/** Objects by what tells them apart: `Gateway.networking.istio.io knative-serving/knative-ingress-gateway`. */
export type ObjectSet = ReadonlyMap<string, Manifest>;

export interface ObjectDifferences {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly id: string; readonly fields: readonly FieldDifference[] }[];
}

/** The objects of a render, those in a List for themselves, by name. */
export function objectSet(objects: readonly Manifest[]): ObjectSet {
  const single = objects.flatMap(object =>
    object.kind === 'List' && Array.isArray(object.items) ? (object.items as Manifest[]) : [object],
  );
  const set = new Map<string, Manifest>();
  for (const object of single) {
    const id = idOf(object);
    // Hooks of different stages may have one name.
    let free = id;
    for (let n = 2; set.has(free); n++) free = `${id} (${n})`;
    set.set(free, object);
  }
  return set;
}

/** The kind with its group, as kubectl takes it: a version of the API is a field like others. */
export function idOf({ apiVersion, kind, metadata }: Manifest): string {
  const { namespace, name } = metadata as { readonly namespace?: string; readonly name: string };
  const api = String(apiVersion);
  const group = api.includes('/') ? `.${api.slice(0, api.indexOf('/'))}` : '';
  return `${String(kind)}${group} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** Sorted by name. */
export function objectDifferences(before: ObjectSet, after: ObjectSet): ObjectDifferences {
  const sorted = (ids: Iterable<string>) => [...ids].sort();
  return {
    added: sorted(after.keys()).filter(id => !before.has(id)),
    removed: sorted(before.keys()).filter(id => !after.has(id)),
    changed: sorted(before.keys()).flatMap(id => {
      const fields = after.has(id) ? fieldDifferences(before.get(id), after.get(id)) : [];
      return fields.length === 0 ? [] : [{ id, fields }];
    }),
  };
}

/** Whether nothing differs. */
export const isSame = ({ added, removed, changed }: ObjectDifferences): boolean =>
  added.length + removed.length + changed.length === 0;
