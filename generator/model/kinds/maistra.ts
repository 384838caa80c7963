/** Service Mesh 2. Source: https://github.com/maistra/istio-operator, branch maistra-2.6, deploy/src/crd.yaml. */
import { type Static, Type } from 'typebox';
import { kind, object, placement, strings, TracingProvider } from './kind.ts';

const switched = object({ enabled: Type.Boolean() });

export const ServiceMeshControlPlane = kind('maistra.io/v2', 'ServiceMeshControlPlane', {
  version: Type.Optional(Type.String()),
  profiles: Type.Array(Type.String()),
  security: Type.Optional(
    object({
      controlPlane: Type.Optional(object({ tls: object({ minProtocolVersion: Type.String() }) })),
      dataPlane: Type.Optional(object({ mtls: Type.Boolean() })),
      identity: Type.Optional(object({ type: Type.Literal('ThirdParty') })),
      manageNetworkPolicy: Type.Optional(Type.Boolean()),
      trust: Type.Optional(object({ domain: Type.String() })),
    }),
  ),
  addons: Type.Optional(object({ kiali: switched, prometheus: switched, grafana: switched })),
  tracing: Type.Optional(object({ type: Type.Literal('None') })),
  meshConfig: Type.Optional(object({ extensionProviders: Type.Array(TracingProvider) })),
  // The CRD keeps whatever stands below techPreview, so a typo here would go unnoticed in a cluster.
  techPreview: object({ meshConfig: object({ defaultConfig: object({ terminationDrainDuration: Type.String() }) }) }),
  runtime: Type.Optional(
    object({
      defaults: object({
        container: Type.Optional(object({ imagePullSecrets: Type.Array(object({ name: Type.String() })) })),
        pod: Type.Optional(object(placement)),
      }),
    }),
  ),
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
    accessLogging: Type.Optional(
      object({
        file: object({ name: Type.String(), encoding: Type.String(), format: Type.Optional(Type.String()) }),
      }),
    ),
    networking: object({
      clusterDomain: Type.Optional(Type.String()),
      trafficControl: object({
        inbound: object({ excludedPorts: Type.Array(Type.Integer()) }),
        outbound: Type.Optional(
          object({
            policy: Type.Optional(Type.Literal('REGISTRY_ONLY')),
            excludedIPRanges: Type.Optional(Type.Array(Type.String())),
          }),
        ),
      }),
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
