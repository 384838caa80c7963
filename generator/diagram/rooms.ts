/** Boxes before they have a place: what stands together in a column, and its words. */
import { line, margin } from '../svg/svg.ts';
import type { Installation, Namespace } from './installation.ts';
import { columns, type Plan, type Seat } from './plan.ts';
import { short, wrapped } from './wrap.ts';

/** Between two columns. */
export const gap = 104;
/** From the border of a namespace to the boxes in it. */
export const padding = 10;
/** From the border of a box to its words. */
export const inset = 8;

export const width = 2 * margin + columns.reduce((sum, one) => sum + one, 0) + (columns.length - 1) * gap;
export const leftOf = (column: number): number =>
  margin + columns.slice(0, column).reduce((sum, one) => sum + one, 0) + column * gap;

export interface Room {
  readonly seats: readonly Seat[];
  readonly namespace?: Namespace | undefined;
  readonly column: number;
  readonly first: number;
  readonly last: number;
  readonly name: readonly string[];
  readonly details: readonly string[];
}

/** Parties of one namespace in one column, or a single one that is in none. */
export function roomsOf({ seats }: Plan, { namespaces }: Installation): Room[] {
  const grouped = new Map<string, Seat[]>();
  for (const seat of seats) {
    const key = `${seat.column} ${seat.party.namespace ?? ` ${seat.party.name}`}`;
    grouped.set(key, [...(grouped.get(key) ?? []), seat]);
  }
  return [...grouped.values()].map(group => {
    const [{ column, party }] = group as [Seat];
    const namespace = namespaces.find(({ key }) => key === party.namespace);
    const room = columns[column]! - 2 * inset;
    return {
      seats: group,
      namespace,
      column,
      first: Math.min(...group.map(seat => seat.first)),
      last: Math.max(...group.map(seat => seat.last)),
      name: short(namespace?.title ?? []).flatMap(words => wrapped(words, room)),
      details: (namespace?.details ?? []).flatMap(words => wrapped(words, room)),
    };
  });
}
/** Height of the words at the top of a box. */
export const headHeight = ({ name, details }: Pick<Room, 'name' | 'details'>) =>
  (name.length + details.length) * line + inset;

/** The words of a party, as they stand in its box. */
export function wordsOf({ party, column }: Seat) {
  const room = columns[column]! - 2 * inset - (party.namespace === undefined ? 0 : 2 * padding);
  return {
    name: wrapped(party.name, room),
    details: [...party.details, ...short(party.hosts ?? [])].flatMap(words => wrapped(words, room)),
  };
}
