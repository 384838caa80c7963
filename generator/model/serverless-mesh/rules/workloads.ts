/** Rules of nodes and resources. */
import { and, eq, not, oneOf } from '../../../gotmpl/functions.ts';
import { type Expr, each, fail, type Ref, when } from '../../../gotmpl/index.ts';
import type { Rule } from '../../chart.ts';
import {
  eventingControllers,
  eventingWorkloads,
  istioControllers,
  jobSink,
  kafkaWebhook,
  kafkaWorkloads,
  kourierWorkloads,
  servingControllers,
  servingWorkloads,
} from '../../facts/names.ts';
import { v } from '../values.ts';
import { hasQuantities, type Resources } from '../workloads.ts';
import { rule } from './rule.ts';

const workloadsOf = {
  serving: [...servingWorkloads, ...servingControllers, ...istioControllers, ...kourierWorkloads],
  eventing: [...eventingWorkloads, ...eventingControllers, jobSink],
  kafka: [...kafkaWorkloads, kafkaWebhook],
};

/** The operator changes nothing by a name that it does not find, and says nothing of it. */
const resourceRules = (of: keyof typeof workloadsOf, resources: Ref<Resources>): readonly Rule[] => [
  rule(
    resources,
    each(resources as Expr<Resources>, 'resources', r =>
      when(
        not(oneOf(r.workload, workloadsOf[of])),
        fail`names ${r.workload}, which is no workload of Knative ${of === 'serving' ? 'Serving' : of === 'eventing' ? 'Eventing' : 'Kafka'}; write one of ${workloadsOf[of].join(', ')}`,
      ),
    ),
  ),
  rule(
    resources,
    each(resources as Expr<Resources>, 'resources', r =>
      when(
        and(not(hasQuantities(r.requests)), not(hasQuantities(r.limits))),
        fail`has neither requests nor limits; write cpu or memory below one of them, or leave the container out`,
      ),
    ),
  ),
];

export const workloadRules: readonly Rule[] = [
  rule(
    v.placement.tolerations,
    each(v.placement.tolerations, 'toleration', t =>
      when(
        and(eq(t.operator, 'Exists'), t.value),
        fail`has operator Exists with value ${t.value}, which Kubernetes refuses; remove the value, or write operator Equal`,
      ),
    ),
  ),
  ...resourceRules('serving', v.serving.resources),
  ...resourceRules('eventing', v.eventing.resources),
  ...resourceRules('kafka', v.kafka.resources),
];
