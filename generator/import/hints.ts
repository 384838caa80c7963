/** What a difference tells of the value that it comes from. */
import { at, type KubeObject } from '../cluster/fields.ts';
import type { Explained } from '../explain/objects.ts';
import type { FieldPath } from '../gotmpl/trace.ts';
import type { FieldDifference } from './compare.ts';
import type { Hint } from './guesses.ts';

/** What the difference says of the field, and of the list that it is in. */
export function hintFor(
  { path, want, have }: FieldDifference,
  rendered: KubeObject,
  there: KubeObject | undefined,
  { traced }: Explained,
): Hint {
  const list = path.findIndex(step => typeof step === 'number');
  const place = list === -1 ? undefined : path.slice(0, list);
  // The list of a scalar is the innermost, as in spec.egress[2].to[0].namespaceSelector.matchExpressions[0].values[3].
  const innermost = typeof path.at(-1) === 'number' ? path.slice(0, -1) : place;
  const [inRelease, inPlace] = [rendered, there].map(object => listOf(object, innermost));
  const fieldsOf = traced.fields.filter(f => place?.every((step, i) => f.path[i] === step) === true);
  return {
    want,
    have,
    plus: inPlace!.filter(x => !inRelease!.includes(x)),
    minus: inRelease!.filter(x => !inPlace!.includes(x)),
    items: listOf(there, place),
    keys: new Map(
      fieldsOf.flatMap(f =>
        f.path.length === (place?.length ?? 0) + 2 && f.values.length === 1
          ? [[f.values[0]!.split('.').at(-1)!, String(f.path.at(-1))] as const]
          : [],
      ),
    ),
    last: path.slice(-2).map(String),
  };
}

function listOf(object: KubeObject | undefined, place: FieldPath | undefined): readonly unknown[] {
  const found = place === undefined ? undefined : at(object, ...place);
  return Array.isArray(found) ? found : [];
}
