/** What there is to say of a field, an object and a value. Data: text.ts makes words of it. */
import { isDeepStrictEqual } from 'node:util';
import { defaults, fields as fieldsOf, typeWords } from '../emit/fields.ts';
import { placeText } from '../findings.ts';
import type { Schema } from '../gotmpl/expr.ts';
import type { FieldPath } from '../gotmpl/trace.ts';
import { addUsage, noUsage } from '../gotmpl/usage.ts';
import type { Chart, Rule } from '../model/chart.ts';
import { ruleSentence } from '../model/rule-words.ts';
import type { Environment } from '../values/environments.ts';
import { fieldPath, type ValuePath } from '../values/path.ts';
import { mayTell } from '../values/private-key.ts';
import { holdsSecret, schemaAt, type ValuesSchema } from '../values/schema-path.ts';
import type { Explained, LeftOut } from './objects.ts';
import { type Mesh, type Why, whyOf } from './why.ts';

export const notShown = '(not shown)';

/** A value that a field is made of, or depends on. */
export interface Use {
  readonly path: string;
  readonly value: unknown;
  /** The file and line that set it; `default`; or `Helm` for what Helm says itself. */
  readonly from: string;
}
export interface FieldAnswer {
  readonly object: string;
  /** Of the object. */
  readonly source: string;
  readonly template: string;
  readonly field: string;
  readonly value: unknown;
  /** The same for all values: the chart decides. */
  readonly fixed: boolean;
  readonly madeOf: readonly Use[];
  readonly dependsOn: readonly Use[];
  /** The sentences of the model beside it. */
  readonly notes: readonly string[];
  readonly differences: readonly Why[];
}
export interface ObjectAnswer {
  readonly object: string;
  readonly what: string;
  readonly source: string;
  readonly stage: string;
  readonly template: string;
  readonly model: string;
  readonly dependsOn: readonly Use[];
  readonly differences: readonly Why[];
  readonly fields: readonly FieldAnswer[];
  /** Fields that these values leave out, and what decides that. */
  readonly leftOut: readonly { readonly field: string; readonly dependsOn: readonly Use[] }[];
}
export interface ValueAnswer {
  readonly value: string;
  readonly title: string;
  readonly meaning: string;
  readonly type: string;
  readonly default: unknown;
  readonly is: unknown;
  readonly from: string;
  /** Fields that are made of it. */
  readonly fields: readonly { readonly object: string; readonly field: string }[];
  /** Objects and fields whose being there depends on it. */
  readonly decides: readonly { readonly object: string; readonly field: string }[];
  /** Templates that it keeps from rendering anything, or everything. */
  readonly leftOut: readonly { readonly template: string; readonly what: string }[];
  /** The values are refused when this one ... */
  readonly refused: readonly string[];
}

/** What the answers are about: a chart, the values of an environment, and what they render. */
export interface About {
  readonly chart: Chart;
  readonly environment: Environment;
  readonly objects: readonly Explained[];
  readonly leftOut: readonly LeftOut[];
}

export function answerObject(about: About, explained: Explained): ObjectAnswer {
  const { title, template, model, resource, traced } = explained;
  return {
    object: title,
    what: resource.doc,
    source: resource.source,
    stage: resource.stage,
    template,
    model,
    dependsOn: traced.conditions.map(useOf(about)),
    differences: whyOf(traced.object, meshOf(about)),
    fields: traced.fields.map(f => answerField(about, explained, f.path)),
    leftOut: traced.absent.map(a => ({ field: fieldPath(a.path), dependsOn: a.conditions.map(useOf(about)) })),
  };
}

/** Throws a TypeError where the object has no such field. */
export function answerField(about: About, explained: Explained, path: FieldPath): FieldAnswer {
  const { title, traced, template, resource } = explained;
  const text = fieldPath(path);
  const field = traced.fields.find(f => fieldPath(f.path) === text);
  if (field === undefined) throw new TypeError(`${title} has no field ${text}`);
  const secret =
    field.values.some(isSecretIn(about.chart)) ||
    (traced.object.kind === 'Secret' && path[0] === 'data') ||
    !mayTell(field.value);
  return {
    object: title,
    source: resource.source,
    template,
    field: text,
    value: secret ? notShown : field.value,
    fixed: field.values.length === 0,
    madeOf: field.values.map(useOf(about)),
    dependsOn: field.conditions.map(useOf(about)),
    notes: field.notes,
    differences: whyOf(traced.object, meshOf(about), path),
  };
}

