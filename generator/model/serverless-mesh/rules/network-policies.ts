/** Rules of NetworkPolicies. */
import { and, not } from '../../../gotmpl/functions.ts';
import { fail, when } from '../../../gotmpl/index.ts';
import type { Rule } from '../../chart.ts';
import { istio, v, v2 } from '../values.ts';
import { rule } from './rule.ts';

const { ingress, egress } = v.networkPolicies;

export const networkPolicyRules: readonly Rule[] = [
  rule(
    ingress.create,
    when(
      and(v2, istio, ingress.create, v.mesh.controlPlane.manageNetworkPolicy),
      fail`is true, but mesh.controlPlane.manageNetworkPolicy is true, so that Service Mesh makes such policies; set one of the two to false`,
    ),
  ),
  ...[ingress, egress].map(({ create }) =>
    rule(
      create,
      when(
        and(not(istio), create),
        fail`is true, but with serving.ingress kourier Knative is outside the mesh; leave it false, or set serving.ingress to istio`,
      ),
    ),
  ),
];
