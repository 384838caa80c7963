/** What isolation lets through, by the policies that the chart renders: read as the picture of the callers reads them. */
import { guards, takes } from '../callers/parties.ts';
import { policiesOf } from '../callers/policies.ts';
import type { Found } from './found.ts';

/**
 * A remark where a policy guards one of these workloads, and none lets any pod of the caller's namespace call it: for
 * such calls, a tenant has policies of its own. Nothing where no policy guards them.
 */
export function allowedBy(objects: Found, from: string, to: string, workloads: readonly string[]) {
  const guarding = policiesOf(objects).filter(policy =>
    workloads.some(pods => guards(policy, { namespace: to, pods })),
  );
  if (guarding.length === 0) return {};
  const rules = guarding.flatMap(({ rules }) => rules);
  const isAllowed = rules.some(rule => takes(rule.from, { namespace: from, identity: true }));
  return isAllowed ? { remark: 'allowed by policy' } : { remark: 'needs a tenant' };
}
