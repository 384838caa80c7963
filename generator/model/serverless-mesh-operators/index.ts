/** The chart serverless-mesh-operators. A new object is one model file and one line here. */
import { OperatorValues } from '../../../values-schema/operators/index.ts';
import { type Chart, inOrder, operatorStages } from '../chart.ts';
import { labels } from './metadata.ts';
import openshiftServerless, { mayCreateNamespace } from './namespaces/openshift-serverless.ts';
import { notes } from './notes.ts';
import serverlessOperators, { mayCreateOperatorGroup } from './operator-groups/serverless-operators.ts';
import { rules } from './rules.ts';
import meshOperator from './subscriptions/mesh-operator.ts';
import serverlessOperator from './subscriptions/serverless-operator.ts';
import testJob from './tests/job.ts';
import testRoleBindingMesh from './tests/role-binding-mesh.ts';
import testRoleBindingServerless from './tests/role-binding-serverless.ts';
import testRoleMesh from './tests/role-mesh.ts';
import testRoleServerless from './tests/role-serverless.ts';
import testScript from './tests/script.ts';
import testServiceAccount from './tests/service-account.ts';

export const serverlessMeshOperators: Chart = {
  name: 'serverless-mesh-operators',
  version: '0.1.0',
  appVersion: '1.37',
  description: 'The operators of OpenShift Serverless and OpenShift Service Mesh, for those who have none yet',
  kubeVersion: '>=1.24.0-0',
  keywords: ['openshift', 'serverless', 'knative', 'service-mesh', 'istio', 'olm', 'operators'],
  annotations: {
    'charts.openshift.io/name': 'Serverless Mesh Operators',
    'artifacthub.io/category': 'integration-delivery',
    // Artifact Hub takes every chart with this word in its name for an operator.
    'artifacthub.io/operator': 'false',
  },
  values: OperatorValues,
  valuesSource: 'values-schema/operators/',
  helpers: [labels, mayCreateNamespace, mayCreateOperatorGroup],
  rules,
  resources: inOrder(operatorStages, {
    'namespaces/openshift-serverless': openshiftServerless,
    'operator-groups/serverless-operators': serverlessOperators,
    'subscriptions/serverless-operator': serverlessOperator,
    'subscriptions/mesh-operator': meshOperator,
    'tests/service-account': testServiceAccount,
    'tests/role-serverless': testRoleServerless,
    'tests/role-binding-serverless': testRoleBindingServerless,
    'tests/role-mesh': testRoleMesh,
    'tests/role-binding-mesh': testRoleBindingMesh,
    'tests/script': testScript,
    'tests/job': testJob,
  }),
  notes,
  statics: { '.helmignore': 'helmignore', 'templates/_cluster.tpl': 'serverless-mesh-operators/_cluster.tpl' },
};
