/** What an Istio looks at: without discoverySelectors the whole cluster, with them the namespaces whose labels they name. */
import type { Cluster } from '../cluster/cluster.ts';
import { type KubeObject, listAt, mapAt, textAt, titleOf } from '../cluster/fields.ts';
import type { Said } from './check.ts';
import { meshNamespace, namespacesInMesh, type Plan } from './plan.ts';

type Labels = Readonly<Record<string, unknown>>;

/** One expression of a selector, as Kubernetes reads it. An operator of no known name selects nothing. */
function holds(expression: unknown, labels: Labels): boolean {
  const value = labels[textAt(expression, 'key')];
  const isListed = listAt(expression, 'values').includes(value);
  switch (textAt(expression, 'operator')) {
    case 'In':
      return isListed;
    case 'NotIn':
      return !isListed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** Whether a label selector of Kubernetes selects these labels. */
export const selects = (selector: unknown, labels: Labels): boolean =>
  Object.entries(mapAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value) &&
  listAt(selector, 'matchExpressions').every(expression => holds(expression, labels));

/** Namespaces of the mesh that an Istio of somebody else does not see; also that of its own settings. */
export async function* unseenNamespaces(cluster: Cluster, istio: KubeObject, plan: Plan): AsyncIterable<Said> {
  const selectors = listAt(istio, 'spec', 'values', 'meshConfig', 'discoverySelectors');
  if (selectors.length === 0) return;
  for (const namespace of [meshNamespace(plan), ...namespacesInMesh(plan)]) {
    const found = await cluster.get('v1/Namespace', namespace);
    // That one is absent says another check.
    if (found === undefined || selectors.some(s => selects(s, mapAt(found, 'metadata', 'labels')))) continue;
    yield {
      finding: `${titleOf(istio)} does not see namespace ${namespace}, which none of its discoverySelectors selects`,
      remedy: `give namespace ${namespace} a label that spec.values.meshConfig.discoverySelectors names`,
    };
  }
}
