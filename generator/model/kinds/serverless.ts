/**
 * OpenShift Serverless. Source: https://github.com/openshift-knative/serverless-operator,
 * olm-catalog/serverless-operator/manifests/operator_v1alpha1_knativekafka_crd.yaml.
 */
import { type Static, Type } from 'typebox';
import { kind, object, placement, strings } from './kind.ts';

const quantities = object({ cpu: Type.Optional(Type.String()), memory: Type.Optional(Type.String()) });
const enabled = { enabled: Type.Boolean() };

export const KnativeKafka = kind('operator.serverless.openshift.io/v1alpha1', 'KnativeKafka', {
  channel: object({
    ...enabled,
    bootstrapServers: Type.Optional(Type.String()),
    authSecretName: Type.Optional(Type.String()),
    authSecretNamespace: Type.Optional(Type.String()),
  }),
  source: object(enabled),
  sink: object(enabled),
  broker: object({
    ...enabled,
    defaultConfig: Type.Optional(
      object({
        bootstrapServers: Type.String(),
        numPartitions: Type.Integer(),
        replicationFactor: Type.Integer(),
        authSecretName: Type.Optional(Type.String()),
      }),
    ),
  }),
  'high-availability': Type.Optional(object({ replicas: Type.Integer() })),
  workloads: Type.Optional(
    Type.Array(
      object({
        name: Type.String(),
        labels: Type.Optional(strings),
        annotations: Type.Optional(strings),
        ...placement,
        resources: Type.Optional(
          Type.Array(
            object({
              container: Type.String(),
              requests: Type.Optional(quantities),
              limits: Type.Optional(quantities),
            }),
          ),
        ),
      }),
    ),
  ),
});
export type KnativeKafka = Static<typeof KnativeKafka>;
