/** The order in which Helm prints and installs objects: by kind, then by template path, hooks last. */
import type { Manifest } from '../gotmpl/evaluate.ts';

/** Source: helm/helm pkg/release/v1/util/kind_sorter.go, InstallOrder, the kinds that a chart of ours may have. */
const INSTALL_ORDER = [
  'Namespace',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Service',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Job',
];

/** A rendered object and the template that it comes from, as `serverless-mesh/templates/serving/knative-serving.yaml`. */
export interface Rendered {
  readonly source: string;
  readonly object: Manifest;
}

interface Placed {
  readonly item: Rendered;
  readonly hook: boolean;
  readonly rank: number;
  readonly kind: string;
}

const hookOf = ({ metadata }: Manifest): string | undefined =>
  (metadata as { annotations?: Record<string, string> }).annotations?.['helm.sh/hook'];
const isHook = (object: Manifest): boolean => hookOf(object) !== undefined;

/** What `helm template --skip-tests` leaves: without the objects of `helm test`, which nothing would run or remove. */
export const withoutTests = (items: readonly Rendered[]): readonly Rendered[] =>
  items.filter(({ object }) => !hookOf(object)?.split(',').includes('test'));

/** In Helm's order; objects of one kind stay in the order given, which must be that of their template paths. */
export function inHelmOrder(items: readonly Rendered[]): Rendered[] {
  const placed = items.map((item): Placed => {
    const kind = item.object.kind as string;
    const known = INSTALL_ORDER.indexOf(kind);
    return { item, hook: isHook(item.object), rank: known === -1 ? INSTALL_ORDER.length : known, kind };
  });
  return placed.sort(byPlace).map(p => p.item);
}

function byPlace(a: Placed, b: Placed): number {
  if (a.hook !== b.hook) return a.hook ? 1 : -1;
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.rank < INSTALL_ORDER.length || a.kind === b.kind) return 0;
  // Kinds that Helm does not know come last, by name.
  return a.kind < b.kind ? -1 : 1;
}
