/** What the AuthorizationPolicies of all charts share. */
import type { IAuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1beta1/AuthorizationPolicy';
import { type Expr, fmt, type Slot, type Templated } from '../gotmpl/index.ts';
import { knativeEventing } from './facts/names.ts';
import { policyVersion } from './facts/service-mesh-3.ts';

export type PolicySpec = Templated<NonNullable<IAuthorizationPolicy['spec']>>;
type Metadata = NonNullable<Templated<IAuthorizationPolicy>['metadata']>;

export const policyOf = (
  metadata: Metadata,
  spec: Slot<NonNullable<IAuthorizationPolicy['spec']>>,
): Templated<IAuthorizationPolicy> => ({
  apiVersion: policyVersion,
  kind: 'AuthorizationPolicy',
  metadata,
  spec,
});

/** Identity of a service account of Knative Eventing, as its certificate in the mesh says. */
export const eventingIdentity = (trustDomain: Expr<string>, serviceAccount: string) =>
  fmt`${trustDomain}/ns/${knativeEventing}/sa/${serviceAccount}`;
