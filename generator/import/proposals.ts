/** Which other values could bring the chart nearer to what is there: read off the trace of what it renders. */
import { type KubeObject, nameOf, namespaceOf, titleOf } from '../cluster/fields.ts';
import type { Field } from '../emit/fields.ts';
import type { Explained } from '../explain/objects.ts';
import type { FieldPath } from '../gotmpl/trace.ts';
import type { Values } from '../values/maps.ts';
import { fieldPath } from '../values/path.ts';
import { mayTell } from '../values/private-key.ts';
import type { FieldDifference } from './compare.ts';
import { idOf } from './compare.ts';
import { type Distance, type There, templatesOf } from './distance.ts';
import { type Hint, valuesFor } from './guesses.ts';
import { hintFor } from './hints.ts';
import { itemOf, readBack } from './read-back.ts';
import { settingOf, valueAt } from './setting.ts';

export interface Proposal {
  readonly path: string;
  readonly value: unknown;
  /** Where it was read, as `Gateway knative-serving/knative-ingress-gateway spec.servers[0].hosts`. */
  readonly from: string;
  /** The difference that it is about. */
  readonly about?: FieldDifference;
  /** The object that is missing or too many. */
  readonly whole?: KubeObject;
}

/** Whole objects first: they bring fields with them. */
export function* proposals(values: Values, distance: Distance, objects: readonly Explained[], there: There) {
  yield* forMissing(values, distance.missing);
  yield* forAdded(values, distance.added, objects);
  for (const difference of distance.fields) yield* forField(values, difference, objects, there);
}

function* propose(
  values: Values,
  paths: Iterable<string>,
  hint: Hint,
  from: string,
  of: Pick<Proposal, 'about' | 'whole'>,
  read: (setting: string) => readonly unknown[] = () => [],
) {
  const seen = new Set<Field>();
  for (const path of paths) {
    const setting = settingOf(path);
    if (setting === undefined || seen.has(setting)) continue;
    seen.add(setting);
    // What looks like a private key becomes no value: values are printed, and kept in repositories.
    const all = [...read(setting.path), ...valuesFor(setting, valueAt(values, setting.path), hint)].filter(mayTell);
    for (const value of all) yield { path: setting.path, value, from, ...of };
  }
}

/** Of several of one kind and name, all at once: a ServiceMeshMember in each namespace. */
function* forMissing(values: Values, missing: readonly KubeObject[]): Iterable<Proposal> {
  for (const object of missing) {
    const ofKind = missing.filter(o => o.kind === object.kind);
    const alike = ofKind.filter(o => nameOf(o) === nameOf(object));
    const named = templatesOf(object).filter(k => k.name === undefined || k.name === nameOf(object));
    const plus = alike.map(namespaceOf).filter(Boolean);
    const hint: Hint = { want: undefined, have: undefined, plus, minus: [] };
    yield* propose(
      values,
      named.flatMap(k => k.values),
      hint,
      titleOf(object),
      { whole: object },
      setting => withItems(valueAt(values, setting), setting, ofKind),
    );
  }
}

/** The list with an item for each of those that are made of one. */
function withItems(current: unknown, setting: string, missing: readonly KubeObject[]): readonly unknown[] {
  const items = missing.map(object => itemOf(setting, object)).filter(item => item !== undefined);
  return Array.isArray(current) && items.length > 0 ? [[...current, ...items]] : [];
}

function* forAdded(values: Values, added: readonly KubeObject[], objects: readonly Explained[]): Iterable<Proposal> {
  for (const object of added) {
    const traced = objects.find(o => o.title === titleOf(object))?.traced;
    const hint: Hint = { want: undefined, have: undefined, plus: [], minus: [namespaceOf(object), nameOf(object)] };
    yield* propose(values, traced?.conditions ?? [], hint, `there is no ${titleOf(object)}`, { whole: object });
  }
}

function* forField(
  values: Values,
  difference: FieldDifference,
  objects: readonly Explained[],
  there: There,
): Iterable<Proposal> {
  const explained = objects.find(o => o.title === difference.title);
  if (explained === undefined) return;
  const { traced } = explained;
  const have = there.objects.get(idOf(traced.object));
  const from = `${difference.title} ${fieldPath(listPath(difference.path))}`;
  const hint = hintFor(difference, traced.object as KubeObject, have, explained);
  const read = (setting: string) => readBack(setting, have === undefined ? [] : [have]);
  yield* propose(values, concerned(explained, difference.path), hint, from, { about: difference }, read);
}

/**
 * A condition inside of a part that is not rendered is not in the trace: so all switches of the template are proposed for a
 * field in such a part, to be tried in pairs.
 */
export function* forHidden(
  values: Values,
  fields: readonly FieldDifference[],
  objects: readonly Explained[],
): Iterable<Proposal> {
  for (const about of fields.filter(f => f.want === undefined)) {
    const explained = objects.find(o => o.title === about.title);
    if (explained === undefined || !isInAbsent(explained, about.path)) continue;
    const paths = templatesOf(explained.traced.object as KubeObject).flatMap(k => k.values);
    const switches = paths.filter(path => ['boolean', 'enum'].includes(kindOfSetting(path)));
    const hint: Hint = { want: undefined, have: about.have, plus: [], minus: [] };
    yield* propose(values, switches, hint, `${about.title} ${fieldPath(about.path)}`, { about });
  }
}

const kindOfSetting = (path: string): string => {
  const schema = settingOf(path)?.schema;
  return schema?.enum === undefined ? (schema?.type ?? '') : 'enum';
};

const within = (whole: FieldPath, part: FieldPath) => whole.every((step, i) => part[i] === step);
const isInAbsent = ({ traced }: Explained, path: FieldPath) =>
  traced.absent.some(
    a => a.path.length < path.length && within(a.path, path) && !traced.fields.some(f => within(a.path, f.path)),
  );

/** A list as a whole, not its items. */
const listPath = (path: FieldPath): FieldPath => (typeof path.at(-1) === 'number' ? path.slice(0, -1) : path);

/**
 * The values that the field is made of or depends on; where it is not rendered, those of the nearest part around it, and
 * those that leave something out of a list or a map around it.
 */
function concerned({ traced }: Explained, path: FieldPath): readonly string[] {
  const leftOut = traced.absent.filter(a => within(a.path, path)).flatMap(a => a.conditions);
  for (let length = path.length; length >= 0; length -= 1) {
    const around = path.slice(0, length);
    const fields = traced.fields.filter(f => within(around, f.path));
    const below = traced.absent.filter(a => a.path.length > length && within(around, a.path));
    const values = [
      ...fields.flatMap(f => f.values),
      ...below.flatMap(a => a.conditions),
      ...fields.flatMap(f => f.conditions),
    ].filter(isValue);
    if (values.length > 0) return [...new Set([...values, ...leftOut.filter(isValue)])];
  }
  return [...new Set(leftOut.filter(isValue))];
}

/** Not what Helm says, such as `.Release.Name`. */
const isValue = (path: string) => !path.startsWith('.');
