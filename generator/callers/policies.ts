/** AuthorizationPolicies as the picture of the callers, and the tests' evaluator, take them, from whatever was rendered. */
import { Ajv } from 'ajv';
import type { Static } from 'typebox';
import { defaults } from '../emit/fields.ts';
import type { Chart } from '../model/chart.ts';
import { evaluateChart, type Values } from '../render/evaluate-chart.ts';
import { mergeValues } from '../values/merge.ts';
import { authorizationPolicy, type operation, type source } from './policy-schema.ts';

/** Whom a rule is for: every field given must match, by any of its values. */
export type Source = Static<typeof source>;
/** What a rule is for: every field given must match, by any of its values. */
export type Operation = Static<typeof operation>;
/** A request header that must have one of these values. */
export interface Condition {
  readonly header: string;
  readonly values: readonly string[];
}
/** One of the sources, one of the operations and all conditions; an empty list asks for nothing. */
export interface Rule {
  readonly from: readonly Source[];
  readonly to: readonly Operation[];
  readonly when: readonly Condition[];
}
/** Allows, of the pods of its namespace that have these labels, what any of its rules matches. */
export interface Policy {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
}

const known = new Ajv({ strict: false, allErrors: true }).compile<Static<typeof authorizationPolicy>>(
  authorizationPolicy,
);

/** The AuthorizationPolicies among these objects, those inside a List included. Throws on what stands in none of ours. */
export function policiesOf(objects: readonly unknown[]): Policy[] {
  return objects.flatMap(object => {
    const { kind, items } = object as { kind?: unknown; items?: unknown[] };
    if (kind === 'List') return policiesOf(items!);
    return kind === 'AuthorizationPolicy' ? [policyOf(object)] : [];
  });
}

/** The policies that a chart renders for these values, on top of its defaults. */
export function policiesOfChart(chart: Chart, values: Values): Policy[] {
  const merged = mergeValues(defaults(chart.values) as Values, values);
  return policiesOf(
    evaluateChart(chart, merged, { name: 'release', namespace: 'default' }).map(({ object }) => object),
  );
}

function policyOf(object: unknown): Policy {
  if (!known(object)) {
    const { name, namespace } = (object as { metadata?: { name?: string; namespace?: string } }).metadata ?? {};
    const wrong = known.errors!.map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
    throw new Error(
      `AuthorizationPolicy ${namespace}/${name}: has fields that nobody here can judge: ${wrong.join('; ')}`,
    );
  }
  const { metadata, spec } = object;
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    labels: spec.selector?.matchLabels ?? {},
    rules: (spec.rules ?? []).map(({ from = [], to = [], when = [] }) => ({
      from: from.map(item => item.source),
      to: to.map(item => item.operation),
      when: when.map(({ key, values }) => ({ header: /\[(.+)\]/.exec(key)![1]!, values })),
    })),
  };
}
