/** What a chart is made of. Adds types only: no text, no disk. */
import type { TSchema } from 'typebox';
import type { Documents, Each, Fail, Format, Helper, Path, When } from '../gotmpl/expr.ts';

/** Order of the integration, as the base document has it; everything about its order comes from this list. */
const integration = [
  'namespaces',
  'certificates',
  'mesh',
  'membership',
  'gateways',
  'serving',
  'eventing',
  'kafka',
  'isolation',
  // After what is allowed: https://github.com/openshift-knative/serverless-operator/blob/main/hack/mesh-authz.sh.
  'denial',
  'verification',
  // Of your Knative Services, which come after what serves them.
  'domains',
] as const;
/** Order of the operators: OLM looks for the OperatorGroup of a namespace when it resolves a Subscription. */
const operators = ['namespaces', 'operator groups', 'subscriptions', 'verification'] as const;
/** Order of a tenant: from the first policy of its namespaces on, these are closed to all others. */
const tenant = ['policies of Knative', 'policies of the namespaces', 'verification'] as const;
export type Stage = (typeof integration | typeof operators | typeof tenant)[number];
export const stages: readonly Stage[] = integration;
export const operatorStages: readonly Stage[] = operators;
export const tenantStages: readonly Stage[] = tenant;

/** One object of the chart, or one for each item of a list: one model file, one template of the same path. */
export interface Resource {
  /** What it lets happen, for whom; the first comment of its template. */
  readonly doc: string;
  /** Where it stands in the base document, or the fact sheet. */
  readonly source: string;
  readonly stage: Stage;
  readonly documents: Documents;
}

export type RuleBody = When<RuleBody> | Each<RuleBody> | Fail;
/** A rule between values: `refuse` says when, and with which words, the value at `path` is refused. */
export interface Rule {
  readonly path: Path;
  readonly refuse: RuleBody;
}

/** Lines of plain text, such as NOTES: a line, or lines under a condition or for each item. */
export type TextLine = string | Format | When<readonly TextLine[]> | Each<readonly TextLine[]>;

export interface Chart {
  readonly name: string;
  readonly version: string;
  readonly appVersion: string;
  readonly description: string;
  readonly kubeVersion: string;
  readonly keywords: readonly string[];
  /** Artifact Hub's category is one of its list: docs/helm_annotations.md of github.com/artifacthub/hub. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly values: TSchema;
  /** The folder that declares the values, as generated files name it. */
  readonly valuesSource: string;
  readonly helpers: readonly Helper[];
  readonly rules: readonly Rule[];
  /** Template path below templates/, without .yaml, in the order of stages. */
  readonly resources: Readonly<Record<string, Resource>>;
  readonly notes: readonly TextLine[];
  /** Hand-written files that are only Go template, copied byte for byte: path in the chart -> path in chart-templates/. */
  readonly statics: Readonly<Record<string, string>>;
}

/** The same objects in the order of these stages; those of one stage stay in the order given. */
export const inOrder = (
  order: readonly Stage[],
  resources: Readonly<Record<string, Resource>>,
): Readonly<Record<string, Resource>> =>
  Object.fromEntries(Object.entries(resources).sort(([, a], [, b]) => order.indexOf(a.stage) - order.indexOf(b.stage)));
