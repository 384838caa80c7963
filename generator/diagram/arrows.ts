/** Lines with their ends and words. */

import { acrossLabel, downLabel } from './labels.ts';
import type { Arrow, Box } from './layout.ts';
import type { Plan } from './plan.ts';
import { inset } from './rooms.ts';
import { type Rows, toLine } from './rows.ts';

export function acrossArrows({ across }: Plan, boxes: ReadonlyMap<string, Box>, rows: Rows): Arrow[] {
  return across.map(({ edge, lane }) => {
    const [from, to] = [boxes.get(edge.from)!, boxes.get(edge.to)!];
    const y = rows.top[lane]! + toLine;
    const isRight = from.left < to.left;
    return {
      edge,
      from: [isRight ? from.left + from.width : from.left, y],
      to: [isRight ? to.left : to.left + to.width, y],
      above: [edge.protection],
      below: acrossLabel(edge),
    };
  });
}

/** Lines that run down or up meet another namespace at its border, for above its boxes it has words. */
export function downArrows({ down, seats }: Plan, boxes: ReadonlyMap<string, Box>): Arrow[] {
  const seatOf = (name: string) => seats.find(({ party }) => party.name === name);
  const border = (name: string) => {
    const seat = seatOf(name) ?? seats.find(({ party }) => party.namespace === name)!;
    return boxes.get(`${seat.column} ${seat.party.namespace}`) ?? boxes.get(name)!;
  };
  return down.map(edge => {
    const [own, other] = [edge.from, edge.to].map(name => seatOf(name)?.party.namespace);
    const isInside = own !== undefined && own === other;
    const [from, to] = [edge.from, edge.to].map(isInside ? name => boxes.get(name)! : border) as [Box, Box];
    const beside = down.filter(other => other.from === edge.from && other.to === edge.to);
    const part = from.width / beside.length;
    const x = Math.max(from.left, to.left) + 2 * inset + beside.indexOf(edge) * part;
    const isDown = from.top < to.top;
    return {
      edge,
      from: [x, isDown ? from.top + from.height : from.top],
      to: [x, isDown ? to.top : to.top + to.height],
      above: [],
      below: downLabel(edge, part - 2 * inset, beside.length === 1),
    };
  });
}
