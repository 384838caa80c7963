/** The words that lines and the page for a terminal share. */
import { oneLine } from '../cluster/secrets.ts';
import { type FieldChange, kindOfId, type ObjectChange, placeOfId, type Unlooked } from './change.ts';
import { severityWords } from './effects/row.ts';
import type { Effect } from './effects.ts';

/** `Gateway knative-serving/knative-ingress-gateway`, on one line whatever a file calls it; the group only where a kind of the same name is in every cluster. */
export const titleOfId = (id: string): string => {
  const kind = kindOfId(id);
  return oneLine(`${kind === 'Service.serving.knative.dev' ? kind : kind.replace(/\..*/, '')} ${placeOfId(id)}`);
};
const withTitle = (because: string): string => because.replace(/^\S+ \S+?(?=:|$)/, titleOfId);

const longest = 120;
/** One line of limited length. Of a text of several lines, how many. */
export function shown(value: unknown, hidden: boolean): string {
  if (value === undefined) return '(nothing)';
  if (hidden) return '(not shown)';
  if (typeof value === 'string' && value.includes('\n'))
    return `(a text of ${value.trimEnd().split('\n').length} lines)`;
  const text = [...oneLine(JSON.stringify(value))];
  return text.length <= longest ? text.join('') : `${text.slice(0, longest - 1).join('')}…`;
}

/** `spec.workloads[0].resources (activator): "1" -> "2"`. */
export function fieldText(field: FieldChange): string {
  const { path, item, before, after, hidden } = field;
  const place = `${path}${item === undefined ? '' : ` (${oneLine(item)})`}`;
  if (hidden) return `${place}: differs (not shown)`;
  return `${place}: ${shown(before, false)} -> ${shown(after, false)}`;
}

export const byValues = (values: readonly string[]): string => (values.length === 0 ? '' : ` <- ${values.join(', ')}`);

/** Where it stands, and whose it is. */
export const about = ({ place, owner, values }: ObjectChange): string =>
  oneLine(
    `${place === undefined ? '' : ` in ${place}`}${owner === undefined ? '' : `, of ${owner}`}${byValues(values)}`,
  );

export const effectText = ({ objects, what }: Effect): string => {
  const [first, ...more] = objects.map(titleOfId);
  const who = first === undefined ? '' : `${first}${more.length === 0 ? '' : ` and ${more.length} more`}: `;
  return `${who}${what}`;
};
const fewest = 3;
/** ` <- ` and the first fields from which an effect comes, and how many more; JSON has all. Empty for an object that is new or gone. */
export function becauseText({ because, objects }: Effect): string {
  const [only, ...others] = objects;
  const isAlone = only !== undefined && others.length === 0;
  const all = because
    .filter(text => !objects.includes(text))
    .map(text => (isAlone && text.startsWith(`${only}: `) ? text.slice(only.length + 2) : withTitle(text)));
  const more = all.length > fewest ? ` and ${all.length - fewest} more` : '';
  return all.length === 0 ? '' : ` <- ${all.slice(0, fewest).join(', ')}${more}`;
}
export const meaning = ({ severity }: Effect): string => severityWords[severity];

/** A sentence for each reason: a server that refuses the user does so for every object. */
export function unlookedTexts(unlooked: readonly Unlooked[]): string[] {
  const reasons = new Map<string, string[]>();
  for (const { object, why, remedy } of unlooked) {
    const reason = `${why}; ${remedy}`;
    reasons.set(reason, [...(reasons.get(reason) ?? []), titleOfId(object)]);
  }
  return [...reasons].flatMap(([reason, objects]) =>
    objects.length < many ? objects.map(object => `${object}: ${reason}`) : [`${objects.length} objects: ${reason}`],
  );
}

const many = 4;
export interface Shared {
  readonly field: FieldChange;
  readonly objects: readonly string[];
}
/** The differences that many objects have alike, such as a common label; and the others of each object. */
export function shareOut(objects: readonly ObjectChange[]): {
  readonly shared: readonly Shared[];
  readonly own: readonly ObjectChange[];
} {
  const key = (f: FieldChange) => JSON.stringify([f.path, f.before, f.after]);
  const all = new Map<string, { field: FieldChange; objects: string[] }>();
  for (const { object, fields } of objects)
    for (const field of fields) {
      const known = all.get(key(field)) ?? { field, objects: [] };
      known.objects.push(object);
      all.set(key(field), known);
    }
  const isShared = (f: FieldChange) => all.get(key(f))!.objects.length >= many;
  const own = objects
    .map(o => ({ ...o, fields: o.fields.filter(f => !isShared(f)) }))
    .filter(o => o.change !== 'changed' || o.fields.length > 0);
  return { shared: [...all.values()].filter(s => s.objects.length >= many), own };
}
