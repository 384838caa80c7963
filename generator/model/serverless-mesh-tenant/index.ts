/** The chart serverless-mesh-tenant. A new object is one model file and one line here. */
import { TenantValues } from '../../../values-schema/tenant/index.ts';
import { type Chart, inOrder, tenantStages } from '../chart.ts';
import knative from './knative/policies.ts';
import { labels } from './metadata.ts';
import { notes } from './notes.ts';
import { rules } from './rules.ts';
import namespaces from './tenant/namespaces.ts';
import testClusterRole from './tests/cluster-role.ts';
import testClusterRoleBinding from './tests/cluster-role-binding.ts';
import testJob from './tests/job.ts';
import testRoleBindingEventing from './tests/role-binding-eventing.ts';
import testRoleBindingServing from './tests/role-binding-serving.ts';
import testRoleEventing from './tests/role-eventing.ts';
import testRoleServing from './tests/role-serving.ts';
import testScript from './tests/script.ts';
import testServiceAccount from './tests/service-account.ts';
import { sourcesHelper, tenantHelper } from './values.ts';

export const serverlessMeshTenant: Chart = {
  name: 'serverless-mesh-tenant',
  version: '0.1.0',
  appVersion: '1.37',
  description:
    'Isolation of a tenant in the service mesh of OpenShift Serverless: who may call its Knative Services, Brokers and Channels',
  kubeVersion: '>=1.24.0-0',
  keywords: ['openshift', 'serverless', 'knative', 'service-mesh', 'istio', 'tenant', 'isolation', 'authorization'],
  annotations: { 'charts.openshift.io/name': 'Serverless Mesh Tenant', 'artifacthub.io/category': 'security' },
  values: TenantValues,
  valuesSource: 'values-schema/tenant/',
  helpers: [labels, tenantHelper, sourcesHelper],
  rules,
  resources: inOrder(tenantStages, {
    'knative/policies': knative,
    'tenant/namespaces': namespaces,
    'tests/service-account': testServiceAccount,
    'tests/cluster-role': testClusterRole,
    'tests/cluster-role-binding': testClusterRoleBinding,
    'tests/role-serving': testRoleServing,
    'tests/role-binding-serving': testRoleBindingServing,
    'tests/role-eventing': testRoleEventing,
    'tests/role-binding-eventing': testRoleBindingEventing,
    'tests/script': testScript,
    'tests/job': testJob,
  }),
  notes,
  statics: { '.helmignore': 'helmignore', 'templates/_cluster.tpl': 'serverless-mesh-tenant/_cluster.tpl' },
};
