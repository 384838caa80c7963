/**
 * The model read backwards: items of a value's list, or entries of its map, off what a loop or a spread has made of them.
 * What no loop could have made is none of them.
 */
import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../cluster/fields.ts';
import { isExpr, isNode, type Path } from '../gotmpl/expr.ts';
import type { Values } from '../values/maps.ts';
import { isMap } from '../values/maps.ts';
import { templatesOf } from './distance.ts';
import { ANY, type Made, madeBy } from './loops.ts';
import { apart } from './overrides.ts';
import { withValue } from './setting.ts';

/** Values that the setting could have, for what these objects have where the templates put it; most likely first. */
export function readBack(setting: string, objects: readonly KubeObject[]): unknown[] {
  const found = objects.flatMap(object =>
    madeFor(setting, object)
      .filter(made => !made.whole)
      .flatMap(made => partsAt(apart(object), made.at).map(part => settingFrom(made, part))),
  );
  return distinct(found.filter(value => value !== undefined));
}

/** The item that such an object as a whole is made of; undefined where none could be. */
export function itemOf(setting: string, object: KubeObject): unknown {
  const [made] = madeFor(setting, object).filter(m => m.whole);
  return made?.as === undefined ? undefined : readItem(made.as, made.body, bare(object));
}

const madeFor = (setting: string, object: KubeObject): Made[] =>
  distinct(templatesOf(object).map(k => k.template)).flatMap(template =>
    madeBy(template).filter(made => made.setting === setting),
  );

const distinct = <T>(all: readonly T[]): T[] => all.filter((x, i) => all.findIndex(y => isDeepStrictEqual(x, y)) === i);

/** Without what others than the template write. */
function bare({ metadata, status: _, ...rest }: KubeObject): KubeObject {
  const { name, namespace } = metadata as KubeObject;
  return { ...rest, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
}

/** Everything at the path, in which ANY stands for each item of a list. */
function partsAt(part: unknown, [step, ...rest]: Made['at']): unknown[] {
  if (step === undefined) return [part];
  if (step === ANY) return Array.isArray(part) ? part.flatMap(item => partsAt(item, rest)) : [];
  return isMap(part) && Object.hasOwn(part, step) ? partsAt(part[step], rest) : [];
}

function settingFrom(made: Made, part: unknown): unknown {
  if (made.as === undefined)
    return isMap(part)
      ? Object.fromEntries(Object.entries(part).filter(([key]) => !made.reserved.includes(key)))
      : undefined;
  const { as, body } = made;
  return Array.isArray(part)
    ? part.map(item => readItem(as, body, item)).filter(item => item !== undefined)
    : undefined;
}

/** What the loop variable was, where the body became this; undefined where it could not. */
function readItem(as: string, body: unknown, there: unknown): unknown {
  let item: unknown;
  const take = (keys: readonly string[], value: unknown): void => {
    item = keys.length === 0 ? value : withValue((item ?? {}) as Values, keys.join('.'), value);
  };
  return matches(body, there, `$${as}`, take) ? item : undefined;
}

type Take = (keys: readonly string[], value: unknown) => void;

function matches(n: unknown, there: unknown, base: string, take: Take): boolean {
  if (isExpr(n)) {
    if (n.kind === 'path' && n.base === base && there !== undefined) take((n as Path).keys, there);
    return there !== undefined;
  }
  if (isNode(n)) {
    if (n.kind === 'when' && there === undefined) return true;
    if (n.kind === 'format') return typeof there === 'string';
    return matches((n as { body?: unknown }).body, there, base, take);
  }
  if (Array.isArray(n))
    return Array.isArray(there) && n.length === there.length && n.every((x, i) => matches(x, there[i], base, take));
  if (typeof n === 'object' && n !== null) return mapMatches(n as KubeObject, there, base, take);
  return n === there;
}

/** Labels and annotations are anybody's. */
const anybodys = ['labels', 'annotations'];
function mapMatches(fields: KubeObject, there: unknown, base: string, take: Take): boolean {
  if (!isMap(there)) return false;
  const keys = Object.keys(fields).filter(key => there[key] !== undefined || !anybodys.includes(key));
  return (
    Object.keys(there).every(key => Object.hasOwn(fields, key)) &&
    keys.every(key => matches(fields[key], there[key], base, take))
  );
}
