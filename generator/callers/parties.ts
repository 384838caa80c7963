/** Who calls and who is called, as far as policies tell them apart: every namespace, account and kind of pod they name. */
import { GeneratorError } from '../errors.ts';
import { gatewaySelector } from '../model/facts/names.ts';
import type { Example } from './example.ts';
import type { Policy, Source } from './policies.ts';

export interface Caller {
  /** Undefined: a namespace that no policy names. */
  readonly namespace?: string | undefined;
  /** Service account; undefined: one that no policy names. */
  readonly account?: string | undefined;
  /** False: no certificate of the mesh. */
  readonly identity: boolean;
}
export interface Callee {
  /** Undefined: a namespace in which there is no policy. */
  readonly namespace?: string | undefined;
  /** What the pods are, by their label; undefined: pods that no policy selects by a label. */
  readonly pods?: string | undefined;
}

const accountPattern = /^[^/*]+\/ns\/([^/*]+)\/sa\/([^/*]+)$/;
/** Namespace and service account of a principal. */
export function accountOf(principal: string): { readonly namespace: string; readonly account: string } {
  const [, namespace, account] = accountPattern.exec(principal) ?? [];
  if (namespace === undefined || account === undefined)
    throw new GeneratorError(
      `principal ${principal}: the picture of the callers needs one service account; name it whole.`,
    );
  return { namespace, account };
}

function exact(namespace: string): string {
  if (namespace.includes('*'))
    throw new GeneratorError(
      `namespace ${namespace}: the picture of the callers needs whole names; list the namespaces.`,
    );
  return namespace;
}

/** What the pods are that a policy selects; undefined: all of its namespace. */
export function podsOf({ labels, name }: Policy): string | undefined {
  // Knative's pods say what they are in two labels, app and app.kubernetes.io/component, with the same value:
  // https://github.com/knative/serving/blob/main/config/core/deployments/activator.yaml.
  const values = [...new Set(Object.values(labels))];
  if (values.length > 1)
    throw new GeneratorError(
      `policy ${name}: the picture of the callers needs a selector with one value; use one label.`,
    );
  return values[0];
}

/** Every caller that some rule tells from the others, and at the end who is in no list. */
export function callersOf({ policies, tenants }: Example): readonly Caller[] {
  const sources = policies.flatMap(({ rules }) => rules.flatMap(({ from }) => from));
  const accounts = distinct(sources.flatMap(({ principals = [] }) => principals.map(accountOf)));
  const namespaces = new Set([
    ...tenants.flatMap(tenant => tenant.namespaces),
    ...sources.flatMap(source => source.namespaces ?? []).map(exact),
    ...accounts.map(({ namespace }) => namespace),
  ]);
  return [
    ...[...namespaces].flatMap(namespace => [
      ...accounts.filter(one => one.namespace === namespace).map(one => ({ ...one, identity: true })),
      { namespace, identity: true },
    ]),
    { identity: true },
    { identity: false },
  ];
}

/** Every kind of pods that some policy tells from the others, the gateways, and at the end pods that no policy guards. */
export function calleesOf({ policies, tenants, gatewayNamespace }: Example): readonly Callee[] {
  const gateway = { namespace: gatewayNamespace, pods: gatewaySelector.knative };
  const selected = policies.map(policy => ({ namespace: policy.namespace, pods: podsOf(policy) }));
  const namespaces = [...tenants.flatMap(tenant => tenant.namespaces), ...policies.map(({ namespace }) => namespace)];
  const inAll = namespaces.map(namespace => ({ namespace, pods: undefined }));
  return [...distinct([...selected.filter(({ pods }) => pods !== undefined), gateway, ...inAll]), {}];
}

const distinct = <T>(items: readonly T[]): T[] => [
  ...new Map(items.map(item => [JSON.stringify(item), item])).values(),
];

/** Does the rule's list of sources take this caller in? An empty list takes everybody. */
export const takes = (from: readonly Source[], caller: Caller): boolean =>
  from.length === 0 ||
  from.some(
    ({ namespaces, principals }) =>
      caller.identity &&
      (namespaces?.some(namespace => namespace === caller.namespace) ?? true) &&
      (principals?.map(accountOf).some(one => one.namespace === caller.namespace && one.account === caller.account) ??
        true),
  );

export const guards = (policy: Policy, callee: Callee): boolean =>
  policy.namespace === callee.namespace && [undefined, callee.pods].includes(podsOf(policy));
