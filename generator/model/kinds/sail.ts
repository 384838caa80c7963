/** Service Mesh 3. Source: https://github.com/istio-ecosystem/sail-operator, chart/crds/sailoperator.io_istios.yaml and _istiocnis.yaml. */
import { type Static, Type } from 'typebox';
import { kind, object } from './kind.ts';

export const Istio = kind('sailoperator.io/v1', 'Istio', {
  namespace: Type.String(),
  version: Type.String(),
  updateStrategy: object({ type: Type.Literal('InPlace') }),
  values: object({
    meshConfig: object({
      trustDomain: Type.Optional(Type.String()),
      defaultConfig: object({ terminationDrainDuration: Type.String() }),
    }),
    global: object({
      proxy: object({ clusterDomain: Type.Optional(Type.String()), excludeInboundPorts: Type.String() }),
    }),
  }),
});
export type Istio = Static<typeof Istio>;

export const IstioCNI = kind('sailoperator.io/v1', 'IstioCNI', {
  namespace: Type.String(),
  version: Type.String(),
});
export type IstioCNI = Static<typeof IstioCNI>;
