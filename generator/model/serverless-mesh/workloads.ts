/**
 * What the operator changes of Knative's own workloads. Each concern is an entry of its own: the operator applies all
 * entries of a name one after the other (knative/operator pkg/reconciler/common/workload_override.go), so that a
 * sidecar, nodes and resources of one workload need not stand together.
 */
import type { Values } from '../../../values-schema/index.ts';
import { and, or } from '../../gotmpl/functions.ts';
import {
  defineMap,
  type Expr,
  each,
  entries,
  type Item,
  include,
  type Ref,
  type Templated,
  when,
} from '../../gotmpl/index.ts';
import { pullSecretsOf, secretReferences } from '../script-job.ts';
import { v } from './values.ts';

const { nodeSelector, tolerations } = v.placement;

/** The nodes are chosen. */
export const placed = or(nodeSelector, tolerations);

interface Toleration {
  readonly key: string;
  readonly operator?: 'Exists' | 'Equal';
  readonly value?: string;
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}
/** Where a pod runs: fields that Kubernetes, both control planes and Knative's operator have alike. */
export const placement = {
  nodeSelector: when<Templated<Record<string, string>>>(nodeSelector, { ...entries(nodeSelector) }),
  tolerations: when<readonly Item<Toleration>[]>(tolerations, [
    each(
      tolerations,
      'toleration',
      (t): Templated<Toleration> => ({
        key: t.key,
        operator: when(t.operator, t.operator),
        value: when(t.value, t.value),
        effect: when(t.effect, t.effect),
      }),
    ),
  ]),
};

/** Each of these workloads on the chosen nodes. */
export function onNodes(workloads: Expr<readonly string[]>) {
  const entries = each(workloads, 'name', name => ({ name, ...includedPlacement }));
  return when<typeof entries>(placed, entries);
}

export const placementHelper = defineMap(
  'serverless-mesh.placement',
  'Where pods of the control plane and of Knative run.',
  placement,
  placed,
);
type Placement = Templated<{
  readonly nodeSelector?: Record<string, string>;
  readonly tolerations?: Toleration[];
}>;
/** The same, by that helper: for fields that are there only where the nodes are chosen. */
export const includedPlacement: Placement = { ...include(placementHelper) };

/** References to the Secrets with which images are pulled. */
export const secretsOfImages = secretReferences(v.imagePullSecrets);
/** Of a pod, where there are any. */
export const pullSecrets = pullSecretsOf(v.imagePullSecrets);

export type Resources = Values['serving']['resources'];
type Quantities = Templated<{ readonly cpu?: string; readonly memory?: string }>;
/** Whether there is something to reserve, or to limit. */
export const hasQuantities = (of: Ref<{ cpu?: string; memory?: string }>) => and(of, or(of.cpu, of.memory));
const quantities = (of: Ref<{ cpu?: string; memory?: string }>) =>
  when<Quantities>(hasQuantities(of), { cpu: when(of.cpu, of.cpu), memory: when(of.memory, of.memory) });
/** The user's resources, one entry for each container. */
export const withResources = (resources: Ref<Resources>) =>
  each(resources as Expr<Resources>, 'resources', r => ({
    name: r.workload,
    resources: [
      {
        container: r.container,
        requests: quantities(r.requests),
        limits: quantities(r.limits),
      },
    ],
  }));
