/** The words at a line. */
import type { Edge } from './installation.ts';
import { gap } from './rooms.ts';
import { wrapped } from './wrap.ts';

/** Below a line between two columns. */
export const acrossLabel = (edge: Edge) =>
  [edge.ports.join(', '), edge.what, edge.remark ?? ''].flatMap(words => wrapped(words, gap));

/** Beside a line that runs down; where there are several, each has less room, and only its protection and ports. */
export function downLabel(edge: Edge, room: number, alone: boolean): string[] {
  const words = [`${edge.protection} ${edge.ports.join(', ')}`, ...(alone ? [edge.what, edge.remark ?? ''] : [])];
  return words.flatMap(one => wrapped(one, room));
}
