import type { IAuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1beta1/AuthorizationPolicy';
import { choose, next, not, or } from '../../../gotmpl/functions.ts';
import { type Expr, each, eachNumbered, fmt, note, shared, type Templated, when } from '../../../gotmpl/index.ts';
import { eventingIdentity, policyOf } from '../../authorization-policy.ts';
import { knativeEventing, knativeServing } from '../../facts/names.ts';
import {
  componentLabel,
  eventNamespaceHeader,
  kafkaReceivers,
  kafkaSenders,
  receivers,
  senders,
} from '../../facts/tenants.ts';
import { inStage } from '../metadata.ts';
import { partsOfPolicies, sources, tenant, v } from '../values.ts';

const { metadata, resource } = inStage('policies of Knative');

type PolicyRule = NonNullable<NonNullable<IAuthorizationPolicy['spec']>['rules']>[number];
type Operations = Templated<NonNullable<PolicyRule['to']>>;
type Namespaces = Expr<readonly string[]>;

/** The Knative Services of these namespaces, by each of their hosts. */
const toServicesIn = (namespaces: Namespaces, repeats: boolean | Expr<unknown>): Operations[number] => ({
  operation: {
    hosts: shared('hosts', repeats, [
      each(namespaces, 'namespace', namespace => [
        fmt`*.${namespace}`,
        fmt`*.${namespace}.svc`,
        fmt`*.${namespace}.svc.${v.cluster.dnsDomain}`,
      ]),
    ]),
  },
});

const identityOf = (serviceAccount: string) => eventingIdentity(v.trustDomain, serviceAccount);

/** Knative delivers an event of the tenant. The rule before it has named the tenant, and where it may go. */
const ofEvents = (anchor: string, to: Operations): Templated<PolicyRule> => ({
  from: [
    {
      source: {
        namespaces: [knativeEventing],
        principals: [...senders.map(identityOf), when(v.kafka.enabled, kafkaSenders.map(identityOf))],
      },
    },
  ],
  to: shared(anchor, true, to),
  when: [{ key: eventNamespaceHeader, values: shared('tenant', true, sources) }],
});

const toActivator = (namespaces: Namespaces, number: Expr<number>): Templated<IAuthorizationPolicy> => {
  const to: Operations = [toServicesIn(namespaces, false)];
  return policyOf(metadata({ name: fmt`allow-${tenant}-to-activator-${next(number)}`, namespace: knativeServing }), {
    selector: { matchLabels: { [componentLabel]: 'activator' } },
    action: 'ALLOW',
    rules: [
      { from: [{ source: { namespaces: shared('tenant', false, sources) } }], to: shared('services', false, to) },
      when(v.eventing.enabled, ofEvents('services', to)),
    ],
  });
};

/** At its own address, where the path begins with the namespace, or at that of a Service in the namespace. */
const addresses = (namespaces: Namespaces): Operations => [
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
  toServicesIn(namespaces, v.serving.enabled),
];

/** One for each receiver. */
const toReceiver =
  (namespaces: Namespaces, number: Expr<number>) =>
  (receiver: Expr<string>, index: Expr<number>): Templated<IAuthorizationPolicy> => {
    const to = addresses(namespaces);
    const from = [{ source: { namespaces: shared('tenant', or(v.serving.enabled, index), sources) } }];
    return policyOf(
      metadata({ name: fmt`allow-${tenant}-to-${receiver}-${next(number)}`, namespace: knativeEventing }),
      {
        selector: { matchLabels: { [componentLabel]: receiver } },
        action: 'ALLOW',
        rules: [{ from, to: shared('to', index, to) }, ofEvents('to', to)],
      },
    );
  };

const allReceivers = choose(v.kafka.enabled, [...receivers, ...kafkaReceivers], receivers);

export default resource({
  doc: 'Lets the tenant, and Knative with events of the tenant, call the Knative Services of the tenant through the activator, and send events to its Brokers, Channels and sinks. What receives these stands in knative-eventing, for all tenants at the same address. One List for each part of the namespaces, so that their names stand there once.',
  source: 'redhat-knative-istio-authz: allow-<name>-to-activator and allow-<name>-to-<receiver>',
  documents: when(
    or(v.serving.enabled, v.eventing.enabled),
    eachNumbered(partsOfPolicies, 'number', 'part', (part, number) => ({
      apiVersion: 'v1',
      kind: 'List',
      metadata: { name: fmt`allow-${tenant}-to-knative-${next(number)}` },
      items: [
        when(v.serving.enabled, note('Knative Services.', toActivator(part, number))),
        when(v.eventing.enabled, eachNumbered(allReceivers, 'index', 'receiver', toReceiver(part, number))),
      ],
    })),
  ),
});
