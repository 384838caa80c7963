/** What tenants without a part of Knative still can: domain.md 3.2, serving.enabled and eventing.enabled; and our kafka.enabled. */
import type { Answer, Call } from '../evaluator.ts';
import type { Parts } from '../subjects.ts';
import {
  activator,
  activatorPod,
  call,
  eventing,
  hostIn,
  inEventing,
  knNamespace,
  plaintext,
  pod,
  revision,
} from '../world.ts';

export const less: readonly (readonly [without: string, parts: Parts])[] = [
  ['Serving', { serving: false, eventing: true, kafka: true }],
  ['Eventing', { serving: true, eventing: false, kafka: false }],
  ['Kafka', { serving: true, eventing: true, kafka: false }],
];

const host = hostIn('alpha-shop');
const path = '/alpha-shop/hello';
const forAlpha = knNamespace('alpha-shop');
const shop = pod('alpha-shop');
const kafkaBroker = eventing('knative-kafka-broker-data-plane');
const imc = eventing('imc-dispatcher');

/** The answers stand in the order of `less`. */
export const partRows: readonly (readonly [title: string, call: Call, want: readonly Answer[]])[] = [
  ['a pod of the tenant', call(pod('alpha-stock'), revision('alpha-shop')), ['denied', 'allowed', 'allowed']],
  ['the activator to the tenant', call(activatorPod, revision('alpha-shop')), ['denied', 'allowed', 'allowed']],
  ['the wait for the drain', call(plaintext, revision('alpha-shop'), { port: 8022 }), ['denied', 'allowed', 'allowed']],
  ['the tenant to the activator', call(shop, activator, { host }), ['denied', 'allowed', 'allowed']],
  ['events to the tenant', call(imc, revision('alpha-shop'), forAlpha), ['allowed', 'denied', 'allowed']],
  // The chart has a policy for it without Serving too, and then none by which the activator reaches the tenant.
  ['events to the activator', call(imc, activator, { host, ...forAlpha }), ['denied', 'denied', 'allowed']],
  [
    'events to a channel',
    call(imc, inEventing('imc-dispatcher'), { host, ...forAlpha }),
    ['allowed', 'denied', 'allowed'],
  ],
  ...['imc-dispatcher', 'broker-ingress', 'job-sink'].map(
    name =>
      [`the tenant to ${name}`, call(shop, inEventing(name), { path }), ['allowed', 'denied', 'allowed']] as const,
  ),
  ...['kafka-broker-receiver', 'kafka-channel-receiver', 'kafka-sink-receiver'].flatMap(name => [
    [`the tenant to ${name}`, call(shop, inEventing(name), { path }), ['allowed', 'denied', 'denied']] as const,
    [`events to ${name}`, call(imc, inEventing(name), { path, ...forAlpha }), ['allowed', 'denied', 'denied']] as const,
  ]),
  [
    'Kafka to a channel',
    call(kafkaBroker, inEventing('imc-dispatcher'), { path, ...forAlpha }),
    ['allowed', 'denied', 'denied'],
  ],
  ['Kafka to the activator', call(kafkaBroker, activator, { host, ...forAlpha }), ['denied', 'denied', 'denied']],
  // Pods of the tenant go by the namespace of Eventing, not by accounts.
  ['Kafka to the tenant', call(kafkaBroker, revision('alpha-shop'), forAlpha), ['allowed', 'denied', 'allowed']],
  ['the other tenant', call(pod('bravo-web'), revision('alpha-shop')), ['denied', 'denied', 'denied']],
];
