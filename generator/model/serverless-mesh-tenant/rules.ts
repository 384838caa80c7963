/** Rules between values: what is wrong; what to write instead. What one value alone must be is in values-schema. */
import { and, hasPrefix, hasSuffix, isHeavier, not, oneOf, sizeOf } from '../../gotmpl/functions.ts';
import { each, fail, when } from '../../gotmpl/index.ts';
import type { Rule } from '../chart.ts';
import { knativeEventing, knativeServing, knativeServingIngress } from '../facts/names.ts';
import { empty, metadataRulesOf, rule } from '../rules.ts';
import { v } from './values.ts';

/**
 * Namespaces times the characters of their names that a list may have, so that a release fits into the 1 MiB Secret in
 * which Helm keeps it, compressed and in base64: each List of the policies repeats the names, and where these are
 * longer than the 32 KiB that gzip looks back, it shortens them by little. Measured by scripts/bench/tenants.ts with
 * names of random letters, the worst there are.
 */
export const mostWeight = 40_000_000;

const knativeNamespaces = [knativeServing, knativeEventing, knativeServingIngress];
/** With such a prefix, all that Knative does for others would pass as the tenant's. */
const knativePrefixes = ['knative-', `${knativeServing}-`];

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
    v.namespacePrefix,
    when(
      and(v.namespacePrefix, not(hasSuffix(v.namespacePrefix, '-'))),
      fail`is ${v.namespacePrefix}, which is also the beginning of names such as ${v.namespacePrefix}x of another tenant; write ${v.namespacePrefix}-`,
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
    v.namespaces,
    each(v.namespaces, 'namespace', namespace =>
      when(
        oneOf(namespace, knativeNamespaces),
        fail`is ${namespace}, a namespace of Knative, which serves every tenant; leave it out`,
      ),
    ),
  ),
  rule(
    v.namespaces,
    when(
      oneOf(v.mesh.namespace, v.namespaces),
      fail`contains ${v.mesh.namespace}, the namespace of the control plane, which serves every tenant; leave it out`,
    ),
  ),
  rule(
    v.namespacePrefix,
    when(
      oneOf(v.namespacePrefix, knativePrefixes),
      fail`is ${v.namespacePrefix}, with which the namespaces of Knative begin, so that they would be inside the tenant; write a prefix of the tenant's own, for example orders-`,
    ),
  ),
  rule(
    v.namespacePrefix,
    when(
      and(v.namespacePrefix, hasPrefix(v.mesh.namespace, v.namespacePrefix)),
      fail`is ${v.namespacePrefix}, with which the namespace of the control plane, ${v.mesh.namespace}, begins, so that it would be inside the tenant; write a prefix of the tenant's own, for example orders-`,
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
