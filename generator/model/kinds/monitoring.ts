/** Prometheus Operator. Source: https://github.com/prometheus-operator/prometheus-operator, example/prometheus-operator-crd. */
import { type Static, Type } from 'typebox';
import { kind, object, strings } from './kind.ts';

const Relabeling = object({
  action: Type.Enum(['keep', 'replace'], { type: 'string' }),
  sourceLabels: Type.Optional(Type.Array(Type.String())),
  regex: Type.Optional(Type.String()),
  replacement: Type.Optional(Type.String()),
  targetLabel: Type.Optional(Type.String()),
});

export const ServiceMonitor = kind('monitoring.coreos.com/v1', 'ServiceMonitor', {
  targetLabels: Type.Array(Type.String()),
  selector: object({ matchLabels: strings }),
  endpoints: Type.Array(object({ port: Type.String(), interval: Type.String(), relabelings: Type.Array(Relabeling) })),
});
export type ServiceMonitor = Static<typeof ServiceMonitor>;

export const PodMonitor = kind('monitoring.coreos.com/v1', 'PodMonitor', {
  selector: object({
    matchExpressions: Type.Array(object({ key: Type.String(), operator: Type.Literal('DoesNotExist') })),
  }),
  podMetricsEndpoints: Type.Array(
    object({ path: Type.String(), interval: Type.String(), relabelings: Type.Array(Relabeling) }),
  ),
});
export type PodMonitor = Static<typeof PodMonitor>;

export const PrometheusRule = kind('monitoring.coreos.com/v1', 'PrometheusRule', {
  groups: Type.Array(
    object({
      name: Type.String(),
      rules: Type.Array(
        object({
          alert: Type.String(),
          expr: Type.String(),
          for: Type.String(),
          labels: strings,
          annotations: strings,
        }),
      ),
    }),
  ),
});
export type PrometheusRule = Static<typeof PrometheusRule>;
