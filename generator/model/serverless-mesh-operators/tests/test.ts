/** What the objects of `helm test` share. */
import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { type Expr, fmt, type Templated } from '../../../gotmpl/index.ts';
import { meshOperatorNamespace, serverlessOperatorNamespace, serverlessPackage } from '../../facts/operators.ts';
import { helmTest } from '../../helm-test.ts';
import { inStage } from '../metadata.ts';
import { meshPackage, v } from '../values.ts';

export const test = helmTest(inStage('verification'));

/** Named after the Subscription, which only one release can have. */
const roleFor = (subscription: string | Expr<string>) => fmt`${subscription}-test`;
export const serverlessRole = {
  name: roleFor(serverlessPackage),
  namespace: serverlessOperatorNamespace,
  wanted: v.serverless.enabled,
};
export const meshRole = { name: roleFor(meshPackage), namespace: meshOperatorNamespace, wanted: v.mesh.enabled };

/** The version that the Subscription has installed has no name that could be known before. */
export const rulesFor = (subscription: string | Expr<string>): NonNullable<Templated<IRole>['rules']> => [
  {
    apiGroups: ['operators.coreos.com'],
    resources: ['subscriptions'],
    resourceNames: [subscription],
    verbs: ['get'],
  },
  { apiGroups: ['operators.coreos.com'], resources: ['clusterserviceversions'], verbs: ['get'] },
];
