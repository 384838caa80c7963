/** The words of the language that manifests are written in; functions are in functions.ts. */
import { presence } from './checks.ts';
import { type AnyExpr, ENTRIES, INCLUDE, type Spread, type When, when } from './expr.ts';
import { or } from './functions.ts';

export * from './expr.ts';

/** A map, left out where all its parts are: under the conditions of its fields and of the user's map in it. */
export function whenAny<const M extends object & Spread>(map: M): M | When<M> {
  const user = map[ENTRIES];
  const parts = [...Object.values(map).map(presence), ...(user ? [user.map] : [])];
  if (parts.length === 0 || parts.includes('always') || map[INCLUDE] !== undefined) return map;
  const conditions = parts as AnyExpr[];
  return when(conditions.length === 1 ? conditions[0]! : or(...conditions), map);
}
