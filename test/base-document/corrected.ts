import { isDeepStrictEqual } from 'node:util';
import type { Erratum } from '../../generator/errata.ts';
import { parseAsHelm } from '../support/helm-yaml.ts';
import { isMap } from './differences.ts';

type Key = string | number;
type Keys = readonly Key[];
interface Leaf {
  readonly keys: Keys;
  readonly value: unknown;
}

/**
 * The object with one listed difference made. Undefined where the object does not have what the row says about the
 * document, so that there is nothing to correct.
 */
export function corrected<T>(
  object: T,
  { path, document, ours }: Pick<Erratum, 'path' | 'document' | 'ours'>,
): T | undefined {
  const [from, to = from] = path.split(' -> ') as [string, string?];
  const result = structuredClone(object);
  const places = concrete(result, stepsOf(from)).filter(keys =>
    change(result, keys, beside(stepsOf(to), keys), document, ours),
  );
  return places.length > 0 ? result : undefined;
}

/** Takes away what the document has at `from`, puts ours to `to`; false, and nothing done, where it does not fit. */
function change(root: unknown, from: Keys, to: Keys, document: string, ours: string): boolean {
  const there = get(root, from);
  const whatever = document === '...';
  if (whatever && there === undefined) return false;
  const away = whatever ? [{ keys: from, value: there }] : leavesOf(yamlOf(document), from);
  const put = ours === '...' ? [{ keys: to, value: there }] : leavesOf(yamlOf(ours), to);
  const replaced = (keys: Keys) => away.some(leaf => isDeepStrictEqual(leaf.keys, keys));
  if (!away.every(leaf => isDeepStrictEqual(get(root, leaf.keys), leaf.value))) return false;
  if (!put.every(({ keys }) => get(root, keys) === undefined || replaced(keys))) return false;
  for (const { keys } of away) remove(root, keys);
  for (const { keys, value } of put) set(root, keys, value);
  return true;
}

const yamlOf = (text: string): unknown => (text === 'none' ? undefined : parseAsHelm(text));

function leavesOf(value: unknown, keys: Keys): Leaf[] {
  if (value === undefined) return [];
  return isMap(value)
    ? Object.entries(value).flatMap(([key, below]) => leavesOf(below, [...keys, key]))
    : [{ keys, value }];
}

/** `spec.ports[number=9095].name`, `spec.workloads[*]`, `spec.ingress[0]`: keys, and selections in brackets. */
const stepsOf = (path: string): string[] => path.match(/[^.[\]]+(?=\.|\[|$)|\[[^\]]+\]/g) ?? [];
const isSelection = (step: string) => step.startsWith('[');

/** Every place that a path means: its selections as positions in the lists that are there. */
function concrete(root: unknown, steps: readonly string[]): Keys[] {
  return steps.reduce<Keys[]>(
    (places, step) =>
      places.flatMap(keys =>
        isSelection(step) ? selected(get(root, keys), step).map(i => [...keys, i]) : [[...keys, step]],
      ),
    [[]],
  );
}

function selected(list: unknown, step: string): number[] {
  if (!Array.isArray(list)) return [];
  const [, key, value] = /^\[(\w+)=(.+)\]$/.exec(step) ?? [];
  const all = [...list.keys()];
  if (key !== undefined) return all.filter(i => String(list[i][key]) === value);
  return step === '[*]' ? all : all.filter(i => `[${i}]` === step);
}

/** The second path of a move, with the positions that the first one has. */
function beside(steps: readonly string[], keys: Keys): Keys {
  const positions = keys.filter(key => typeof key === 'number');
  return steps.map(step => (isSelection(step) ? positions.shift()! : step));
}

const get = (root: unknown, keys: Keys): unknown =>
  keys.reduce<unknown>((value, key) => (value as Record<Key, unknown> | undefined)?.[key], root);

function set(root: unknown, keys: Keys, value: unknown): void {
  const parent = keys.slice(0, -1).reduce(
    (map, key) => {
      map[key] ??= {};
      return map[key] as Record<Key, unknown>;
    },
    root as Record<Key, unknown>,
  );
  parent[keys.at(-1)!] = value;
}

/** With the maps that are empty then. */
function remove(root: unknown, keys: Keys): void {
  const parent = get(root, keys.slice(0, -1)) as Record<Key, unknown>;
  delete parent[keys.at(-1)!];
  if (keys.length > 1 && isMap(parent) && Object.keys(parent).length === 0) remove(root, keys.slice(0, -1));
}
