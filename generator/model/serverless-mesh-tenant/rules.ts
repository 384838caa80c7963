/** Rules between values: what is wrong; what to write instead. What one value alone must be is in values-schema. */
import { mostNamespaces } from '../../../values-schema/tenant/index.ts';
import { and, eq, hasPrefix, hasSuffix, isHeavier, isLonger, not, oneOf, or, sizeOf } from '../../gotmpl/functions.ts';
import { type Expr, each, fail, when } from '../../gotmpl/index.ts';
import type { Rule } from '../chart.ts';
import { knativeNamespaces } from '../facts/names.ts';
import { empty, metadataRulesOf, rule } from '../rules.ts';
import { v } from './values.ts';

/**
 * Namespaces times the characters of their names that a list may have, so that a release fits into the 1 MiB Secret in
 * which Helm keeps it, compressed and in base64: each List of the policies repeats the names, and where these are
 * longer than the 32 KiB that gzip looks back, it shortens them by little. Measured by scripts/bench/tenants.ts with
 * names of random letters, the worst there are.
 */
export const mostWeight = 33_000_000;
/** Characters of all names, commas included, that a list may have beside namespacePrefix: what is left repeats each name a few times. */
export const mostCharacters = 330_000;

/** Namespaces with names of this length that a tenant may have without a prefix: n names and n - 1 commas, n times. */
export function mostByList(length: number): number {
  const weight = (count: number) => count * (count * (length + 1) - 1);
  let count = Math.floor(Math.sqrt(mostWeight / (length + 1)));
  while (weight(count + 1) <= mostWeight) count += 1;
  return count;
}
/** The same with a prefix. */
export const mostByPrefix = (length: number): number =>
  Math.min(mostNamespaces, Math.floor((mostCharacters + 1) / (length + 1)));

const isTheirs = (namespace: Expr<string>) => or(oneOf(namespace, knativeNamespaces), eq(namespace, v.mesh.namespace));
const catchesTheirs = or(
  ...knativeNamespaces.map(name => hasPrefix(name, v.namespacePrefix)),
  hasPrefix(v.mesh.namespace, v.namespacePrefix),
);

export const rules: readonly Rule[] = [
  rule(
    v.namespaces,
    when(
      empty(v.namespaces),
      fail`is empty, and a policy for no namespace would mean every namespace; list the namespaces of the tenant`,
    ),
  ),
  rule(
    v.namespaces,
    when(
      and(not(v.namespacePrefix), isHeavier(v.namespaces, mostWeight)),
      fail`has ${sizeOf(v.namespaces)} namespaces, and every policy repeats their names, which is more than the 1 MiB in which Helm keeps a release; begin their names alike and set namespacePrefix, or divide the tenant`,
    ),
  ),
  rule(
    v.namespaces,
    when(
      and(v.namespacePrefix, isLonger(v.namespaces, mostCharacters)),
      fail`has ${sizeOf(v.namespaces)} namespaces, whose names alone are more than the 1 MiB in which Helm keeps a release; divide the tenant`,
    ),
  ),
  rule(
    v.namespaces,
    each(v.namespaces, 'namespace', namespace =>
      when(
        isTheirs(namespace),
        fail`is ${namespace}, which belongs to Knative and the mesh, and its policies are those of the chart serverless-mesh; leave it out`,
      ),
    ),
  ),
  rule(
    v.namespacePrefix,
    when(
      and(v.namespacePrefix, not(hasSuffix(v.namespacePrefix, '-'))),
      fail`is ${v.namespacePrefix}, which is also the beginning of names such as ${v.namespacePrefix}x of another tenant; write ${v.namespacePrefix}-`,
    ),
  ),
  rule(
    v.namespacePrefix,
    when(
      and(v.namespacePrefix, catchesTheirs),
      fail`is ${v.namespacePrefix}, with which namespaces of Knative or the mesh begin, and these would be inside the tenant; begin the names of the tenant otherwise`,
    ),
  ),
  rule(
    v.namespaces,
    each(v.namespaces, 'namespace', namespace =>
      when(
        and(v.namespacePrefix, not(hasPrefix(namespace, v.namespacePrefix))),
        fail`is ${namespace}, which does not begin with the namespacePrefix ${v.namespacePrefix}; leave it out, or namespacePrefix empty`,
      ),
    ),
  ),
  rule(
    v.serving.enabled,
    when(
      and(empty(v.serving.enabled), empty(v.eventing.enabled)),
      fail`is false, and eventing.enabled as well, so that nothing would be allowed; set one of them to true`,
    ),
  ),
  rule(
    v.kafka.enabled,
    when(
      and(v.kafka.enabled, empty(v.eventing.enabled)),
      fail`is true, but eventing.enabled is false; set eventing.enabled to true, because Knative for Apache Kafka is part of it`,
    ),
  ),
  ...metadataRulesOf(v.commonLabels, v.commonAnnotations),
];
