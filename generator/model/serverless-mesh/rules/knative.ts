/** Rules of further Knative configuration: keys that the chart sets itself, and such as do not go with the mesh. */
import { and, at, hasKey, keysOf, matches, not, oneOf } from '../../../gotmpl/functions.ts';
import { type Expr, each, fail, type Ref, when } from '../../../gotmpl/index.ts';
import type { Rule } from '../../chart.ts';
import { istio, v } from '../values.ts';
import { rule } from './rule.ts';

const configRule = (
  config: Ref<Record<string, Record<string, string>>>,
  name: string,
  key: string,
  value: string,
): Rule =>
  rule(
    config,
    when(
      hasKey(at(config, name), key),
      fail`sets ${name}.${key}, which the chart sets itself; remove it and use ${value}`,
    ),
  );
const prefixed = (config: Expr<Readonly<Record<string, unknown>>>): Rule =>
  rule(
    config,
    each(keysOf(config), 'name', name =>
      when(
        matches(name, '^config-'),
        fail`names ${name} with its prefix; write the name without config-, for example network`,
      ),
    ),
  );

/** https://search.help.openshift.com/cache/?docId=e5747f3da0f54f5097ed6e87a09cad77: with Service Mesh, mTLS is for it. */
const encryption = ['external-domain-tls', 'cluster-local-domain-tls', 'system-internal-tls'];
const metricsKeys = ['metrics.backend-destination', 'metrics-protocol', 'request-metrics-protocol'];
export const knativeRules: readonly Rule[] = [
  prefixed(v.serving.config),
  prefixed(v.eventing.config),
  rule(
    v.serving.config,
    when(
      hasKey(v.serving.config, 'istio'),
      fail`sets istio, which the chart sets itself; remove it and use mesh.namespace`,
    ),
  ),
  ...metricsKeys.map(key => configRule(v.serving.config, 'observability', key, 'serving.metrics.enabled')),
  configRule(v.serving.config, 'network', 'ingress-class', 'serving.ingress'),
  configRule(v.serving.config, 'network', 'ingress.class', 'serving.ingress'),
  configRule(v.eventing.config, 'features', 'istio', 'serving.ingress'),
  ...encryption.map(key => {
    const set = at(at(v.serving.config, 'network'), key);
    return rule(
      v.serving.config,
      when(
        and(istio, set, not(oneOf(set, ['Disabled', 'disabled']))),
        fail`sets network.${key}, an encryption of Knative's own, which OpenShift Serverless has for Kourier only; remove it, for the mesh and its gateway encrypt already`,
      ),
    );
  }),
];
