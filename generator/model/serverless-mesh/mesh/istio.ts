import { and, either, eq, join, orElse, portsWith } from '../../../gotmpl/functions.ts';
import { note, type Templated, when } from '../../../gotmpl/index.ts';
import { componentMetricsPort, istioVersion } from '../../facts/names.ts';
import type { Istio } from '../../kinds/sail.ts';
import { inStage } from '../metadata.ts';
import { istioName, ownDnsDomain, ownTlsVersion, ownTrustDomain, registryOnly, traced, v, v3 } from '../values.ts';
import { includedPlacement, placed } from '../workloads.ts';
import { extensionProviders } from './tracing.ts';

const { metadata, resource } = inStage('mesh');

const control = v.mesh.controlPlane;
const { accessLog, excludedOutboundIPRanges, tls, tracing } = control;
/** Istio writes it in capitals. */
export const istioMinProtocolVersion = either(eq(tls.minProtocolVersion, 'TLSv1_2'), 'TLSV1_2', 'TLSV1_3');
/** The version of all that the operator installs. */
export const version = orElse(control.version, istioVersion);

const manifest: Templated<Istio> = {
  apiVersion: 'sailoperator.io/v1',
  kind: 'Istio',
  metadata: metadata({ name: istioName }),
  spec: {
    namespace: v.mesh.namespace,
    version,
    updateStrategy: { type: 'InPlace' },
    values: {
      meshConfig: {
        trustDomain: when(ownTrustDomain, v.mesh.trustDomain),
        accessLogFile: when(accessLog.enabled, '/dev/stdout'),
        accessLogEncoding: when(accessLog.enabled, accessLog.encoding),
        accessLogFormat: when(and(accessLog.enabled, accessLog.format), accessLog.format),
        enableTracing: when(eq(tracing.type, 'none'), false),
        extensionProviders: when(traced, extensionProviders),
        meshMTLS: when(ownTlsVersion, { minProtocolVersion: istioMinProtocolVersion }),
        outboundTrafficPolicy: note('Only to what the mesh knows.', when(registryOnly, { mode: 'REGISTRY_ONLY' })),
        defaultConfig: {
          terminationDrainDuration: note(
            'Longer than the 30 seconds in which Knative stops a pod, so that no request is dropped.',
            control.terminationDrainDuration,
          ),
        },
      },
      pilot: when(placed, includedPlacement),
      global: {
        imagePullSecrets: when(v.imagePullSecrets, v.imagePullSecrets),
        proxy: {
          excludeInboundPorts: note(
            'Called by Kubernetes and cluster monitoring, which are outside the mesh: 8444 and 9090 metrics, 8022 wait-for-drain.',
            portsWith(control.excludedInboundPorts, componentMetricsPort),
          ),
          excludeIPRanges: when(excludedOutboundIPRanges, join(excludedOutboundIPRanges, ',')),
          clusterDomain: when(ownDnsDomain, v.cluster.dnsDomain),
        },
      },
    },
  },
};

export default resource({
  doc: 'The control plane of the mesh that OpenShift Serverless is part of, with Service Mesh 3.',
  source:
    'serverless-operator hack/lib/mesh_v3_resources/02_istio.yaml; the documentation of Service Mesh 3 lacks the excluded ports',
  documents: when(and(v3, control.create), manifest),
});