/** Of a value, or a group of values. `path` must be one of the schema's. */
export function answerValue(about: About, path: ValuePath): ValueAnswer {
  const { chart, objects, leftOut } = about;
  const schema = schemaAt(chart.values as unknown as ValuesSchema, path) as unknown as Schema & {
    title: string;
    description: string;
  };
  const text = fieldPath(path);
  const uses = (all: readonly string[]) => all.some(use => within(use, text));
  const use = useOf(about)(text);
  const whole = objects.filter(o => uses(o.traced.conditions)).map(o => ({ object: o.title, field: '' }));
  return {
    value: text,
    title: schema.title,
    meaning: schema.description,
    type: schema.properties === undefined ? typeWords(schema) : 'group of values',
    default: holdsSecret(schema as unknown as ValuesSchema) ? '' : defaults(schema),
    is: use.value,
    from: use.from,
    fields: places(objects, f => uses(f.values)),
    decides: [...whole, ...places(objects, f => uses(f.conditions) && !uses(f.values))],
    leftOut: [
      ...new Map(
        leftOut.filter(l => uses(l.conditions)).map(l => [l.template, { template: l.template, what: l.resource.doc }]),
      ).values(),
    ],
    refused: chart.rules
      .filter(rule => rulesUse(rule, text))
      .map(rule => `${rule.path.keys.join('.')} ${ruleSentence(rule.refuse)}`),
  };
}

/** A rule concerns the value that it refuses, and those by which it does. */
function rulesUse({ path, refuse }: Rule, value: string): boolean {
  const usage = noUsage();
  addUsage(refuse, usage);
  return [path.keys.join('.'), ...usage.values].some(use => within(use, value));
}

const places = (objects: readonly Explained[], where: (field: Explained['traced']['fields'][number]) => boolean) =>
  objects.flatMap(o => o.traced.fields.filter(where).map(f => ({ object: o.title, field: fieldPath(f.path) })));

/** `use` is the value at `path`, a part of it, or what contains it. */
const within = (use: string, path: string) =>
  use === path || ['.', '['].some(end => use.startsWith(path + end) || path.startsWith(use + end));

const helm: Readonly<Record<string, string>> = {
  '.Release.Name': 'name of the release',
  '.Release.Namespace': 'namespace of the release',
  '.Release.Revision': 'revision of the release',
  '.Release.Service': 'Helm',
  '.Chart.Name': 'name of the chart',
  '.Chart.Version': 'version of the chart',
  '.Chart.AppVersion': 'appVersion of the chart',
  '.Cluster': 'what the chart sees in the cluster at install',
};

/** The value at a path such as `kafka.listeners[0].port`, and who set it. */
const useOf =
  ({ chart, environment }: About) =>
  (path: string): Use => {
    if (path.startsWith('.')) return { path: helm[path] ?? path, value: undefined, from: 'Helm' };
    const steps = stepsOf(path);
    // A key may stand in a value that is for none, as in serving.config.
    const secret = isSecretIn(chart)(path) || !mayTell(at(environment.values, steps));
    const set = at(environment.overrides, steps) !== undefined;
    const value = at(environment.values, steps);
    const from = set ? placeText(environment.placeOf(steps)) : 'default';
    return { path, value: secret && value !== '' ? notShown : value, from };
  };

/** `kafka.listeners[0].port` and `commonLabels["example.com/team"]` as steps. */
export const stepsOf = (path: string): ValuePath =>
  [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(([, index, quoted, key]) =>
    index !== undefined ? Number(index) : quoted !== undefined ? (JSON.parse(quoted) as string) : key!,
  );

const at = (values: unknown, path: ValuePath): unknown =>
  path.reduce<unknown>(
    (x, step) =>
      typeof x === 'object' && x !== null && Object.hasOwn(x, step)
        ? (x as Record<string | number, unknown>)[step]
        : undefined,
    values,
  );

const isSecretIn = (chart: Chart) => (path: string) =>
  !path.startsWith('.') && holdsSecret(schemaAt(chart.values as unknown as ValuesSchema, stepsOf(path)));

/** Charts without a mesh of their own have no rows. */
const meshOf = ({ environment }: About): Mesh => ({
  generation: String(at(environment.values, ['mesh', 'generation'])),
  namespace: String(at(environment.values, ['mesh', 'namespace'])),
});

/** All values of the chart that have a default of their own. */
export const valuePaths = (chart: Chart): readonly string[] => fieldsOf(chart.values as Schema).map(f => f.path);
export const isDefault = (value: { readonly default: unknown; readonly is: unknown }) =>
  isDeepStrictEqual(value.default, value.is);
