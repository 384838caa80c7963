/** What is left between the render of the values found and what is there, sorted by what it means for the user. */
import { load } from 'js-yaml';
import { type KubeObject, namespaceOf, textAt, titleOf } from '../cluster/fields.ts';
import { type Documented, documentedFor } from '../explain/why.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { evaluateChart } from '../render/evaluate-chart.ts';
import type { Values } from '../values/maps.ts';
import { fieldPath } from '../values/path.ts';
import type { FieldDifference } from './compare.ts';
import { idOf } from './compare.ts';
import { differenceTitle, isOfChart, release, renderedFor, type There } from './distance.ts';
import type { FoundValues } from './search.ts';
import { valueAt } from './setting.ts';

/**
 * corrected: the chart is right on purpose. changed: the release writes something else. lost: it leaves an item of a list
 * out. kept: Helm leaves the field as it is, but the values do not say it. filled: the release adds it.
 */
export type Meaning = 'corrected' | 'changed' | 'lost' | 'kept' | 'filled';
export interface Remaining {
  readonly meaning: Meaning;
  readonly object: string;
  readonly field: string;
  readonly there: unknown;
  readonly rendered: unknown;
  readonly why?: string | undefined;
  readonly source?: string | undefined;
}
export interface Remains {
  readonly fields: readonly Remaining[];
  /** What the release makes, its Jobs and their permissions included. */
  readonly added: readonly KubeObject[];
  /** Of those that the chart could make, and does not for these values. */
  readonly inexpressible: readonly string[];
  /** Of others of the same kinds, which no release touches. */
  readonly alone: readonly string[];
  /** Those that it takes over. */
  readonly taken: readonly KubeObject[];
}

export function remainsOf({ values, distance, refused }: FoundValues, there: There): Remains {
  const rendered = renderedFor(values);
  const mesh = {
    generation: String(valueAt(values, 'mesh.generation')),
    namespace: String(valueAt(values, 'mesh.namespace')),
  };
  const ids = new Set(rendered.map(idOf));
  const documented = (d: FieldDifference) =>
    documentedFor(rendered.find(o => titleOf(o) === d.title) ?? {}, mesh, d.path).find(row => fits(row, d));
  const places = new Set([...rendered.map(namespaceOf), mesh.namespace]);
  return {
    fields: distance.fields
      .filter(d => !isEmptyDefault(d, there))
      .map(d => remaining(d, documented(d), refused.get(differenceTitle(d)))),
    added: addedFor(values, there),
    inexpressible: distance.missing.map(titleOf),
    alone: [...there.objects.values()]
      .filter(o => !ids.has(idOf(o)) && !isOfChart(o) && places.has(namespaceOf(o)))
      .map(titleOf),
    taken: rendered.map(o => there.objects.get(idOf(o))).filter(o => o !== undefined),
  };
}

/** A namespace and a Secret that exist stay as they are; a test is there only while it runs. */
const addedFor = (values: Values, there: There): readonly KubeObject[] =>
  evaluateChart(serverlessMesh, values, release)
    .flatMap(({ object }) => (object.kind === 'List' ? (object.items as KubeObject[]) : [object as KubeObject]))
    .filter(o => !['Namespace', 'Secret'].includes(String(o.kind)) && !there.objects.has(idOf(o)))
    .filter(o => !textAt(o, 'metadata', 'annotations', 'helm.sh/hook').startsWith('test'));

/** Webhooks of the operators fill in what is off. */
const isEmptyDefault = ({ want, have }: FieldDifference, { inFolder }: There) =>
  !inFolder && want === undefined && (have === false || have === '');

/** Whether the row speaks of what is really there. */
function fits({ document, side, rest }: Documented, { have, want }: FieldDifference): boolean {
  if (side === 'document') return have !== undefined && (document === '...' || says(document, rest, have));
  if (want === undefined) return false;
  if (document === undefined || document === '...' || have === undefined) return true;
  return document !== 'none' && says(document, rest, have);
}

function says(document: string | undefined, rest: readonly (string | number)[], have: unknown): boolean {
  const parsed = load(document ?? '');
  const found = rest.reduce<unknown>((here, key) => (here as Record<string | number, unknown> | null)?.[key], parsed);
  return found === have;
}

function remaining(d: FieldDifference, row: Documented | undefined, refusal: string | undefined): Remaining {
  const { title: object, want: rendered, have: there, path } = d;
  // Of Service Mesh 3 the rows say in words what the document has, and so not whether it is what is there.
  const isCorrected = row !== undefined && (row.document !== undefined || refusal === undefined);
  const meaning = isCorrected ? 'corrected' : meaningOf(d);
  const why =
    row?.why ?? (refusal === undefined ? undefined : `the chart refuses the value that it would need: ${refusal}`);
  return { meaning, object, field: fieldPath(path), there, rendered, why, source: row?.source };
}

function meaningOf({ title, path, want, have }: FieldDifference): Meaning {
  if (have === undefined) return 'filled';
  if (want !== undefined) return 'changed';
  return path.some(step => typeof step === 'number') && !merges(title, path) ? 'lost' : 'kept';
}

/** Lists that Kubernetes merges item by item; of its own kinds only. All others a release replaces whole. */
const merges = (title: string, path: FieldDifference['path']) =>
  (title.startsWith('Service ') && path[1] === 'ports') ||
  (title.startsWith('Deployment ') && path.includes('containers'));
