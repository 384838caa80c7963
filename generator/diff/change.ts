/** What differs between two sides: objects, their fields, and why. Data that text.ts, json.ts and the effects read. */
import type { FieldChange as Difference } from '../differences/fields.ts';
import type { Manifest } from '../gotmpl/evaluate.ts';

export interface FieldChange extends Difference {
  /** As `spec.workloads[0].labels["sidecar.istio.io/inject"]`: the place before, or that after for what is new. */
  readonly path: string;
  /** The name of the nearest item of a list that has one, as `activator`. */
  readonly item?: string;
  /** It may be told that it differs, and no more. */
  readonly hidden: boolean;
  /** Paths of the values from which the difference comes, as far as it is known. */
  readonly values: readonly string[];
}

export interface ObjectChange {
  /** `Gateway.networking.istio.io knative-serving/knative-ingress-gateway`. */
  readonly object: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before?: Manifest;
  readonly after?: Manifest;
  /** Of a changed object. */
  readonly fields: readonly FieldChange[];
  /** Of an object that is there on one side only. */
  readonly values: readonly string[];
  /** Where it stands, as `mesh.yaml:12`, in a folder. */
  readonly place?: string;
  /** Whose it is, where it is not this release's. */
  readonly owner?: string;
}

/** Something that could not be looked at. */
export interface Unlooked {
  readonly object: string;
  readonly why: string;
  readonly remedy: string;
}

/** `Gateway.networking.istio.io`. */
export const kindOfId = (object: string): string => object.slice(0, object.indexOf(' '));
export const placeOfId = (object: string): string => object.slice(object.indexOf(' ') + 1);
/** The object of either side. */
export const either = ({ before, after }: ObjectChange): Manifest => (after ?? before)!;

type Steps = readonly (string | number)[];

/** The paths of all scalars, and empty maps and lists, of what differs. */
export function leavesOf({ steps, before, after }: Difference): Steps[] {
  const found: Steps[] = [];
  const walk = (x: unknown, at: Steps): void => {
    if (typeof x !== 'object' || x === null || Object.keys(x).length === 0) found.push(at);
    else if (Array.isArray(x)) for (const [i, item] of x.entries()) walk(item, [...at, i]);
    else for (const [key, item] of Object.entries(x)) walk(item, [...at, key]);
  };
  if (before !== undefined) walk(before, steps);
  if (after !== undefined) walk(after, steps);
  return [...new Map(found.map(leaf => [JSON.stringify(leaf), leaf])).values()];
}

export const valueAt = (value: unknown, steps: Steps): unknown =>
  steps.reduce<unknown>(
    (x, step) =>
      typeof x === 'object' && x !== null && Object.hasOwn(x, step)
        ? (x as Readonly<Record<string | number, unknown>>)[step]
        : undefined,
    value,
  );

/** The names of the items of lists through which a path leads, on the side that has it: `['activator']`. */
export function itemNames(object: unknown, steps: Steps): string[] {
  return steps.flatMap((step, i) => {
    if (typeof step !== 'number') return [];
    const name = valueAt(object, [...steps.slice(0, i + 1), 'name']);
    return typeof name === 'string' ? [name] : [];
  });
}
