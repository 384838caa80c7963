import { and, eq, not, orElse, portsWith } from '../../../gotmpl/functions.ts';
import { note, type Templated, when } from '../../../gotmpl/index.ts';
import { componentMetricsPort, istioVersion } from '../../facts/names.ts';
import type { Istio } from '../../kinds/sail.ts';
import { inStage } from '../metadata.ts';
import { istioName, ownTrustDomain, v, v3 } from '../values.ts';

const { metadata, resource } = inStage('mesh');

const control = v.mesh.controlPlane;
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
        defaultConfig: {
          terminationDrainDuration: note(
            'Longer than the 30 seconds in which Knative stops a pod, so that no request is dropped.',
            control.terminationDrainDuration,
          ),
        },
      },
      global: {
        proxy: {
          excludeInboundPorts: note(
            'Called by Kubernetes and cluster monitoring, which are outside the mesh: 8444 and 9090 metrics, 8022 wait-for-drain.',
            portsWith(control.excludedInboundPorts, componentMetricsPort),
          ),
          clusterDomain: when(not(eq(v.cluster.dnsDomain, 'cluster.local')), v.cluster.dnsDomain),
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
