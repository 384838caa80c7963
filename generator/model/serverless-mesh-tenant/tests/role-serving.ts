import { denial } from '../../facts/tenants.ts';
import { policies, policiesFor, servingRole, test } from './test.ts';

export default test.role({
  ...servingRole,
  rules: [{ ...policies, resourceNames: [denial, policiesFor('activator')], verbs: ['get'] }],
  doc: 'helm test: lets its Job read the policies in knative-serving that name the namespaces, and the one that denies the rest.',
});
