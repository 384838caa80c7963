/** Typed references to the chart's values, its release and itself. */
import { Values } from '../../../values-schema/index.ts';
import { answer, defineCondition, refs, when } from '../../gotmpl/expr.ts';
import { and, at, eq, first, hasKey, matches, not, or, orElse } from '../../gotmpl/functions.ts';

export { chart, release } from '../release.ts';

export const v = refs<Values>(Values);

/** Knative is part of the mesh; otherwise (Kourier) only your own namespaces are. */
export const istio = eq(v.serving.ingress, 'istio');
/** Knative Serving receives requests through the gateways of the mesh. */
export const gatewaysWanted = and(v.serving.enabled, istio);
/** The chart's own member roll. An empty one is none. */
export const rollWanted = and(
  v.mesh.memberRoll.create,
  not(v.mesh.serviceMeshMembers.create),
  or(istio, v.mesh.members),
);
/** There are namespaces that must be in the mesh. */
export const membersWanted = or(and(istio, or(v.serving.enabled, v.eventing.enabled)), v.mesh.members);
/** basic is the name that the base document uses. */
export const controlPlaneName = orElse(v.mesh.controlPlane.name, 'basic');

/**
 * Where Service Mesh makes no NetworkPolicies, those of the Serverless operator would isolate the Knative namespaces:
 * the two settings belong together (serverless-operator pull requests 2470 and 2493).
 */
export const noOperatorPolicies = {
  'serverless.openshift.io/disable-istio-net-policies-generation': when<string>(
    and(istio, not(v.mesh.controlPlane.manageNetworkPolicy)),
    'true',
  ),
};

/** Where helm test puts its Knative Service. */
export const verifyNamespace = orElse(v.verify.namespace, first(v.mesh.members));
const ownUrls = or(hasKey(v.serving.config, 'domain'), hasKey(at(v.serving.config, 'network'), 'domain-template'));
export const verifies = defineCondition(
  'serverless-mesh.verifies',
  'Whether there is a helm test: where the URL of a Knative Service is known, and its first label fits into 63 characters.',
  and(
    gatewaysWanted,
    v.cluster.appsDomain,
    or(v.verify.namespace, v.mesh.members),
    matches(verifyNamespace, '^.{1,51}$'),
    not(ownUrls),
  ),
);
export const verifyWanted = answer(verifies);
