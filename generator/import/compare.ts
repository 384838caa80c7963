/** Where an object that is there differs from the rendered one, to both sides. */
import { differences } from '../checks/differences.ts';
import { at, type KubeObject, kindOf, mapAt, nameOf, namespaceOf, textAt, titleOf } from '../cluster/fields.ts';
import type { FieldPath } from '../gotmpl/trace.ts';
import { pathText } from '../values/path.ts';
import { isOverrides, overrides } from './overrides.ts';

export interface FieldDifference {
  readonly title: string;
  readonly path: FieldPath;
  /** Rendered; undefined where only the installation has the field. */
  readonly want: unknown;
  /** There; undefined where only the release has the field. */
  readonly have: unknown;
}

/** One object, whatever the version of its API. */
export function idOf(object: unknown): string {
  const parts = kindOf(object).split('/');
  return [parts.length === 3 ? parts[0] : '', parts.at(-1), namespaceOf(object), nameOf(object)].join('|');
}

/** Helm's own, and those of the labels that the chart puts on every object. */
const ofRelease = /^(app\.kubernetes\.io\/|helm\.sh\/|meta\.helm\.sh\/|argocd\.argoproj\.io\/)/;
/** Annotations of a user's are his; only these say something to the operators that the chart could say too. */
const ofModel = /^serverless\.openshift\.io\//;

/** What the API server, not a person, writes into objects of its own kinds. */
const builtIn = /^(v1|apps\/|autoscaling\/|policy\/|rbac\.|networking\.k8s\.io\/)/;
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Every field in which they differ. `inFolder`: as a person wrote it, with no defaults of an API server in it. */
export function fieldDifferences(want: KubeObject, have: KubeObject, inFolder: boolean): FieldDifference[] {
  const title = titleOf(want);
  const labels = mapAt(want, 'metadata', 'labels');
  const wanted = comparableOf(want, () => true);
  const there = comparableOf(have, key => ofModel.test(key) || Object.hasOwn(labels, key));
  const all = walk(wanted, there, []).map(d => ({ title, ...d }));
  if (inFolder || !builtIn.test(textAt(want, 'apiVersion'))) return all;
  const written = writtenBy(have);
  return all.filter(d => d.want !== undefined || (written !== undefined && at(written, ...d.path) !== undefined));
}

/** What somebody applied last. */
function writtenBy(have: KubeObject): KubeObject | undefined {
  try {
    return JSON.parse(textAt(have, 'metadata', 'annotations', lastApplied)) as KubeObject;
  } catch {
    return undefined;
  }
}

/** The spec and whatever else is no metadata and no status; of metadata what means something to the operators. */
function comparableOf(object: KubeObject, keeps: (key: string) => boolean): KubeObject {
  const { apiVersion: _, kind: __, metadata, status: ___, ...rest } = object;
  const kept = (field: string) =>
    Object.fromEntries(Object.entries(mapAt(metadata, field)).filter(([key]) => !ofRelease.test(key) && keeps(key)));
  return { ...rest, metadata: { labels: kept('labels'), annotations: kept('annotations') } };
}

export type Found = Omit<FieldDifference, 'title'>;
const isMap = (x: unknown): x is KubeObject => typeof x === 'object' && x !== null && !Array.isArray(x);
const isNothing = (x: unknown): boolean =>
  x === undefined || x === null || (Array.isArray(x) ? x.length === 0 : isMap(x) && Object.values(x).every(isNothing));

function walk(want: unknown, have: unknown, path: FieldPath): Found[] {
  if (want === have) return [];
  if (isNothing(want) && isNothing(have)) return [];
  if (isNothing(want)) return leaves(have, path).map(l => ({ path: l.path, want: undefined, have: l.value }));
  if (isNothing(have)) return leaves(want, path).map(l => ({ path: l.path, want: l.value, have: undefined }));
  if (isMap(want) && isMap(have)) {
    const keys = [...new Set([...Object.keys(want), ...Object.keys(have)])];
    return keys.flatMap(key => walk(own(want, key), own(have, key), [...path, key]));
  }
  if (Array.isArray(want) && Array.isArray(have)) return lists(want, have, path);
  return differences(want, have, pathText(path)).length === 0 ? [] : [{ path, want, have }];
}

const own = (map: KubeObject, key: string) => (Object.hasOwn(map, key) ? map[key] : undefined);

/** Scalars in any order; maps by their names, where these tell them apart; otherwise one after the other. */
function lists(want: readonly unknown[], have: readonly unknown[], path: FieldPath): Found[] {
  if (![...want, ...have].some(x => typeof x === 'object')) return scalars(want, have, path);
  if (isOverrides(path) && [...want, ...have].every(x => textAt(x, 'name') !== ''))
    return overrides(want, have, path, walk);
  const ordered = byName(want, have) ?? have;
  const length = Math.max(want.length, ordered.length);
  return Array.from({ length }, (_, i) => walk(want[i], ordered[i], [...path, i])).flat();
}

/** What only one of the two has, side by side. */
function scalars(want: readonly unknown[], have: readonly unknown[], path: FieldPath): Found[] {
  const places = (all: readonly unknown[], others: readonly unknown[]) =>
    [...all.keys()].filter(i => !others.includes(all[i]));
  const [more, less] = [places(want, have), places(have, want)];
  return Array.from({ length: Math.max(more.length, less.length) }, (_, i) => {
    const [mine, theirs] = [more[i], less[i]];
    return {
      path: [...path, mine ?? theirs!],
      want: mine === undefined ? undefined : want[mine],
      have: theirs === undefined ? undefined : have[theirs],
    };
  });
}

/** The items that are there, each where the rendered one of its name is; those without one behind. */
function byName(want: readonly unknown[], have: readonly unknown[]): readonly unknown[] | undefined {
  const names = (all: readonly unknown[]) => all.map(x => textAt(x, 'name'));
  const [wanted, there] = [names(want), names(have)];
  const tells = (all: readonly string[]) => !all.includes('') && new Set(all).size === all.length;
  if (!tells(wanted) || !tells(there)) return undefined;
  const placed = wanted.map(name => have[there.indexOf(name)]);
  return [...placed, ...have.filter((_, i) => !wanted.includes(there[i]!))];
}

/** The scalars below, each with its place. */
function leaves(value: unknown, path: FieldPath): { path: FieldPath; value: unknown }[] {
  if (isNothing(value)) return [];
  if (Array.isArray(value)) return value.flatMap((x, i) => leaves(x, [...path, i]));
  if (isMap(value)) return Object.keys(value).flatMap(key => leaves(value[key], [...path, key]));
  return [{ path, value }];
}
