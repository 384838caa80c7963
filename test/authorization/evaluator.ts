/**
 * What AuthorizationPolicies decide about one request, with the meaning that Istio gives to ALLOW policies for HTTP.
 * Reference: https://istio.io/latest/docs/reference/config/security/authorization-policy/ (REF) and
 * https://istio.io/latest/docs/reference/config/security/conditions/ (COND); where they say too little, the code that makes
 * Envoy's filters: istio/istio pilot/pkg/security/authz (CODE).
 */
import type { Condition, Operation, Policy, Rule, Source } from './policies.ts';

/** Who calls, as its certificate says: spiffe://<trust domain>/ns/<namespace>/sa/<service account>. */
export interface Peer {
  readonly trustDomain: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}
export interface Pod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}
/** One HTTP request as it comes to the proxy of a pod. */
export interface Call {
  /** Undefined: plaintext, so that there is no certificate. */
  readonly from: Peer | undefined;
  readonly to: Pod;
  readonly port: number;
  readonly method: string;
  /** As in the request: the proxy of a pod leaves a port in it. */
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}
export type Answer = 'allowed' | 'denied';
export interface Decision {
  readonly answer: Answer;
  /** Names of the policies that select the pod. */
  readonly selecting: readonly string[];
  /** Names of those that match the request. */
  readonly matching: readonly string[];
}

/**
 * REF, top: without a policy for the pod a request is allowed, with one only if a policy matches. `rootNamespace` is the
 * control plane's: policies there are for pods of every namespace.
 */
export function decide(policies: readonly Policy[], rootNamespace: string, call: Call): Decision {
  const request = asEnvoySees(call);
  const judged = policies.map(policy => ({ policy, judgement: judge(policy, rootNamespace, request) }));
  const names = (...of: readonly Judgement[]) =>
    judged.filter(one => of.includes(one.judgement)).map(({ policy: { namespace, name } }) => `${namespace}/${name}`);
  return {
    answer: answerOf(together(judged.map(one => one.judgement))),
    selecting: names('selects', 'matches'),
    matching: names('matches'),
  };
}

/** What one policy is to a request: of another pod, of this pod, or of this pod and a rule of it matches. */
export type Judgement = 'other' | 'selects' | 'matches';
export const judge = (policy: Policy, rootNamespace: string, request: Call): Judgement => {
  if (!selects(policy, rootNamespace, request.to)) return 'other';
  return policy.rules.some(rule => matches(rule, request)) ? 'matches' : 'selects';
};
/** Of several policies together: one that matches is enough. */
export const together = (judgements: readonly Judgement[]): Judgement =>
  (['matches', 'selects'] as const).find(one => judgements.includes(one)) ?? 'other';
export const answerOf = (judgement: Judgement): Answer => (judgement === 'selects' ? 'denied' : 'allowed');

/** REF, `selector`: all its labels; without labels every pod of the namespace, or of the mesh in the root namespace. */
const selects = (policy: Policy, rootNamespace: string, { namespace, labels }: Pod): boolean =>
  (policy.namespace === namespace || policy.namespace === rootNamespace) &&
  Object.entries(policy.labels).every(([key, value]) => labels[key] === value);

/** REF, Rule: from, to and when must match; what is absent matches. A policy without rules matches nothing. */
const matches = ({ from, to, when }: Rule, call: Call): boolean =>
  (from.length === 0 || from.some(source => isFrom(source, call.from))) &&
  (to.length === 0 || to.some(operation => isTo(operation, call))) &&
  when.every(condition => holds(condition, call));

/**
 * REF, Source: fields are ANDed, values ORed, and both fields need a certificate. CODE, model/generator.go: namespaces are
 * looked for in any certificate, whatever its trust domain; principals begin with the trust domain.
 */
const isFrom = (source: Source, peer: Peer | undefined): boolean =>
  peer !== undefined &&
  any(source.namespaces, peer.namespace) &&
  any(source.principals, `${peer.trustDomain}/ns/${peer.namespace}/sa/${peer.serviceAccount}`);

/** REF, Operation: fields are ANDed, values ORed; only hosts are compared without case. */
const isTo = (operation: Operation, { host, path, port, method }: Call): boolean =>
  any(
    operation.hosts?.map(name => name.toLowerCase()),
    host.toLowerCase(),
  ) &&
  any(operation.paths, path) &&
  any(operation.ports, String(port)) &&
  any(operation.methods, method);

/**
 * COND, request.headers: the name without case, the value with it. CODE, matcher/header.go: `*` takes an empty value too;
 * a header sent twice is one value with a comma.
 */
const holds = ({ header, values }: Condition, { headers }: Call): boolean => {
  const value = headers[header.toLowerCase()];
  return value !== undefined && (values.includes('*') || any(values, value));
};

const any = (patterns: readonly string[] | undefined, value: string): boolean =>
  patterns === undefined || patterns.some(pattern => fits(pattern, value));

/** REF, "Exact, prefix, suffix and presence match"; presence is of something that is not empty. */
function fits(pattern: string, value: string): boolean {
  if (pattern === '*') return value !== '';
  if (pattern.startsWith('*')) return value.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return value.startsWith(pattern.slice(0, -1));
  return value === pattern;
}

/**
 * The request in the form that judge takes. CODE, PathMatcher of Envoy: the path without its query. What Envoy would first
 * rewrite in a path is not judged here.
 */
export function asEnvoySees(call: Call): Call {
  const path = call.path.replace(/[?#].*$/s, '');
  if (!path.startsWith('/') || /\/\/|\/\.\.?(\/|$)|\\|%/.test(path))
    throw new Error(`path ${call.path}: Envoy rewrites it before it judges; write it as it comes out`);
  const headers = Object.entries(call.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...call, path, headers: Object.fromEntries(headers) };
}
