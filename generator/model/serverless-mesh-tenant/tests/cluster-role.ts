import { fmt } from '../../../gotmpl/index.ts';
import { tenant } from '../values.ts';
import { policies, roleName, test } from './test.ts';

export default test.clusterRole({
  name: roleName,
  rules: [
    // A list by metadata.name is a matter of that name: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources.
    { ...policies, resourceNames: [fmt`allow-${tenant}`], verbs: ['list'] },
    { apiGroups: [''], resources: ['namespaces'], verbs: ['list'] },
  ],
  doc: 'helm test: lets its Job see in which namespaces the policy of the tenant is, and which namespaces there are, in one request each.',
});
