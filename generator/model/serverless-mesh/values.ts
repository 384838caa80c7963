/** Typed references to the chart's values, its release and itself. */
import { Values } from '../../../values-schema/index.ts';
import {
  answer,
  defineCondition,
  defineMap,
  defineText,
  include,
  refs,
  type Templated,
  textOf,
  when,
} from '../../gotmpl/expr.ts';
import { and, at, either, eq, first, hasKey, matches, not, oneOf, or, orElse, pick } from '../../gotmpl/functions.ts';
import { ingressGatewayService, knativeGateway, knativeServingIngress, sidecar } from '../facts/names.ts';

export { chart, release } from '../release.ts';

export const v = refs<Values>(Values);

/** Service Mesh 2, whose control plane and membership are resources of maistra.io; otherwise Service Mesh 3. */
export const v2 = eq(v.mesh.generation, 'v2');
export const v3 = eq(v.mesh.generation, 'v3');
/** Knative is part of the mesh; otherwise (Kourier) only your own namespaces are. */
export const istio = eq(v.serving.ingress, 'istio');
/** Knative Serving receives requests through the gateways of the mesh. */
export const gatewaysWanted = and(v.serving.enabled, istio);
/** The chart's own member roll. An empty one is none. */
export const rollWanted = and(
  v2,
  v.mesh.memberRoll.create,
  not(v.mesh.serviceMeshMembers.create),
  or(istio, v.mesh.members),
);
/** One ServiceMeshMember in each namespace, instead of the roll. */
export const singleMembers = and(v2, v.mesh.serviceMeshMembers.create);
/** There are namespaces that must be on the roll. */
export const membersWanted = and(v2, or(and(istio, or(v.serving.enabled, v.eventing.enabled)), v.mesh.members));
/** Namespaces that the Job after install labels for injection. */
export const labelsMembers = and(v3, v.mesh.members);
/** Name of the ServiceMeshControlPlane. basic is the name that the base document uses. */
export const controlPlaneName = orElse(v.mesh.controlPlane.name, 'basic');
/** Name of the Istio resource. With default, which the documentation uses, Istio injects by the usual labels. */
export const istioName = orElse(v.mesh.controlPlane.name, 'default');
/** The trust domain is another than the one that control planes have by themselves. */
export const ownTrustDomain = not(eq(v.mesh.trustDomain, 'cluster.local'));
export const ownDnsDomain = not(eq(v.cluster.dnsDomain, 'cluster.local'));
/** The least version of TLS is not left to Service Mesh. */
export const ownTlsVersion = not(eq(v.mesh.controlPlane.tls.minProtocolVersion, 'TLS_AUTO'));
/** Proxies send traces to a collector. */
export const traced = eq(v.mesh.controlPlane.tracing.type, 'openTelemetry');
/** Proxies connect to nothing that the mesh does not know. */
export const registryOnly = eq(v.mesh.controlPlane.outboundTrafficPolicy, 'REGISTRY_ONLY');
/** The chart's own IstioCNI, of which a cluster has one. */
export const makesCni = and(v3, v.mesh.controlPlane.create, v.mesh.cni.create);
/** With another name than default, Istio injects only where its revision is named. */
export const namedRevision = and(v3, not(oneOf(v.mesh.controlPlane.name, ['', 'default'])));

export const injectLabels = defineMap('serverless-mesh.injectLabels', 'Labels by which pods get a sidecar.', {
  ...sidecar.labels,
  'istio.io/rev': when(namedRevision, v.mesh.controlPlane.name),
});
/** What makes a workload part of the mesh, as labels and annotation of its pods. */
const labels: Templated<Readonly<Record<string, string>>> = { ...include(injectLabels) };
export const inMesh = { labels, annotations: sidecar.annotations };

/** Where the pods of the ingress gateway are: with Service Mesh 2 those of the control plane, with 3 our own. */
export const gatewayNamespaceHelper = defineText(
  'serverless-mesh.gatewayNamespace',
  'Namespace of the pods of the ingress gateway, and so of their certificate.',
  pick(v3, knativeServingIngress, v.mesh.namespace),
);
export const gatewayNamespace = textOf(gatewayNamespaceHelper);
/** The resource that is the control plane. */
export const meshNameHelper = defineText(
  'serverless-mesh.meshName',
  'Name of the ServiceMeshControlPlane, or of the Istio resource.',
  pick(v2, controlPlaneName, istioName),
);
export const meshName = textOf(meshNameHelper);

export const gatewayNameHelper = defineText(
  'serverless-mesh.gatewayName',
  'Name of the Deployment and of the Service of the ingress gateway.',
  either(v3, knativeGateway, ingressGatewayService),
);
export const gatewayName = textOf(gatewayNameHelper);
/** The local gateway takes plain text, and a NetworkPolicy says from whom. */
export const takesPlainText = defineCondition(
  'serverless-mesh.plainLocalGateway',
  'Whether the local gateway takes plain text, and not only the certificate of the mesh.',
  and(v3, eq(v.gateway.local.tls, 'plain')),
);
export const plainLocalGateway = answer(takesPlainText);

/**
 * Where Service Mesh makes no NetworkPolicies, those of the Serverless operator would isolate the Knative namespaces:
 * the two settings belong together (serverless-operator pull requests 2470 and 2493).
 */
export const noOperatorPolicies = {
  'serverless.openshift.io/disable-istio-net-policies-generation': when<string>(
    and(istio, or(v3, not(v.mesh.controlPlane.manageNetworkPolicy))),
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
