/** Where two plain values differ, field by field. */
import { isDeepStrictEqual } from 'node:util';
import { diffArrays } from 'diff';
import { fieldPath, type ValuePath } from '../values/path.ts';

export interface FieldDifference {
  /** As `spec.servers[0].hosts`; the place in the value before, or in that after for what is new. */
  readonly path: string;
  /** Undefined for what is new. */
  readonly before?: unknown;
  /** Undefined for what is gone. */
  readonly after?: unknown;
}

/** A difference with the place as keys and numbers, for those who look into the values. */
export interface FieldChange extends Omit<FieldDifference, 'path'> {
  readonly steps: ValuePath;
}

type Map = Readonly<Record<string, unknown>>;
const isMap = (x: unknown): x is Map => typeof x === 'object' && x !== null && !Array.isArray(x);

/**
 * The fields that differ, in the order of the value before. Items of a list are found again by what they hold: one that
 * is put between two others is one difference, and no more.
 */
export const fieldDifferences = (before: unknown, after: unknown): FieldDifference[] =>
  fieldChanges(before, after).map(({ steps, ...values }) => ({ path: fieldPath(steps), ...values }));

/** The same, each with its place. */
export function fieldChanges(before: unknown, after: unknown, steps: ValuePath = []): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap(key => fieldChanges(own(before, key), own(after, key), [...steps, key]));
  }
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, steps);
  return [{ steps, before, after }];
}

const own = (map: Map, key: string): unknown => (Object.hasOwn(map, key) ? map[key] : undefined);

function listChanges(before: readonly unknown[], after: readonly unknown[], steps: ValuePath): FieldChange[] {
  const parts = diffArrays([...before], [...after], { comparator: isDeepStrictEqual });
  const found: FieldChange[] = [];
  let [a, b] = [0, 0];
  let gone: readonly unknown[] = [];
  const flush = (added: readonly unknown[]) => {
    // What stood at one place before and after is the same item with other fields.
    for (let i = 0; i < Math.max(gone.length, added.length); i++) {
      const at = [...steps, i < gone.length ? a - gone.length + i : b + i];
      found.push(...fieldChanges(gone[i], added[i], at));
    }
    gone = [];
  };
  for (const { added, removed, value } of parts) {
    if (removed) {
      flush([]);
      gone = value;
      a += value.length;
    } else {
      flush(added ? value : []);
      b += value.length;
      if (!added) a += value.length;
    }
  }
  flush([]);
  return found;
}
