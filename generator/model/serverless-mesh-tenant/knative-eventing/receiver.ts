/** What receives events for Brokers, Channels and sinks, of all tenants at the same address. */
import type { IAuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1beta1/AuthorizationPolicy';
import { and, next, not } from '../../../gotmpl/functions.ts';
import { type Expr, each, eachNumbered, fmt, shared, type Templated, when } from '../../../gotmpl/index.ts';
import type { Resource } from '../../chart.ts';
import { knativeEventing } from '../../facts/names.ts';
import { policyVersion } from '../../facts/service-mesh-3.ts';
import { componentLabel } from '../../facts/tenants.ts';
import { inStage } from '../metadata.ts';
import { fromSenders, ofTenant, type PolicyRule, toServicesIn } from '../policies.ts';
import { partsOfPolicies, sources, tenant, v } from '../values.ts';

const { metadata, resource } = inStage('policies of Knative');

interface Receiver {
  /** Component of its pods. */
  readonly component: string;
  /** What it receives events for. */
  readonly of: string;
  /** It is part of Knative for Apache Kafka. */
  readonly kafka?: true;
}

/** At its own address, where the path begins with the namespace, or at that of a Service in the namespace. */
const receiversOf = (part: Expr<readonly string[]>): Templated<NonNullable<PolicyRule['to']>> => [
  {
    operation: {
      paths: [
        when(v.namespacePrefix, fmt`/${v.namespacePrefix}*`),
        when(
          not(v.namespacePrefix),
          each(part, 'namespace', namespace => fmt`/${namespace}/*`),
        ),
      ],
    },
  },
  toServicesIn(part),
];

const policyOf =
  ({ component, kafka }: Receiver) =>
  (part: Expr<readonly string[]>, index: Expr<number>): Templated<IAuthorizationPolicy> => ({
    apiVersion: policyVersion,
    kind: 'AuthorizationPolicy',
    metadata: metadata({ name: fmt`allow-${tenant}-to-${component}-${next(index)}`, namespace: knativeEventing }),
    spec: {
      selector: { matchLabels: { [componentLabel]: component } },
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { namespaces: shared('tenant', false, sources) } }],
          to: shared('to', false, receiversOf(part)),
        },
        {
          from: fromSenders(kafka ? 'always' : 'where enabled'),
          to: shared('to', true, receiversOf(part)),
          when: [ofTenant],
        },
      ],
    },
  });

export const receiver = (one: Receiver): Resource =>
  resource({
    doc: `Lets the tenant, and Knative with events of the tenant, send events to ${one.of} of the tenant.`,
    source: `redhat-knative-istio-authz: allow-<name>-to-${one.component}`,
    documents: when(
      one.kafka ? and(v.eventing.enabled, v.kafka.enabled) : v.eventing.enabled,
      eachNumbered(partsOfPolicies, 'part', policyOf(one)),
    ),
  });
