/**
 * Where everything stands. A grid of our own and no library that lays out any graph: the parties of this integration are
 * always the same, so each keeps its place in all pictures, and two of them can be compared; a line then needs no
 * routing, because it runs straight between two columns, or down in one.
 */
import type { Edge, Installation, Party } from './installation.ts';
import { names } from './places.ts';

/** Callers from outside, gateways, Knative, your namespaces. */
export const columns = [112, 150, 176, 158] as const;

/** Rows of the grid, from the top. In a row where a line crosses a column, that column has no box. */
export const lanes = [
  'top',
  'local',
  'direct',
  'activator',
  'autoscaler',
  'monitoring',
  'events',
  'delivery',
  'brokers',
] as const;
export type Lane = (typeof lanes)[number];

/** The row of a line between columns, by its ends; `gateway` is whatever the gateway is called. */
const laneOfEdge: Readonly<Record<string, Lane>> = {
  [`${names.router} gateway`]: 'local',
  [`${names.apps} gateway`]: 'local',
  [`gateway ${names.apps}`]: 'direct',
  [`gateway ${names.activator}`]: 'activator',
  [`${names.activator} ${names.apps}`]: 'activator',
  [`${names.eventing} gateway`]: 'events',
  [`${names.apps} ${names.eventing}`]: 'events',
  [`${names.eventing} ${names.apps}`]: 'delivery',
  [`${names.eventing} ${names.istiod}`]: 'delivery',
  [`${names.eventing} ${names.brokers}`]: 'brokers',
};
/** Column, and the row in which a party stands even if no line leads there. */
const placeOfParty: Readonly<Record<string, readonly [column: number, lane?: Lane]>> = {
  [names.clients]: [0, 'top'],
  [names.router]: [0],
  'istio-cni-node': [0, 'delivery'],
  gateway: [1],
  [names.istiod]: [1, 'delivery'],
  [names.activator]: [2],
  [names.autoscaler]: [2, 'autoscaler'],
  [names.prometheus]: [2, 'monitoring'],
  [names.eventing]: [2],
  [names.kubelet]: [3, 'top'],
  [names.apps]: [3, 'activator'],
  [names.brokers]: [3, 'brokers'],
};

/** Where only your pods have a proxy (Kourier), theirs stands for all, so istiod stands below them. */
const besideApps: typeof placeOfParty = { [names.istiod]: [3, 'brokers'], [names.brokers]: [1, 'brokers'] };

/** A party in the grid: its column, its first and its last row. */
export interface Seat {
  readonly party: Party;
  readonly column: number;
  readonly first: number;
  readonly last: number;
}
export interface Plan {
  readonly seats: readonly Seat[];
  /** Lines between columns, each with its row. */
  readonly across: readonly { readonly edge: Edge; readonly lane: number }[];
  /** Lines within a column. */
  readonly down: readonly Edge[];
}

export function planOf({ parties, edges }: Installation): Plan {
  const role = (name: string) => (name in placeOfParty ? name : parties.some(p => p.name === name) ? 'gateway' : name);
  const laneOf = ({ from, to }: Edge) => laneOfEdge[`${role(from)} ${role(to)}`];
  const across = edges.flatMap(edge => {
    const lane = laneOf(edge);
    return lane === undefined ? [] : [{ edge, lane: lanes.indexOf(lane) }];
  });
  const down = edges.filter(edge => laneOf(edge) === undefined);
  const places = down.some(({ from, to }) => from === names.apps && to === names.istiod)
    ? { ...placeOfParty, ...besideApps }
    : placeOfParty;
  const seats = parties.map((party): Seat => {
    const [column, lane = 'activator'] = places[role(party.name)]!;
    const touched = across.filter(({ edge }) => [edge.from, edge.to].includes(party.name)).map(each => each.lane);
    const rows = touched.length === 0 ? [lanes.indexOf(lane)] : touched;
    return { party, column, first: Math.min(...rows), last: Math.max(...rows) };
  });
  return { seats, across, down };
}
