/** Service Mesh 2. Source: https://github.com/maistra/istio-operator, branch maistra-2.6, deploy/src/crd.yaml. */
import { type Static, Type } from 'typebox';
import { kind, object, strings } from './kind.ts';

export const ServiceMeshControlPlane = kind('maistra.io/v2', 'ServiceMeshControlPlane', {
  version: Type.Optional(Type.String()),
  profiles: Type.Array(Type.String()),
  security: Type.Optional(
    object({
      dataPlane: Type.Optional(object({ mtls: Type.Boolean() })),
      identity: Type.Optional(object({ type: Type.Literal('ThirdParty') })),
      manageNetworkPolicy: Type.Optional(Type.Boolean()),
      trust: Type.Optional(object({ domain: Type.String() })),
    }),
  ),
  // The CRD keeps whatever stands below techPreview, so a typo here would go unnoticed in a cluster.
  techPreview: object({ meshConfig: object({ defaultConfig: object({ terminationDrainDuration: Type.String() }) }) }),
  gateways: Type.Optional(
    object({
      ingress: object({
        runtime: object({
          deployment: object({
            autoScaling: object({
              enabled: Type.Boolean(),
              minReplicas: Type.Integer(),
              maxReplicas: Type.Integer(),
              targetCPUUtilizationPercentage: Type.Integer(),
            }),
          }),
          container: Type.Optional(
            object({ resources: object({ requests: Type.Optional(strings), limits: Type.Optional(strings) }) }),
          ),
          pod: object({
            affinity: object({
              podAntiAffinity: object({
                preferredDuringScheduling: Type.Array(
                  object({
                    key: Type.String(),
                    operator: Type.String(),
                    values: Type.Array(Type.String()),
                    topologyKey: Type.String(),
                  }),
                ),
              }),
            }),
          }),
        }),
        service: object({ metadata: object({ labels: strings }) }),
      }),
    }),
  ),
  proxy: object({
    networking: object({
      clusterDomain: Type.Optional(Type.String()),
      trafficControl: object({ inbound: object({ excludedPorts: Type.Array(Type.Integer()) }) }),
    }),
  }),
});
export type ServiceMeshControlPlane = Static<typeof ServiceMeshControlPlane>;

export const ServiceMeshMemberRoll = kind('maistra.io/v1', 'ServiceMeshMemberRoll', {
  members: Type.Array(Type.String()),
});
export type ServiceMeshMemberRoll = Static<typeof ServiceMeshMemberRoll>;

export const ServiceMeshMember = kind('maistra.io/v1', 'ServiceMeshMember', {
  controlPlaneRef: object({ name: Type.String(), namespace: Type.String() }),
});
export type ServiceMeshMember = Static<typeof ServiceMeshMember>;
