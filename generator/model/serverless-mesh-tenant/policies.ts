/** What the policies have in common: Services of the tenant, and events that Knative delivers for it. */
import type { IAuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1beta1/AuthorizationPolicy';
import { type Expr, each, fmt, shared, type Templated, when } from '../../gotmpl/index.ts';
import { knativeEventing } from '../facts/names.ts';
import { eventNamespaceHeader, kafkaSenders, senders } from '../facts/tenants.ts';
import { sources, v } from './values.ts';

export type PolicyRule = NonNullable<NonNullable<IAuthorizationPolicy['spec']>['rules']>[number];

/** The Knative Services of these namespaces, by each of their hosts. */
export const toServicesIn = (
  namespaces: Expr<readonly string[]>,
): Templated<NonNullable<PolicyRule['to']>[number]> => ({
  operation: {
    hosts: [
      each(namespaces, 'namespace', namespace => [
        fmt`*.${namespace}`,
        fmt`*.${namespace}.svc`,
        fmt`*.${namespace}.svc.${v.cluster.dnsDomain}`,
      ]),
    ],
  },
});

const identityOf = (serviceAccount: string) => fmt`${v.trustDomain}/ns/${knativeEventing}/sa/${serviceAccount}`;

export const fromSenders: Templated<NonNullable<PolicyRule['from']>> = [
  {
    source: {
      namespaces: [knativeEventing],
      principals: [...senders.map(identityOf), when(v.kafka.enabled, kafkaSenders.map(identityOf))],
    },
  },
];

/** The event is of the tenant. Stands behind a rule that has named the tenant. */
export const ofTenant: Templated<NonNullable<PolicyRule['when']>[number]> = {
  key: eventNamespaceHeader,
  values: shared('tenant', true, sources),
};
