/** Events that Knative delivers for the tenant: by whom, and how they are known. */
import type { IAuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1beta1/AuthorizationPolicy';
import { fmt, type Item, shared, type Templated, when } from '../../gotmpl/index.ts';
import { knativeEventing } from '../facts/names.ts';
import { eventNamespaceHeader, kafkaSenders, senders } from '../facts/tenants.ts';
import { sources, v } from './values.ts';

export type PolicyRule = NonNullable<NonNullable<IAuthorizationPolicy['spec']>['rules']>[number];

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
