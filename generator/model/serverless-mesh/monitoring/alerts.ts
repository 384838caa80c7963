/** What the objects with alerts have in common. OpenShift adds the namespace of the object to each expression. */
import type { Expr, Format, Item, Templated } from '../../../gotmpl/index.ts';
import { proxyContainer } from '../../facts/metrics.ts';
import type { PrometheusRule } from '../../kinds/monitoring.ts';
import { metadata } from './monitors.ts';

type Rule = PrometheusRule['spec']['groups'][number]['rules'][number];

interface Alert {
  readonly alert: string;
  readonly expr: string | Format;
  /** How long, before it is told. */
  readonly after: string;
  readonly severity: 'warning' | 'critical';
  readonly summary: string;
  readonly description: string | Format;
}

export const alert = ({ alert: name, expr, after, severity, summary, description }: Alert): Templated<Rule> => ({
  alert: name,
  expr,
  for: after,
  labels: { severity },
  annotations: { summary, description },
});

export const alertsIn = (
  name: string,
  namespace: string | Expr<string>,
  rules: readonly Item<Rule>[],
): Templated<PrometheusRule> => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: metadata({ name, namespace }),
  spec: { groups: [{ name, rules }] },
});

/** The series of these pods that have no proxy: neither a container nor a native sidecar. */
export const withoutProxy = (pods: string): string =>
  `${pods} unless on (namespace, pod) (kube_pod_container_info{container='${proxyContainer}'} or kube_pod_init_container_info{container='${proxyContainer}'})`;
