/** The rows of the grid in pixels. */
import { line } from '../svg/svg.ts';
import type { Edge } from './installation.ts';
import { acrossLabel, downLabel } from './labels.ts';
import { columns, lanes, type Plan } from './plan.ts';
import { headHeight, inset, padding, type Room, wordsOf } from './rooms.ts';

const laneHeight = 34;
/** From the top of a row to its line: room for a word above it. */
export const toLine = 26;
const between = 14;

export interface Rows {
  readonly top: readonly number[];
  readonly height: readonly number[];
  readonly bottom: number;
}

/** Rows that are used, each high enough for its lines and for the boxes that end in it. */
export function rowsOf({ seats, across, down }: Plan, rooms: readonly Room[], top: number): Rows {
  const isUsed = lanes.map((_, lane) => across.some(each => each.lane === lane) || seats.some(s => s.first === lane));
  const height = isUsed.map((used): number => (used ? laneHeight : 0));
  const before = lanes.map((_, lane) => {
    const heads = rooms
      .filter(room => room.first === lane)
      .map(room => between + headHeight(room) + (room.namespace ? padding : 0));
    const starts = seats.filter(seat => seat.first === lane).map(() => between);
    return Math.max(0, ...heads, ...starts);
  });
  for (const { edge, lane } of across)
    height[lane] = Math.max(height[lane]!, toLine + acrossLabel(edge).length * line + 8);
  for (const edge of down) {
    const lower = lowerEnd(edge, rooms);
    before[lower.lane] = Math.max(
      before[lower.lane]!,
      lower.head + downLabel(edge, columns[0], true).length * line + 16,
    );
  }
  const sum = (first: number, last: number) =>
    lanes.reduce(
      (all, _, lane) =>
        all + (lane > first && lane <= last ? before[lane]! : 0) + (lane >= first && lane <= last ? height[lane]! : 0),
      0,
    );
  for (const lane of lanes.keys())
    for (const seat of seats.filter(({ last }) => last === lane)) {
      const words = wordsOf(seat);
      const missing = headHeight(words) + inset - sum(seat.first, lane);
      height[lane] = height[lane]! + Math.max(0, missing);
    }
  const tops: number[] = [];
  let y = top;
  for (const lane of lanes.keys()) {
    y += isUsed[lane] ? before[lane]! : 0;
    tops.push(y);
    y += height[lane]!;
  }
  return { top: tops, height, bottom: y + padding };
}

/** The row before which a line in a column needs room, and what else stands in that room. */
function lowerEnd({ from, to }: Edge, rooms: readonly Room[]) {
  const ends = [from, to].map(name => {
    const room = rooms.find(r => r.namespace?.key === name || r.seats.some(s => s.party.name === name))!;
    const seat = room.seats.find(s => s.party.name === name);
    return { room, lane: seat?.first ?? room.first };
  });
  const [upper, lower] = ends[0]!.lane <= ends[1]!.lane ? [ends[0]!, ends[1]!] : [ends[1]!, ends[0]!];
  const isWithin = upper.room === lower.room;
  const borders = [upper, lower].filter(({ room }) => room.namespace !== undefined).length * padding;
  return { lane: lower.lane, head: isWithin ? 0 : (lower.room.namespace ? headHeight(lower.room) : 0) + borders };
}
