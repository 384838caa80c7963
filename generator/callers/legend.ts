/** The limits of a matrix by number, so that a cell has room for them. */

import type { Limit } from './limits.ts';
import type { Cell, Matrix } from './matrix.ts';

export interface Legend {
  /** What the numbers mean, from 1 on. */
  readonly limits: readonly string[];
  /** What stands in a cell: nothing, `all`, `open`, or numbers, with the tenant whose namespaces N stands for: `3a`. */
  readonly tokens: (cell: Cell) => readonly string[];
}

export function legendOf({ cells }: Matrix): Legend {
  const all = cells.flat().flatMap(cell => (cell === 'open' ? [] : cell));
  const limits = [...new Set(all.map(({ words }) => words))].filter(words => words !== '');
  const token = ({ words, tenants }: Limit) =>
    words === '' ? 'all' : `${limits.indexOf(words) + 1}${tenants.join('+')}`;
  return { limits, tokens: cell => (cell === 'open' ? ['open'] : cell.map(token)) };
}
