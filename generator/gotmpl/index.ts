/** The words of the language that manifests are written in; functions are in functions.ts. */
import { GeneratorError } from '../errors.ts';
import { type AnyExpr, ENTRIES, INCLUDE, type Spread, type When, when } from './expr.ts';
import { or } from './functions.ts';
import { asCondition, presence } from './presence.ts';
import { exprText } from './text.ts';

export * from './expr.ts';

/** A map, left out where all its parts are: under the conditions of its fields and of the user's map in it. */
export function whenAny<const M extends object & Spread>(map: M): M | When<M> {
  const user = map[ENTRIES];
  const parts = [...Object.values(map).map(field => presence(field)), ...(user ? [[user.map]] : [])];
  if (parts.length === 0 || parts.some(p => p.length === 0) || map[INCLUDE] !== undefined) return map;
  const conditions = parts.map(asCondition);
  if (!conditions.every((c): c is AnyExpr => c !== undefined))
    throw new GeneratorError('whenAny: cannot tell when a part of the map is there; write the when() around it.');
  const distinct = [...new Map(conditions.map(c => [exprText(c, ''), c])).values()];
  return when(distinct.length === 1 ? distinct[0]! : or(...distinct), map);
}
