/** Service Mesh 3. Source: https://github.com/istio-ecosystem/sail-operator, chart/crds/sailoperator.io_istios.yaml and _istiocnis.yaml. */
import { type Static, Type } from 'typebox';
import { kind, object, placement, TracingProvider } from './kind.ts';

export const Istio = kind('sailoperator.io/v1', 'Istio', {
  namespace: Type.String(),
  version: Type.String(),
  updateStrategy: object({ type: Type.Literal('InPlace') }),
  values: object({
    meshConfig: object({
      trustDomain: Type.Optional(Type.String()),
      accessLogFile: Type.Optional(Type.String()),
      accessLogEncoding: Type.Optional(Type.String()),
      accessLogFormat: Type.Optional(Type.String()),
      enableTracing: Type.Optional(Type.Literal(false)),
      extensionProviders: Type.Optional(Type.Array(TracingProvider)),
      meshMTLS: Type.Optional(object({ minProtocolVersion: Type.String() })),
      outboundTrafficPolicy: Type.Optional(object({ mode: Type.Literal('REGISTRY_ONLY') })),
      defaultConfig: object({ terminationDrainDuration: Type.String() }),
    }),
    pilot: Type.Optional(object(placement)),
    global: object({
      imagePullSecrets: Type.Optional(Type.Array(Type.String())),
      proxy: object({
        clusterDomain: Type.Optional(Type.String()),
        excludeInboundPorts: Type.String(),
        excludeIPRanges: Type.Optional(Type.String()),
      }),
    }),
  }),
});
export type Istio = Static<typeof Istio>;

export const IstioCNI = kind('sailoperator.io/v1', 'IstioCNI', {
  namespace: Type.String(),
  version: Type.String(),
  values: Type.Optional(object({ global: object({ imagePullSecrets: Type.Array(Type.String()) }) })),
});
export type IstioCNI = Static<typeof IstioCNI>;
