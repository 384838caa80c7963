import { not } from '../../../gotmpl/functions.ts';
import { when } from '../../../gotmpl/index.ts';
import { denial, receivers } from '../../facts/tenants.ts';
import { v } from '../values.ts';
import { eventingRole, policies, policiesFor, test } from './test.ts';

export default test.role({
  ...eventingRole,
  rules: [
    {
      ...policies,
      resourceNames: [denial, when(not(v.serving.enabled), policiesFor(receivers[0]))],
      verbs: ['get'],
    },
  ],
  doc: 'helm test: lets its Job read the policy in knative-eventing that denies the rest, and without Knative Services those that name the namespaces.',
});
