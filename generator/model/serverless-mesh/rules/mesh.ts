/** Rules of the control plane and its members. */
import { and, eq, hasNumber, matches, not, oneOf } from '../../../gotmpl/functions.ts';
import { each, fail, when } from '../../../gotmpl/index.ts';
import type { Rule } from '../../chart.ts';
import {
  cniNamespace,
  controlPlaneVersions,
  istioVersions,
  knativeNamespaces,
  metricsPort,
  routerNamespace,
  waitForDrainPort,
} from '../../facts/names.ts';
import { meshOperatorNamespace } from '../../facts/operators.ts';
import { onReleases } from '../../facts/releases.ts';
import { istio, v, v2, v3 } from '../values.ts';
import { rule } from './rule.ts';

const control = v.mesh.controlPlane;

export const meshRules: readonly Rule[] = [
  rule(
    v.mesh.namespace,
    when(
      oneOf(v.mesh.namespace, knativeNamespaces),
      fail`is a namespace of Knative; write the namespace of the control plane, for example istio-system`,
    ),
  ),
  rule(
    v.mesh.members,
    each(v.mesh.members, 'member', member =>
      when(
        oneOf(member, knativeNamespaces),
        fail`is ${member}, which is not yours; leave it out, the chart adds what the mesh needs`,
      ),
    ),
  ),
  rule(
    v.mesh.namespace,
    when(
      eq(v.mesh.namespace, routerNamespace),
      fail`is openshift-ingress, the namespace of OpenShift's router; write another one, for example istio-system`,
    ),
  ),
  // maistra/istio-operator pkg/controller/servicemesh/webhooks/validation.
  rule(
    v.mesh.namespace,
    when(
      and(v2, eq(v.mesh.namespace, meshOperatorNamespace)),
      fail`is openshift-operators, where the operator of Service Mesh 2 takes no control plane; write another one, for example istio-system`,
    ),
  ),
  rule(
    v.mesh.namespace,
    when(
      and(v3, eq(v.mesh.namespace, cniNamespace)),
      fail`is istio-cni, the namespace of the CNI plugin; write another one, for example istio-system`,
    ),
  ),
  rule(
    v.mesh.members,
    each(v.mesh.members, 'member', member =>
      when(
        and(v3, eq(member, cniNamespace)),
        fail`is istio-cni, the namespace of the CNI plugin, which is not yours; leave it out`,
      ),
    ),
  ),
  rule(
    v.mesh.members,
    when(
      oneOf(v.mesh.namespace, v.mesh.members),
      fail`contains mesh.namespace, which cannot be a member of its own mesh; leave it out`,
    ),
  ),
  rule(
    control.version,
    when(
      and(v2, control.version, not(oneOf(control.version, controlPlaneVersions)), not(control.allowUnknownVersion)),
      fail`is not one of ${controlPlaneVersions.join(', ')}; write one of them, "" for the newest, or set mesh.controlPlane.allowUnknownVersion`,
    ),
  ),
  rule(
    control.version,
    when(
      and(
        v3,
        control.version,
        not(matches(control.version, `^(${istioVersions.join('|').replaceAll('.', '[.]')})(-latest|[.][0-9]+)$`)),
        not(control.allowUnknownVersion),
      ),
      fail`is no version of ${istioVersions.join(', ')}, the Istio of Service Mesh 3; write one as v1.27-latest or v1.27.3, "" for the default, or set mesh.controlPlane.allowUnknownVersion`,
    ),
  ),
  rule(
    v.mesh.generation,
    when(
      and(
        v3,
        onReleases(r => r.serviceMesh3 === 'no'),
      ),
      fail`is v3, but Serverless knows Service Mesh 3 from v1.37 on; set serverless.release to v1.37 or later, or leave v2`,
    ),
  ),
  rule(
    v.mesh.generation,
    when(
      and(v3, not(istio)),
      fail`is v3, but serving.ingress is kourier, which is for Service Mesh 2 only; set serving.ingress to istio, or leave v2`,
    ),
  ),
  rule(
    control.terminationDrainDuration,
    when(
      matches(control.terminationDrainDuration, '^([0-9]|[12][0-9]|30)s$'),
      fail`is ${control.terminationDrainDuration}, but Knative takes up to 30 seconds to stop a pod; write more than 30s, for example 35s`,
    ),
  ),
  rule(
    control.manageNetworkPolicy,
    when(
      and(
        v2,
        istio,
        not(control.manageNetworkPolicy),
        onReleases(r => !r.networkPolicyOptOut),
      ),
      fail`is false, but Serverless v1.31 has no way to leave out its own NetworkPolicies; leave it true, or set serverless.release to v1.32 or later`,
    ),
  ),
  rule(
    control.excludedInboundPorts,
    when(
      not(hasNumber(control.excludedInboundPorts, waitForDrainPort)),
      fail`lacks 8022, the wait-for-drain hook that Kubernetes calls without a client certificate; add 8022`,
    ),
  ),
  rule(
    control.excludedInboundPorts,
    when(
      and(v.serving.metrics.enabled, not(hasNumber(control.excludedInboundPorts, metricsPort))),
      fail`lacks 8444, from which Prometheus reads metrics without a client certificate; add 8444, or set serving.metrics.enabled to false`,
    ),
  ),
];
