/** How far what the chart renders for some values is from what is there. */
import type { KubeObject } from '../cluster/fields.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { evaluateChart } from '../render/evaluate-chart.ts';
import { checkValues, type ValueFinding } from '../values/environments.ts';
import type { Values } from '../values/maps.ts';
import { type FieldDifference, fieldDifferences, idOf } from './compare.ts';
import { comparable, known } from './templates.ts';

/** The objects that are there, by `idOf`. */
export interface There {
  readonly objects: ReadonlyMap<string, KubeObject>;
  readonly inFolder: boolean;
  /** Of those whose name the chart does not fix, the ones that belong to this installation: its control plane, its certificate. */
  readonly recognised: ReadonlySet<string>;
}

export interface Distance {
  readonly fields: readonly FieldDifference[];
  /** Rendered, and not there. */
  readonly added: readonly KubeObject[];
  /** There, of a name that only the chart's objects have, and not rendered. */
  readonly missing: readonly KubeObject[];
  /** What the chart refuses in the values. */
  readonly findings: readonly ValueFinding[];
  readonly cost: number;
}

/**
 * An object that is not taken over weighs more than all fields that could differ in it, however many there are; a refusal
 * more than a few fields.
 */
const weight = { missing: 40, added: 4, refusal: 6, fields: 35 };
const weightOf = (fields: number) => (weight.fields * fields) / (weight.fields + fields);
export const release = { name: serverlessMesh.name, namespace: 'default' };

export const renderedFor = (values: Values): KubeObject[] =>
  evaluateChart(comparable, values, release).flatMap(({ object }) =>
    object.kind === 'List' ? (object.items as KubeObject[]) : [object],
  );

/** Throws where the values do not satisfy the schema: nothing can be rendered for them. */
export function distanceOf(values: Values, there: There): Distance {
  const findings = checkValues(serverlessMesh, values);
  const rendered = renderedFor(values);
  const ids = new Set(rendered.map(idOf));
  const fields: FieldDifference[] = [];
  const added: KubeObject[] = [];
  let differing = 0;
  for (const want of rendered) {
    const have = there.objects.get(idOf(want));
    if (have === undefined) added.push(want);
    else {
      const found = fieldDifferences(want, have, there.inFolder);
      differing += weightOf(found.length);
      fields.push(...found);
    }
  }
  const missing = [...there.objects]
    .filter(([id, o]) => !ids.has(id) && (there.recognised.has(id) || isOfChart(o)))
    .map(([, o]) => o);
  const cost =
    differing + weight.added * added.length + weight.missing * missing.length + weight.refusal * findings.length;
  return { fields, added, missing, findings, cost };
}

const wholeGroup = (apiVersion: string) => (apiVersion.includes('/') ? apiVersion.split('/')[0] : '');

/** Whether a template makes an object of this kind and name, in this namespace or in one that values decide. */
export function isOfChart(object: KubeObject): boolean {
  const [, , namespace, name] = idOf(object).split('|');
  return templatesOf(object).some(k => k.name === name && (k.namespace === undefined || k.namespace === namespace));
}

export const templatesOf = (object: KubeObject) =>
  known.filter(k => k.kind === object.kind && wholeGroup(k.apiVersion) === wholeGroup(String(object.apiVersion)));

export const differenceTitle = ({ title, path }: FieldDifference): string => `${title} ${path.join('\u0000')}`;
