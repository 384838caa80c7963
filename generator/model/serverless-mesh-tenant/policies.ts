/** What the policies have in common: Services of the tenant, and events that Knative delivers for it. */
import type { IAuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1beta1/AuthorizationPolicy';
import { type Expr, each, fmt, type Item, shared, type Templated, when } from '../../gotmpl/index.ts';
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

/** `kafka` tells whether those of Knative for Apache Kafka are among them. */
export const fromSenders = (kafka: 'always' | 'where enabled'): Templated<NonNullable<PolicyRule['from']>> => {
  const ofKafka = kafkaSenders.map(identityOf);
  const more: readonly Item<string>[] = kafka === 'always' ? ofKafka : [when(v.kafka.enabled, ofKafka)];
  const principals = [...senders.map(identityOf), ...more];
  return [{ source: { namespaces: [knativeEventing], principals } }];
};

/** The event is of the tenant. Stands behind a rule that has named the tenant. */
export const ofTenant: Templated<NonNullable<PolicyRule['when']>[number]> = {
  key: eventNamespaceHeader,
  values: shared('tenant', true, sources),
};
