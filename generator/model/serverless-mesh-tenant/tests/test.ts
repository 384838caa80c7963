/** What the objects of `helm test` share. */
import { next } from '../../../gotmpl/functions.ts';
import { eachNumbered, fmt } from '../../../gotmpl/index.ts';
import { knativeEventing, knativeServing } from '../../facts/names.ts';
import { helmTest } from '../../helm-test.ts';
import { inStage } from '../metadata.ts';
import { partsOfPolicies, tenant, v } from '../values.ts';

export const test = helmTest(inStage('verification'));

export const policies = { apiGroups: ['security.istio.io'], resources: ['authorizationpolicies'] } as const;

/** Of the roles: a cluster has a tenant of this name once. */
export const roleName = fmt`serverless-mesh-tenant-${tenant}`;
export const servingRole = { name: roleName, namespace: knativeServing, wanted: v.serving.enabled };
export const eventingRole = { name: roleName, namespace: knativeEventing, wanted: v.eventing.enabled };

/** The policies of Knative for this workload, which name all namespaces of the tenant. */
export const policiesFor = (workload: string) =>
  eachNumbered(partsOfPolicies, 'number', 'part', (_, number) => fmt`allow-${tenant}-to-${workload}-${next(number)}`);
