/** The ingress gateway as the control plane of Service Mesh 2 makes it. */
import { defineMap, include, note, type Templated, when } from '../../../gotmpl/index.ts';
import { gatewaySelector, gatewayTargetCpu } from '../../facts/names.ts';
import type { ServiceMeshControlPlane } from '../../kinds/maistra.ts';
import { v } from '../values.ts';
import { hasResources, includedResources } from './resources.ts';

type Gateway = Templated<NonNullable<ServiceMeshControlPlane['spec']['gateways']>['ingress']>;

const gateway: Gateway = {
  runtime: {
    deployment: {
      autoScaling: {
        enabled: true,
        minReplicas: v.gateway.autoscaling.minReplicas,
        maxReplicas: v.gateway.autoscaling.maxReplicas,
        targetCPUUtilizationPercentage: gatewayTargetCpu,
      },
    },
    container: when(hasResources, { resources: includedResources }),
    pod: {
      affinity: {
        podAntiAffinity: {
          preferredDuringScheduling: note('On different nodes, where there are several.', [
            {
              key: 'knative',
              operator: 'In',
              values: [gatewaySelector.knative],
              topologyKey: 'kubernetes.io/hostname',
            },
          ]),
        },
      },
    },
  },
  service: {
    metadata: { labels: note('The selector of the Knative Gateways.', gatewaySelector) },
  },
};
export const ingressGateway = defineMap(
  'serverless-mesh.ingressGateway',
  'The ingress gateway, as the control plane of Service Mesh 2 makes it.',
  gateway,
);
// The helper has all of its fields, which the type of an include cannot say.
export const includedGateway = { ...include(ingressGateway) } as Gateway;
