/** Rules of Knative Kafka and the brokers that the mesh must know. */
import { and, eq, listOf, not, oneOf, portOf, repeats } from '../../../gotmpl/functions.ts';
import { defineJoined, each, fail, when } from '../../../gotmpl/index.ts';
import type { Rule } from '../../chart.ts';
import { knativeEventing } from '../../facts/names.ts';
import { v } from '../values.ts';
import { empty, rule } from './rule.ts';

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

const { authSecret } = v.kafka;

export const kafkaRules: readonly Rule[] = [
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
    v.kafka.consumerNamespaces,
    each(v.kafka.consumerNamespaces, 'namespace', namespace =>
      when(eq(namespace, knativeEventing), fail`is knative-eventing, which has the ServiceEntry anyway; leave it out`),
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
