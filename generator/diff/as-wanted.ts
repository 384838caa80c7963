/** What is there, made comparable with what the release wants. */
import { isSameQuantity } from '../checks/differences.ts';
import { listAt, mapAt } from '../cluster/fields.ts';
import type { Manifest } from '../gotmpl/evaluate.ts';
import { put } from '../put.ts';
import { isMap, type Values } from '../values/maps.ts';

/** The members of a roll are a set: verify looks at them in any order, too. */
export function inOrder(after: Manifest, before: Manifest): Manifest {
  if (after.kind !== 'ServiceMeshMemberRoll') return before;
  const [want, have] = [after, before].map(roll => listAt(roll, 'spec', 'members'));
  const members = [...want!.filter(m => have!.includes(m)), ...have!.filter(m => !want!.includes(m))];
  return { ...before, spec: { ...mapAt(before, 'spec'), members } };
}

/**
 * What is there, as far as the release says it: an upgrade leaves fields alone that it never set, and what the API server
 * and operators add is no difference. A list is one whole: Helm replaces it.
 */
export function asWanted(want: unknown, have: unknown, path = ''): unknown {
  if (have === undefined || have === null) return isEmpty(want) ? want : undefined;
  if (Array.isArray(want) && Array.isArray(have)) {
    // A list such as spec.workloads may have a name several times: then the first goes with the first.
    const called = (list: readonly unknown[], name: unknown) => list.filter(x => isMap(x) && x.name === name);
    const counterpart = (item: unknown, i: number) =>
      isMap(item) && typeof item.name === 'string'
        ? called(want, item.name)[called(have.slice(0, i), item.name).length]
        : have.length === want.length
          ? want[i]
          : undefined;
    return have.map((item, i) => {
      const match = counterpart(item, i);
      return match === undefined ? item : asWanted(match, item, `${path}[${i}]`);
    });
  }
  if (!isMap(want) || !isMap(have)) return isSameQuantity(want, have, path) ? want : have;
  const kept: Values = {};
  for (const [key, value] of Object.entries(want)) {
    const there = asWanted(
      value,
      Object.hasOwn(have, key) ? have[key] : undefined,
      path === '' ? key : `${path}.${key}`,
    );
    if (there !== undefined) put(kept, key, there);
  }
  return kept;
}

/** The API server drops what is empty. */
const isEmpty = (x: unknown) => typeof x === 'object' && x !== null && Object.keys(x).length === 0;
