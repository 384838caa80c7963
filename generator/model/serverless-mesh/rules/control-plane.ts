/** Rules of what the proxies report, and where they may connect. */
import { and, eq, hasSuffix, not, oneOf } from '../../../gotmpl/functions.ts';
import { type Expr, fail, fmt, when } from '../../../gotmpl/index.ts';
import type { Rule } from '../../chart.ts';
import { controlPlaneVersions } from '../../facts/names.ts';
import { registryOnly, traced, v, v2 } from '../values.ts';
import { empty, rule } from './rule.ts';

const control = v.mesh.controlPlane;
const { accessLog, addons, excludedOutboundIPRanges, tls, tracing } = control;
/** OpenTelemetry came with v2.6: openshift-docs modules/ossm-configuring-distr-tracing-tempo.adoc. */
const withoutOpenTelemetry = controlPlaneVersions.filter(version => version !== 'v2.6');

/** A value that only a control plane of the chart has: of another one, nothing is touched. */
const ofOwn = (
  value: Parameters<typeof rule>[0],
  given: Parameters<typeof when>[0],
  is: string | Expr<string>,
  usual: string,
) =>
  rule(
    value,
    when(
      and(given, not(control.create)),
      fail`is ${is}, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it ${usual}, and set it in your control plane yourself`,
    ),
  );

export const controlPlaneRules: readonly Rule[] = [
  rule(
    control.outboundTrafficPolicy,
    when(
      and(registryOnly, not(control.create)),
      fail`is REGISTRY_ONLY, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it ALLOW_ANY, and set the policy of your control plane yourself`,
    ),
  ),
  rule(
    control.excludedOutboundIPRanges,
    when(
      and(v2, registryOnly, empty(control.excludedOutboundIPRanges)),
      fail`is empty, but with REGISTRY_ONLY the pods of Knative could not reach the API server, which Service Mesh 2 does not know; write its address, for example 172.30.0.1/32, as oc get service -n default kubernetes shows it`,
    ),
  ),
  rule(
    accessLog.format,
    when(
      and(accessLog.format, not(accessLog.enabled)),
      fail`is set, but mesh.controlPlane.accessLog.enabled is false; enable it, or leave the format out`,
    ),
  ),
  rule(
    tracing.type,
    when(
      and(traced, not(control.create)),
      fail`is openTelemetry, but mesh.controlPlane.create is false, so that the chart cannot set it; leave it operatorDefault, and name the collector in your control plane yourself`,
    ),
  ),
  rule(
    tracing.type,
    when(
      and(v2, traced, oneOf(control.version, withoutOpenTelemetry)),
      fail`is openTelemetry, which Service Mesh 2 knows from v2.6 on; set mesh.controlPlane.version to v2.6, or the type to none`,
    ),
  ),
  rule(
    tracing.collector.host,
    when(
      and(traced, empty(tracing.collector.host)),
      fail`is empty, but mesh.controlPlane.tracing.type is openTelemetry; write the Service of the collector, for example otel-collector.tracing.svc.cluster.local`,
    ),
  ),
  rule(
    tracing.collector.host,
    when(
      and(tracing.collector.host, not(traced)),
      fail`is set, but mesh.controlPlane.tracing.type is ${tracing.type}; set the type to openTelemetry, or leave the host out`,
    ),
  ),
  // Of an extension provider, sailoperator.io Istio spec.values.meshConfig: the host name is fully qualified.
  rule(
    tracing.collector.host,
    when(
      and(traced, hasSuffix(tracing.collector.host, fmt`.svc`)),
      fail`is ${tracing.collector.host}, a short form by which the mesh knows no Service; write ${tracing.collector.host}.${v.cluster.dnsDomain}`,
    ),
  ),
  ofOwn(accessLog.enabled, accessLog.enabled, 'true', 'false'),
  ofOwn(tracing.type, eq(tracing.type, 'none'), 'none', 'operatorDefault'),
  ofOwn(tls.minProtocolVersion, not(eq(tls.minProtocolVersion, 'TLS_AUTO')), tls.minProtocolVersion, 'TLS_AUTO'),
  ofOwn(addons.enabled, not(addons.enabled), 'false', 'true'),
  ofOwn(excludedOutboundIPRanges, and(excludedOutboundIPRanges, not(registryOnly)), 'not empty', 'empty'),
];
