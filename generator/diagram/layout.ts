/** The plan in pixels: as tall as its words need it. */
import { acrossArrows, downArrows } from './arrows.ts';
import type { Edge, Installation } from './installation.ts';
import { columns, planOf } from './plan.ts';
import { headHeight, leftOf, padding, type Room, roomsOf, width, wordsOf } from './rooms.ts';
import { type Rows, rowsOf } from './rows.ts';

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
export interface Box extends Rect {
  readonly kind: 'namespace' | 'party';
  readonly name: readonly string[];
  readonly details: readonly string[];
  readonly inMesh: boolean;
}
export interface Arrow {
  readonly edge: Edge;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** Words on either side of the line, or beside it where it runs down. */
  readonly above: readonly string[];
  readonly below: readonly string[];
}
export interface Layout {
  readonly width: number;
  readonly bottom: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

export function layoutOf(installation: Installation, top: number): Layout {
  const plan = planOf(installation);
  const rooms = roomsOf(plan, installation);
  const rows = rowsOf(plan, rooms, top);
  const boxes = new Map<string, Box>();
  for (const room of rooms) placeRoom(room, rows, boxes);
  return {
    width,
    bottom: rows.bottom,
    boxes: [...boxes.values()],
    arrows: [...acrossArrows(plan, boxes, rows), ...downArrows(plan, boxes)],
  };
}

function placeRoom(
  { seats, namespace, column, first, last, name, details }: Room,
  rows: Rows,
  boxes: Map<string, Box>,
): void {
  const left = leftOf(column);
  const bottomOf = (lane: number) => rows.top[lane]! + rows.height[lane]!;
  if (namespace !== undefined) {
    const top = rows.top[first]! - headHeight({ name, details });
    const height = bottomOf(last) + padding - top;
    boxes.set(`${column} ${namespace.key}`, {
      kind: 'namespace',
      name,
      details,
      inMesh: false,
      left,
      top,
      width: columns[column]!,
      height,
    });
  }
  const shift = namespace === undefined ? 0 : padding;
  for (const seat of seats)
    boxes.set(seat.party.name, {
      kind: 'party',
      ...wordsOf(seat),
      inMesh: seat.party.inMesh,
      left: left + shift,
      top: rows.top[seat.first]!,
      width: columns[column]! - 2 * shift,
      height: bottomOf(seat.last) - rows.top[seat.first]!,
    });
}
