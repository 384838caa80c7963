import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import { and, secondsAfter } from '../../../gotmpl/functions.ts';
import { include, note, type Templated, when } from '../../../gotmpl/index.ts';
import { gatewaySelector, knativeGateway, knativeServingIngress } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewaysWanted, injectLabels, v, v3 } from '../values.ts';
import { placement, pullSecrets } from '../workloads.ts';
import { hasResources, includedResources } from './resources.ts';

const { metadata, resource } = inStage('gateways');

const spread = (topologyKey: string) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway' as const,
  labelSelector: { matchLabels: gatewaySelector },
});

const manifest: Templated<IDeployment> = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata({ name: knativeGateway, namespace: knativeServingIngress }),
  // No replicas: their number is the HorizontalPodAutoscaler's.
  spec: {
    selector: { matchLabels: gatewaySelector },
    template: {
      metadata: {
        labels: { ...include(injectLabels), ...gatewaySelector },
        annotations: {
          'inject.istio.io/templates': note('Istio replaces the pod by its gateway.', 'gateway'),
        },
      },
      spec: {
        serviceAccountName: knativeGateway,
        imagePullSecrets: pullSecrets,
        ...placement,
        terminationGracePeriodSeconds: note(
          'Longer than a stopping gateway serves open requests.',
          secondsAfter(v.mesh.controlPlane.terminationDrainDuration, 25),
        ),
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'istio-proxy',
            image: note('Istio sets the image, when it starts the pod.', 'auto'),
            resources: when(hasResources, includedResources),
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              runAsNonRoot: true,
              capabilities: { drop: ['ALL'] },
            },
          },
        ],
        topologySpreadConstraints: [spread('topology.kubernetes.io/zone'), spread('kubernetes.io/hostname')],
      },
    },
  },
};

export default resource({
  doc: 'The ingress gateway of Knative, for requests from outside and to cluster-local URLs, with Service Mesh 3.',
  source:
    'openshift-docs modules/serverless-ossm-installing-and-configuring-openshift-service-mesh-3-x.adoc; its one pod without resources is made fit for production',
  documents: when(and(v3, gatewaysWanted), manifest),
});
