/** What an uninstalled Knative may leave behind, and the next one cannot stand. */
import { listAt } from '../../cluster/fields.ts';
import { aggregatedServingRoles } from '../../model/facts/names.ts';
import { type Check, part, type Said } from '../check.ts';
import { planned } from '../plan.ts';

/**
 * While the operator deletes its aggregated roles, Kubernetes' own controller may make one again, without rules. The
 * operator reads the rules of such a role of Serving before it applies its own, and takes none for an error:
 * `.rules accessor error: <nil> is of the type <nil>, expected []interface{}`. It does not read those of Eventing.
 */
export const leftRoles: Check = {
  id: 'left-roles',
  title: 'no empty ClusterRole of a former Knative Serving is in the way of the new one',
  looksAt: `ClusterRoles ${aggregatedServingRoles.join(' and ')}`,
  source: 'knative.dev/operator pkg/reconciler/knativeserving/common/aggregated_rules.go',
  concerns: plan => planned(plan, 'KnativeServing') !== undefined,
  run: async function* (cluster) {
    for (const name of aggregatedServingRoles)
      yield* part(`ClusterRole ${name}`, async function* (): AsyncIterable<Said> {
        const role = await cluster.get('rbac.authorization.k8s.io/v1/ClusterRole', name);
        if (role === undefined || listAt(role, 'rules').length > 0) return;
        yield {
          finding: `ClusterRole ${name} has no rules, and keeps KnativeServing from being ready (.rules accessor error)`,
          remedy: `oc delete clusterrole ${name}`,
        };
      });
  },
};
