/** NOTES where the mesh is somebody else's: what must be set there, because the chart touches nothing of it. */
import { eq, join, portsWith } from '../../../gotmpl/functions.ts';
import { each, fmt, when } from '../../../gotmpl/index.ts';
import type { TextLine } from '../../chart.ts';
import { componentMetricsPort } from '../../facts/names.ts';
import { istioMinProtocolVersion } from '../mesh/istio.ts';
import { istioName, ownDnsDomain, ownTlsVersion, ownTrustDomain, v } from '../values.ts';

const control = v.mesh.controlPlane;
const { excludedOutboundIPRanges, tls } = control;

export const existingIstio: readonly TextLine[] = [
  '',
  fmt`The Istio resource ${istioName} and its mesh are yours and were not touched. They must have these settings:`,
  fmt`  spec.namespace: ${v.mesh.namespace}`,
  fmt`  spec.values.meshConfig.defaultConfig.terminationDrainDuration: ${control.terminationDrainDuration}`,
  fmt`  spec.values.global.proxy.excludeInboundPorts: "${portsWith(control.excludedInboundPorts, componentMetricsPort)}"`,
  when(excludedOutboundIPRanges, [
    fmt`  spec.values.global.proxy.excludeIPRanges: "${join(excludedOutboundIPRanges, ',')}"`,
  ]),
  when(ownDnsDomain, [fmt`  spec.values.global.proxy.clusterDomain: ${v.cluster.dnsDomain}`]),
  when(ownTrustDomain, [fmt`  spec.values.meshConfig.trustDomain: ${v.mesh.trustDomain}`]),
  when(ownTlsVersion, [fmt`  spec.values.meshConfig.meshMTLS.minProtocolVersion: ${istioMinProtocolVersion}`]),
  fmt`  and a PeerAuthentication in ${v.mesh.namespace} with spec.mtls.mode: STRICT`,
];

export const existingControlPlane: readonly TextLine[] = [
  '',
  fmt`The control plane in ${v.mesh.namespace} is yours and was not touched. It must have these settings:`,
  '  spec.security.dataPlane.mtls: true',
  when(ownTlsVersion, [fmt`  spec.security.controlPlane.tls.minProtocolVersion: ${tls.minProtocolVersion}`]),
  when(eq(control.identity, 'ThirdParty'), ['  spec.security.identity.type: ThirdParty']),
  when(ownTrustDomain, [fmt`  spec.security.trust.domain: ${v.mesh.trustDomain}`]),
  fmt`  spec.security.manageNetworkPolicy: ${control.manageNetworkPolicy}`,
  fmt`  spec.techPreview.meshConfig.defaultConfig.terminationDrainDuration: ${control.terminationDrainDuration}`,
  '  spec.gateways.ingress.service.metadata.labels.knative: ingressgateway',
  '  spec.proxy.networking.trafficControl.inbound.excludedPorts:',
  each(control.excludedInboundPorts, 'port', port => [fmt`  - ${port}`]),
  when(excludedOutboundIPRanges, [
    '  spec.proxy.networking.trafficControl.outbound.excludedIPRanges:',
    each(excludedOutboundIPRanges, 'range', range => [fmt`  - ${range}`]),
  ]),
  when(ownDnsDomain, [fmt`  spec.proxy.networking.clusterDomain: ${v.cluster.dnsDomain}`]),
];

export const existingRoll: readonly TextLine[] = [
  '',
  fmt`The member roll in ${v.mesh.namespace} is yours and was not touched. It must list knative-serving, knative-eventing`,
  'and your namespaces.',
];
