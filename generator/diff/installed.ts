/** What the values want against what is there: a cluster, or a folder of manifests. Reads only. */
import { isSameQuantity } from '../checks/differences.ts';
import { ownerOf } from '../checks/preflight/existing.ts';
import { type KubeObject, kindOf, nameOf, namespaceOf, titleOf } from '../cluster/fields.ts';
import { Unseen } from '../cluster/unseen.ts';
import { idOf } from '../differences/objects.ts';
import type { Manifest } from '../gotmpl/evaluate.ts';
import type { Installation } from '../installation/installation.ts';
import type { Chart } from '../model/chart.ts';
import { put } from '../put.ts';
import type { ReleaseInfo } from '../render/evaluate-chart.ts';
import { isMap, type Values } from '../values/maps.ts';
import type { ObjectChange, Unlooked } from './change.ts';
import { changesOf, comparable, type Known } from './compare.ts';
import { kindsOf } from './kinds.ts';

export interface Installed {
  readonly changes: readonly ObjectChange[];
  readonly unlooked: readonly Unlooked[];
  /** What an upgrade leaves as it is, a sentence each. */
  readonly notes: readonly string[];
}

/** Hooks go when they have run, and a Job that has run is no difference. */
const stays = (object: Manifest): boolean => {
  const annotations = (object.metadata as { readonly annotations?: object }).annotations ?? {};
  return object.kind !== 'Job' && !Object.hasOwn(annotations, 'helm.sh/hook');
};

export async function compareInstalled(
  { cluster, from, placeOf }: Installation,
  wanted: readonly Manifest[],
  { chart, release, known }: { readonly chart: Chart; readonly release: ReleaseInfo; readonly known: Known },
): Promise<Installed> {
  const changes: ObjectChange[] = [];
  const unlooked: Unlooked[] = [];
  const notes: string[] = [];
  const look = async (object: string, ask: () => Promise<void>): Promise<void> => {
    try {
      await ask();
    } catch (error) {
      if (!(error instanceof Unseen)) throw error;
      unlooked.push({ object, why: error.message, remedy: error.remedy });
    }
  };
  const want = comparable(wanted.filter(stays));
  const compareOne = async (object: string, after: Manifest): Promise<void> => {
    const found = await cluster.get(kindOf(after), nameOf(after), namespaceOf(after) || undefined);
    if (found === undefined) {
      changes.push({ object, change: 'added', after, fields: [], values: known.causesOf(object, []) });
      return;
    }
    const owner = foreign(found, release);
    if (owner !== undefined && object.startsWith('Namespace ')) return;
    if (owner !== undefined && from === 'cluster')
      notes.push(`${titleOf(after)} belongs to ${owner}: Helm refuses to change it; preflight says how to adopt it.`);
    const before = asWanted(after, [...comparable([found as Manifest]).values()][0]) as Manifest;
    const fields = changesOf(object, before, after, known);
    const more = { ...placed(placeOf(found)), ...(owner === undefined || from === 'folder' ? {} : { owner }) };
    if (fields.length > 0) changes.push({ object, change: 'changed', before, after, fields, values: [], ...more });
  };
  await Promise.all([...want].map(([object, after]) => look(object, () => compareOne(object, after))));

  const wantedIds = new Set(want.keys());
  const labels = `app.kubernetes.io/managed-by=Helm,app.kubernetes.io/instance=${release.name}`;
  const others = async (kind: string): Promise<void> => {
    if (!(await cluster.serves(kind))) return;
    const all = await cluster.list(kind, from === 'cluster' ? { labels } : {});
    for (const object of all as readonly Manifest[]) {
      const id = idOf(object);
      if (wantedIds.has(id) || !stays(object)) continue;
      if (foreign(object, release) === undefined)
        changes.push({
          object: id,
          change: 'removed',
          before: object,
          fields: [],
          values: [],
          ...placed(placeOf(object)),
        });
      else if (from === 'folder')
        notes.push(`${placeOf(object)}: ${titleOf(object)} is none of these values, and stays as it is.`);
    }
  };
  await Promise.all(kindsOf(chart).map(kind => look(`objects of ${kind}`, () => others(kind))));

  const byObject = <T extends { readonly object: string }>(all: T[]) =>
    all.sort((a, b) => (a.object < b.object ? -1 : 1));
  return { changes: byObject(changes), unlooked: byObject(unlooked), notes: notes.sort() };
}

const placed = (place: string | undefined) => (place === undefined ? {} : { place });

/** Whose an object is, where it is not the release's. */
function foreign(object: KubeObject, { name, namespace }: ReleaseInfo): string | undefined {
  const { release, words } = ownerOf(object);
  return release?.name === name && release.namespace === namespace ? undefined : words;
}

/**
 * What is there, as far as the release says it: an upgrade leaves fields alone that it never set, and what the API server
 * and operators add is no difference. A list is one whole: Helm replaces it.
 */
export function asWanted(want: unknown, have: unknown, path = ''): unknown {
  if (have === undefined || have === null) return isEmpty(want) ? want : undefined;
  if (Array.isArray(want) && Array.isArray(have)) {
    const counterpart = (item: unknown, i: number) =>
      isMap(item) && typeof item.name === 'string'
        ? want.find(w => isMap(w) && w.name === item.name)
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
