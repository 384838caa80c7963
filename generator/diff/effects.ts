/** What a change will do: the rows of effects/ that match what differs, worst first. */
import { mapAt, nameOf, namespaceOf } from '../cluster/fields.ts';
import type { Manifest } from '../gotmpl/evaluate.ts';
import type { ValueChange } from './causes.ts';
import { either, type FieldChange, itemNames, kindOfId, leavesOf, type ObjectChange } from './change.ts';
import { sideOf } from './compare.ts';
import { certificateRows } from './effects/certificates.ts';
import { gatewayRows } from './effects/gateways.ts';
import { kafkaRows } from './effects/kafka.ts';
import { knativeRows } from './effects/knative.ts';
import { membershipRows } from './effects/membership.ts';
import { meshRows } from './effects/mesh.ts';
import { operatorRows } from './effects/operators.ts';
import { platformRows } from './effects/platform.ts';
import { policyRows } from './effects/policies.ts';
import { type EffectRow, type Leaf, type Seen, type Severity, severities, type ValueRow } from './effects/row.ts';
import { valueRows } from './effects/values.ts';

export interface Effect {
  readonly id: string;
  readonly severity: Severity;
  /** One sentence without its final stop. */
  readonly what: string;
  readonly source: string;
  /** The objects that have it; none for an effect of values. */
  readonly objects: readonly string[];
  /** The fields from which it comes, as `KnativeServing...: spec.workloads[0]`, and values. */
  readonly because: readonly string[];
}

export const effectRows: readonly EffectRow[] = [
  ...meshRows,
  ...membershipRows,
  ...gatewayRows,
  ...policyRows,
  ...certificateRows,
  ...knativeRows,
  ...kafkaRows,
  ...platformRows,
  ...operatorRows,
];
export { type ValueRow, valueRows };

/** Worst first; those of one row that say the same of several objects are one. */
export function effectsOf(
  changes: readonly ObjectChange[],
  values: readonly ValueChange[] = [],
  rows: readonly EffectRow[] = effectRows,
  ofValues: readonly ValueRow[] = valueRows,
): Effect[] {
  const found = [
    ...ofValues.flatMap(row => valueEffects(row, values)),
    ...changes.flatMap(change => rows.flatMap(row => objectEffects(row, change, changes))),
  ];
  const merged = new Map<string, Effect>();
  for (const effect of found) {
    const key = `${effect.id}\n${effect.what}`;
    const known = merged.get(key);
    const both = <K extends 'objects' | 'because'>(k: K) => [...new Set([...(known?.[k] ?? []), ...effect[k]])];
    merged.set(key, { ...effect, objects: both('objects'), because: both('because') });
  }
  const rank = ({ severity }: Effect) => severities.indexOf(severity);
  return [...merged.values()].sort((a, b) => rank(a) - rank(b));
}

function valueEffects({ id, severity, value, what, source }: ValueRow, values: readonly ValueChange[]): Effect[] {
  const because = values.filter(({ path }) => path === value);
  return because.map(v => ({ id, severity, what: what(v), source, objects: [], because: [v.path] }));
}

/** What Helm keeps is not deleted, whatever its kind; a hook runs and goes. */
const annotationOf = (object: Manifest, key: string) => mapAt(object, 'metadata', 'annotations')[key];
const isKept = ({ change, before }: ObjectChange) =>
  change === 'removed' && annotationOf(before!, 'helm.sh/resource-policy') === 'keep';
const isHook = (change: ObjectChange) => annotationOf(either(change), 'helm.sh/hook') !== undefined;

function objectEffects(row: EffectRow, change: ObjectChange, all: readonly ObjectChange[]): Effect[] {
  if (isHook(change) || isKept(change) !== (row.kept === true)) return [];
  if (row.change !== 'any' && row.change !== change.change) return [];
  if (row.kinds !== 'all' && !row.kinds.includes(kindOfId(change.object))) return [];
  const leaves = change.fields.flatMap(f => matching(row, f, change));
  if (change.change === 'changed' && leaves.length === 0) return [];
  const object = either(change);
  const seen: Seen = {
    ...{ before: change.before, after: change.after, leaves },
    ...{ name: nameOf(object), namespace: namespaceOf(object) },
    items: [...new Set(leaves.flatMap(l => l.items))],
    all,
  };
  if (row.when?.(seen) === false) return [];
  const fields = [...new Set(leaves.map(l => l.field))];
  const because = fields.length > 0 ? fields.map(f => `${change.object}: ${f}`) : [change.object];
  return [
    { id: row.id, severity: row.severity, what: row.what(seen), source: row.source, objects: [change.object], because },
  ];
}

function matching({ field }: EffectRow, change: FieldChange, { before, after }: ObjectChange): Leaf[] {
  const side = sideOf(change, before, after);
  return leavesOf(change)
    .map(steps => ({ steps, path: steps.join('.') }))
    .filter(({ path }) => field?.test(path) ?? true)
    .map(({ steps, path }) => ({
      ...{ path, field: change.path, items: itemNames(side, steps) },
      before: below(change.before, steps, change),
      after: below(change.after, steps, change),
    }));
}

/** What stands at a leaf, as far as that side has it. */
const below = (value: unknown, steps: Leaf['steps'], change: FieldChange): unknown =>
  (steps ?? [])
    .slice(change.steps.length)
    .reduce<unknown>(
      (x, step) =>
        typeof x === 'object' && x !== null ? (x as Readonly<Record<string | number, unknown>>)[step] : undefined,
      value,
    );
