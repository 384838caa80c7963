/** Rules of the ingress gateway. */
import { exceeds } from '../../../gotmpl/functions.ts';
import { fail, when } from '../../../gotmpl/index.ts';
import type { Rule } from '../../chart.ts';
import { v } from '../values.ts';
import { rule } from './rule.ts';

const { minReplicas, maxReplicas } = v.gateway.autoscaling;

export const gatewayRules: readonly Rule[] = [
  rule(
    maxReplicas,
    when(
      exceeds(minReplicas, maxReplicas),
      fail`is ${maxReplicas}, but gateway.autoscaling.minReplicas is ${minReplicas}; raise it, or lower minReplicas`,
    ),
  ),
];
