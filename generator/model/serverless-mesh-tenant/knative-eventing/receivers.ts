import type { IAuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1beta1/AuthorizationPolicy';
import { choose, next, not } from '../../../gotmpl/functions.ts';
import { type Expr, each, eachNumbered, fmt, shared, type Templated, when } from '../../../gotmpl/index.ts';
import { knativeEventing } from '../../facts/names.ts';
import { policyVersion } from '../../facts/service-mesh-3.ts';
import { componentLabel, eventNamespaceHeader, kafkaReceivers, receivers } from '../../facts/tenants.ts';
import { inStage } from '../metadata.ts';
import { fromSenders, type PolicyRule, toServicesIn } from '../policies.ts';
import { partsOfPolicies, sources, tenant, v } from '../values.ts';

const { metadata, resource } = inStage('policies of Knative');

type Namespaces = Expr<readonly string[]>;

/** At its own address, where the path begins with the namespace, or at that of a Service in the namespace. */
const addresses = (namespaces: Namespaces): Templated<NonNullable<PolicyRule['to']>> => [
  {
    operation: {
      paths: [
        when(v.namespacePrefix, fmt`/${v.namespacePrefix}*`),
        when(
          not(v.namespacePrefix),
          each(namespaces, 'namespace', namespace => fmt`/${namespace}/*`),
        ),
      ],
    },
  },
  toServicesIn(namespaces),
];

/** One for each receiver: only the first writes the lists. */
const policyOf =
  (namespaces: Namespaces, number: Expr<number>) =>
  (receiver: Expr<string>, index: Expr<number>): Templated<IAuthorizationPolicy> => ({
    apiVersion: policyVersion,
    kind: 'AuthorizationPolicy',
    metadata: metadata({ name: fmt`allow-${tenant}-to-${receiver}-${next(number)}`, namespace: knativeEventing }),
    spec: {
      selector: { matchLabels: { [componentLabel]: receiver } },
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { namespaces: shared('tenant', index, sources) } }],
          to: shared('to', index, addresses(namespaces)),
        },
        {
          from: fromSenders,
          to: shared('to', true, addresses(namespaces)),
          when: [{ key: eventNamespaceHeader, values: shared('tenant', true, sources) }],
        },
      ],
    },
  });

export default resource({
  doc: 'Lets the tenant, and Knative with events of the tenant, send events to the Brokers, Channels and sinks of the tenant. What receives them stands in knative-eventing, for all tenants at the same address.',
  source: 'redhat-knative-istio-authz: allow-<name>-to-<receiver>',
  documents: when(
    v.eventing.enabled,
    eachNumbered(partsOfPolicies, 'number', 'part', (part, number) => ({
      apiVersion: 'v1',
      kind: 'List',
      metadata: { name: fmt`allow-${tenant}-to-receivers-${next(number)}` },
      items: [
        eachNumbered(
          choose(v.kafka.enabled, [...receivers, ...kafkaReceivers], receivers),
          'index',
          'receiver',
          policyOf(part, number),
        ),
      ],
    })),
  ),
});
