/**
 * Rules between values, in one table. Each prints as a guard that fails the render, and runs in `evaluate` and
 * `validate` with the same words: what is wrong; what to write instead. What one value alone must be is in values-schema.
 */

import {
  and,
  at,
  contains,
  eq,
  hasKey,
  hasNumber,
  keysOf,
  listOf,
  matches,
  not,
  oneOf,
  or,
  portOf,
  repeats,
} from '../../gotmpl/functions.ts';
import { defineJoined, type Expr, each, fail, type Path, type Ref, when } from '../../gotmpl/index.ts';
import type { Rule, RuleBody } from '../chart.ts';
import {
  controlPlaneVersions,
  knativeEventing,
  knativeServing,
  knativeServingIngress,
  metricsPort,
  waitForDrainPort,
} from '../facts/names.ts';
import { onReleases } from '../facts/releases.ts';
import { istio, v } from './values.ts';

export const listenerNames = defineJoined(
  'serverless-mesh.listenerNames',
  'Names of the Kafka listeners.',
  v.kafka.listeners,
  'listener',
  l => l.name,
);
export const listenerPorts = defineJoined(
  'serverless-mesh.listenerPorts',
  'Ports of the Kafka listeners.',
  v.kafka.listeners,
  'listener',
  l => l.port,
);

const rule = (path: Expr<unknown>, refuse: RuleBody): Rule => ({ path: path as Path, refuse });
const control = v.mesh.controlPlane;
const { inline } = v.gateway.tls;
const { authSecret } = v.kafka;
const empty = (e: Expr<unknown>) => not(e);
/** Helm 3 reads no values with control characters beyond ASCII, and then names no value. */
const isPem = (e: Expr<string>, what: string) =>
  matches(e, `^[ \\t\\r\\n]*-----BEGIN ${what}-----[ \\t\\r\\n][^\\x7f-\\x9f]*$`);
const knativeNamespaces = [knativeServing, knativeEventing, knativeServingIngress];

const mesh: readonly Rule[] = [
  rule(
    v.mesh.namespace,
    when(
      oneOf(v.mesh.namespace, knativeNamespaces),
      fail`is a namespace of Knative; write the namespace of the control plane, for example istio-system`,
    ),
  ),
  rule(
    v.mesh.members,
    each(v.mesh.members, 'member', member =>
      when(
        oneOf(member, knativeNamespaces),
        fail`is ${member}, which is not yours; leave it out, the chart adds what the mesh needs`,
      ),
    ),
  ),
  rule(
    v.mesh.members,
    when(
      oneOf(v.mesh.namespace, v.mesh.members),
      fail`contains mesh.namespace, which cannot be a member of its own mesh; leave it out`,
    ),
  ),
  rule(
    control.version,
    when(
      and(control.version, not(oneOf(control.version, controlPlaneVersions)), not(control.allowUnknownVersion)),
      fail`is not one of ${controlPlaneVersions.join(', ')}; write one of them, "" for the newest, or set mesh.controlPlane.allowUnknownVersion`,
    ),
  ),
  rule(
    control.terminationDrainDuration,
    when(
      matches(control.terminationDrainDuration, '^([0-9]|[12][0-9]|30)s$'),
      fail`is ${control.terminationDrainDuration}, but Knative takes up to 30 seconds to stop a pod; write more than 30s, for example 35s`,
    ),
  ),
  rule(
    control.manageNetworkPolicy,
    when(
      and(
        istio,
        not(control.manageNetworkPolicy),
        onReleases(r => !r.networkPolicyOptOut),
      ),
      fail`is false, but Serverless v1.31 has no way to leave out its own NetworkPolicies; leave it true, or set serverless.release to v1.32 or later`,
    ),
  ),
  rule(
    control.excludedInboundPorts,
    when(
      not(hasNumber(control.excludedInboundPorts, waitForDrainPort)),
      fail`lacks 8022, the wait-for-drain hook that Kubernetes calls without a client certificate; add 8022`,
    ),
  ),
  rule(
    control.excludedInboundPorts,
    when(
      and(v.serving.metrics.enabled, not(hasNumber(control.excludedInboundPorts, metricsPort))),
      fail`lacks 8444, from which Prometheus reads metrics without a client certificate; add 8444, or set serving.metrics.enabled to false`,
    ),
  ),
];

const certificate: readonly Rule[] = [
  rule(
    v.gateway.tls.source,
    when(
      and(eq(v.gateway.tls.source, 'inline'), not(istio)),
      fail`is inline, but with serving.ingress kourier there is no gateway of the mesh; leave it existing`,
    ),
  ),
  rule(
    inline.certificate,
    when(
      and(
        eq(v.gateway.tls.source, 'inline'),
        or(not(isPem(inline.certificate, 'CERTIFICATE')), contains(inline.certificate, 'PRIVATE KEY')),
      ),
      fail`is no certificate in PEM, as gateway.tls.source inline needs; write what follows and includes -----BEGIN CERTIFICATE-----, without any key`,
    ),
  ),
  rule(
    inline.privateKey,
    when(
      and(eq(v.gateway.tls.source, 'inline'), not(isPem(inline.privateKey, '((RSA|EC) )?PRIVATE KEY'))),
      fail`is no private key in PEM, as gateway.tls.source inline needs; write the unencrypted key, beginning with its BEGIN line`,
    ),
  ),
  rule(
    inline.privateKey,
    when(
      and(eq(v.gateway.tls.source, 'existing'), inline.privateKey),
      fail`is set, but gateway.tls.source is existing; set the source to inline, or remove the key from the values`,
    ),
  ),
];

