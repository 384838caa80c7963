/** What the templates of the chart may render, whatever the values: to know an object as one that the chart could have made. */
import { isNode } from '../gotmpl/expr.ts';
import { addUsage, noUsage } from '../gotmpl/usage.ts';
import type { Chart } from '../model/chart.ts';
import { serverlessMesh } from '../model/serverless-mesh/index.ts';

/** Objects of one template. */
export interface Known {
  readonly template: string;
  readonly kind: string;
  readonly apiVersion: string;
  /** Undefined where values decide. */
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  /** Values that decide whether it is there, and what is in it. */
  readonly values: readonly string[];
}

/** Jobs and tests are made anew by each release, namespaces stay as they are, and a Secret is never read. */
const leftOut = /^(jobs|tests|namespaces)\/|^certificates\/wildcard-secret$/;

/** The chart without what an installation by hand has no counterpart of. */
export const comparable: Chart = {
  ...serverlessMesh,
  resources: Object.fromEntries(Object.entries(serverlessMesh.resources).filter(([path]) => !leftOut.test(path))),
};

export const known: readonly Known[] = Object.entries(comparable.resources).flatMap(([template, { documents }]) => {
  const usage = noUsage();
  addUsage(documents, usage);
  return objectsIn(documents).map(o => ({ template, ...o, values: [...usage.values] }));
});

type Identity = Pick<Known, 'kind' | 'apiVersion' | 'name' | 'namespace'>;

function objectsIn(node: unknown): Identity[] {
  if (Array.isArray(node)) return node.flatMap(objectsIn);
  if (isNode(node)) return objectsIn((node as { body?: unknown }).body);
  if (typeof node !== 'object' || node === null) return [];
  const { kind, apiVersion, metadata, items } = node as Readonly<Record<string, unknown>>;
  if (kind === 'List') return objectsIn(items);
  if (typeof kind !== 'string' || typeof apiVersion !== 'string') return [];
  const { name, namespace } = (metadata ?? {}) as Readonly<Record<string, unknown>>;
  return [{ kind, apiVersion, name: fixed(name), namespace: fixed(namespace) }];
}

function fixed(text: unknown): string | undefined {
  return typeof text === 'string' ? text : undefined;
}
