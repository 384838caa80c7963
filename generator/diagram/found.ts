/** The rendered objects, for reading: all of them, those inside a List included. */
import { nameOf, namespaceOf } from '../cluster/fields.ts';
import { defaults } from '../emit/fields.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';
import { evaluateChart } from '../render/evaluate-chart.ts';
import type { Values } from '../values/maps.ts';
import { mergeValues } from '../values/merge.ts';

export type Found = readonly Readonly<Record<string, unknown>>[];

/** Values of the chart serverless-mesh on top of its defaults. */
export const merged = (values: Values): Values => mergeValues(defaults(serverlessMesh.values) as Values, values);

/** What `helm install` would apply for merged, valid values. */
export const objectsOf = (values: Values): Found => {
  const rendered = evaluateChart(serverlessMesh, values, { name: 'serverless-mesh', namespace: 'default' });
  return rendered.flatMap(({ object }) => (object.kind === 'List' ? (object.items as Found) : [object]));
};

/** The object of this kind, and of this namespace and name where they are given. */
export const one = (objects: Found, kind: string, namespace?: string, name?: string) =>
  objects.find(
    object =>
      object.kind === kind &&
      (namespace === undefined || namespaceOf(object) === namespace) &&
      (name === undefined || nameOf(object) === name),
  );
