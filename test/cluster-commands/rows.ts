/** A thing that is wrong in a cluster, and what a command says of it. */
import type { Values } from '../../generator/values/maps.ts';
import type { ClusterObject } from '../support/cluster-answers.ts';
import { withObjects, without } from './run.ts';

export type Spoil = (healthy: readonly ClusterObject[]) => ClusterObject[] | Promise<ClusterObject[]>;
export interface Row {
  readonly name: string;
  readonly check: string;
  readonly spoil?: Spoil;
  readonly values?: Values;
  readonly version?: string;
  /** `what; what to do`, in order; none for a thing that is not wrong. */
  readonly want: readonly string[];
}
export const untouched: Spoil = all => [...all];
export const add =
  (...changed: readonly ClusterObject[]) =>
  (all: readonly ClusterObject[]) =>
    withObjects(all, ...changed);
export const remove = (kind: string, name?: string) => (all: readonly ClusterObject[]) => without(all, kind, name);

// biome-ignore lint/suspicious/noExplicitAny: tests reach into objects of any shape.
export type Loose = any;
/** Changes a copy of one object. */
export const change = (kind: string, name: string, spoil: (o: Loose) => void) => (all: readonly ClusterObject[]) =>
  all.map(o => {
    if (o.kind !== kind || o.metadata.name !== name) return o;
    const copy = structuredClone(o);
    spoil(copy as Loose);
    return copy;
  });
