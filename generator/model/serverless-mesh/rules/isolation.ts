/** Rules of the isolation of teams. */
import { and, not } from '../../../gotmpl/functions.ts';
import { fail, when } from '../../../gotmpl/index.ts';
import type { Rule } from '../../chart.ts';
import { istio, v } from '../values.ts';
import { empty, rule } from './rule.ts';

const enabled = v.isolation.enabled;

export const isolationRules: readonly Rule[] = [
  rule(
    enabled,
    when(
      and(enabled, not(istio)),
      fail`is true, but with serving.ingress kourier Knative is outside the mesh, where no policy counts; set serving.ingress to istio, or leave it false`,
    ),
  ),
  rule(
    enabled,
    when(
      and(enabled, empty(v.serving.enabled), empty(v.eventing.enabled)),
      fail`is true, but serving.enabled and eventing.enabled are both false, so that there is nothing to isolate; enable one of them, or leave it false`,
    ),
  ),
];