const kafka: readonly Rule[] = [
  rule(
    v.kafka.enabled,
    when(
      and(v.kafka.enabled, not(v.eventing.enabled)),
      fail`is true, but eventing.enabled is false; Knative Kafka needs Knative Eventing, enable both or none`,
    ),
  ),
  rule(
    v.kafka.bootstrapServers,
    when(
      and(v.kafka.enabled, empty(v.kafka.bootstrapServers)),
      fail`is empty, but kafka.enabled is true; list the brokers as host:port, for example my-cluster-kafka-bootstrap.kafka:9092`,
    ),
  ),
  rule(
    v.kafka.bootstrapServers,
    each(v.kafka.bootstrapServers, 'server', server =>
      when(
        not(oneOf(portOf(server), listOf(listenerPorts))),
        fail`has port ${portOf(server)}, which is no port of kafka.listeners; add a listener with that port, or correct the port`,
      ),
    ),
  ),
  rule(
    v.kafka.listeners,
    when(repeats(listOf(listenerNames)), fail`has a name twice; Istio refuses that, give each listener its own name`),
  ),
  rule(v.kafka.listeners, when(repeats(listOf(listenerPorts)), fail`has a port twice; give each port one listener`)),
  rule(
    authSecret.name,
    when(
      and(authSecret.namespace, empty(authSecret.name)),
      fail`is empty, but kafka.authSecret.namespace is set; set both or none`,
    ),
  ),
  rule(
    authSecret.namespace,
    when(
      and(authSecret.name, empty(authSecret.namespace)),
      fail`is empty, but kafka.authSecret.name is set; set both or none`,
    ),
  ),
  rule(
    authSecret.namespace,
    when(
      and(v.kafka.broker.enabled, authSecret.namespace, not(eq(authSecret.namespace, knativeEventing))),
      fail`is ${authSecret.namespace}, but the Kafka Broker reads its Secret only in knative-eventing; create the Secret there, or set kafka.broker.enabled to false`,
    ),
  ),
];

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

const metricsKeys = ['metrics.backend-destination', 'metrics-protocol', 'request-metrics-protocol'];
const knative: readonly Rule[] = [
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
];

const verification: readonly Rule[] = [
  rule(
    v.verify.namespace,
    when(
      and(v.verify.namespace, empty(v.cluster.appsDomain)),
      fail`is set, but cluster.appsDomain is empty; write the domain of the OpenShift routes there, for example apps.example.com`,
    ),
  ),
  rule(
    v.verify.namespace,
    when(
      and(
        v.verify.namespace,
        or(v.mesh.memberRoll.create, v.mesh.serviceMeshMembers.create),
        not(oneOf(v.verify.namespace, v.mesh.members)),
      ),
      fail`is ${v.verify.namespace}, which is not in mesh.members; write one of them, or add it there`,
    ),
  ),
  rule(
    v.verify.caCertificate,
    when(
      and(
        v.verify.caCertificate,
        or(not(isPem(v.verify.caCertificate, 'CERTIFICATE')), contains(v.verify.caCertificate, 'PRIVATE KEY')),
      ),
      fail`is no certificate in PEM; write the public certificate of the CA, from -----BEGIN CERTIFICATE----- on, without any key`,
    ),
  ),
];

/** Keys that Helm, Argo CD, Istio, Service Mesh, Knative or Kubernetes act upon. */
const actedUpon =
  '^((meta\\.)?helm\\.sh|argocd\\.argoproj\\.io|([a-z]+\\.)*istio\\.io|maistra\\.io|([a-z]+\\.)*knative\\.dev|([a-z]+\\.)*(serverless|knative)\\.openshift\\.io|((kubectl|pod-security)\\.)?kubernetes\\.io)/';
/** Labels that the chart sets itself, or that select pods and Services. */
const ownLabel = '^(app\\.kubernetes\\.io/(name|instance|version|managed-by)|istio|istio-injection|knative|app)$';
const common = (map: Expr<Readonly<Record<string, string>>>, pattern: string): Rule =>
  rule(
    map,
    each(keysOf(map), 'key', key =>
      when(
        matches(key, pattern),
        fail`has ${key}, which has a meaning for the products that read it; choose a key of your own, for example example.com/team`,
      ),
    ),
  );

export const rules: readonly Rule[] = [
  ...mesh,
  ...certificate,
  ...kafka,
  ...knative,
  ...verification,
  common(v.commonLabels, `${actedUpon}|${ownLabel}`),
  common(v.commonAnnotations, actedUpon),
];
