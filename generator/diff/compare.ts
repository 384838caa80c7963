/** Two sets of objects, and what differs. Pure. */

import { withoutVersion } from '../changelog/record.ts';
import { fieldChanges } from '../differences/fields.ts';
import { type ObjectSet, objectSet } from '../differences/objects.ts';
import type { Manifest } from '../gotmpl/evaluate.ts';
import { fieldPath } from '../values/path.ts';
import { type FieldChange, itemNames, type ObjectChange, valueAt } from './change.ts';
import { mustHide } from './hidden.ts';

/** The values from which a field of an object, or the object as a whole for no steps, comes on either side. */
export type CausesOf = (object: string, steps: readonly (string | number)[]) => readonly string[];
/** Whether a field is made of a value that the schema calls secret. */
export type IsSecret = (object: string, steps: readonly (string | number)[]) => boolean;

export interface Known {
  readonly causesOf: CausesOf;
  readonly isSecret: IsSecret;
}
export const nothingKnown: Known = { causesOf: () => [], isSecret: () => false };

/** Labels with the version of the chart are the same for both sides: they change with each version, and nothing else does. */
export const comparable = (objects: readonly Manifest[]): ObjectSet =>
  new Map([...objectSet(objects)].map(([id, object]) => [id, asData(withoutVersion(object) as Manifest)]));

/** A Secret as the API server keeps it: the texts of stringData among the data. */
function asData(object: Manifest): Manifest {
  const { stringData, ...rest } = object as Manifest & { readonly stringData?: Readonly<Record<string, unknown>> };
  if (object.kind !== 'Secret' || stringData === undefined) return object;
  const encoded = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
  return { ...rest, data: { ...(rest.data as object | undefined), ...Object.fromEntries(encoded) } } as Manifest;
}

/** In the order of their names, those of either side. */
export function compareObjects(before: ObjectSet, after: ObjectSet, known: Known = nothingKnown): ObjectChange[] {
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
  return ids.flatMap((object): ObjectChange[] => {
    const [a, b] = [before.get(object), after.get(object)];
    const values = a === undefined || b === undefined ? known.causesOf(object, []) : [];
    if (a === undefined) return [{ object, change: 'added', after: b!, fields: [], values }];
    if (b === undefined) return [{ object, change: 'removed', before: a, fields: [], values }];
    const fields = changesOf(object, a, b, known);
    return fields.length === 0 ? [] : [{ object, change: 'changed', before: a, after: b, fields, values }];
  });
}

/** The fields in which an object differs. */
export function changesOf(
  object: string,
  before: Manifest,
  after: Manifest,
  known: Known = nothingKnown,
): FieldChange[] {
  return fieldChanges(before, after).map(difference => {
    const { steps } = difference;
    const item = itemNames(sideOf(difference, before, after), steps).at(-1);
    return {
      ...difference,
      path: fieldPath(steps),
      ...(item === undefined ? {} : { item }),
      hidden: mustHide(object, steps, difference.before, difference.after) || known.isSecret(object, steps),
      values: known.causesOf(object, steps),
    };
  });
}

type Difference = Pick<FieldChange, 'steps' | 'before'>;

/** The side in which a path stands: a new item of a list has its place after, everything else that before. */
export function sideOf({ steps, before }: Difference, a: unknown, b: unknown): unknown {
  const isNewItem = before === undefined && typeof steps.at(-1) === 'number';
  return isNewItem || valueAt(a, steps.slice(0, -1)) === undefined ? b : a;
}
