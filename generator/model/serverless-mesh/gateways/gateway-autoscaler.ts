import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { and } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { gatewayTargetCpu, knativeGateway, knativeServingIngress } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewaysWanted, v, v3 } from '../values.ts';

const { metadata, resource } = inStage('gateways');

const manifest: Templated<IHorizontalPodAutoscaler> = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: metadata({ name: knativeGateway, namespace: knativeServingIngress }),
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: knativeGateway },
    minReplicas: v.gateway.autoscaling.minReplicas,
    maxReplicas: v.gateway.autoscaling.maxReplicas,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: gatewayTargetCpu } },
      },
    ],
  },
};

export default resource({
  doc: 'As many pods of the ingress gateway as its load needs. With Service Mesh 2 the control plane makes its own.',
  source: 'istio manifests/charts/gateway/values.yaml',
  documents: when(and(v3, gatewaysWanted), manifest),
});
