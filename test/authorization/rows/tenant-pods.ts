/** Requests to pods of a tenant: domain.md 3.2, allow-from-knative-and-istio and allow-wait-for-drain. */
import {
  activatorPod,
  call,
  eventing,
  gatewayPods,
  generations,
  knNamespace,
  plaintext,
  pod,
  type Row,
  revision,
  row,
  rowIn,
  shut,
  shutInList,
} from '../world.ts';

/** Each namespace of a tenant, the namespaces of its tenant, and a namespace of the other tenant. */
const targets = [
  ['alpha-shop', ['alpha-shop', 'alpha-stock'], 'bravo-web'],
  ['alpha-stock', ['alpha-shop', 'alpha-stock'], 'bravo-web'],
  ['bravo-web', ['bravo-web'], 'alpha-shop'],
] as const;

const otherGateway = { v2: gatewayPods.v3, v3: gatewayPods.v2 };

export const tenantPods: readonly Row[] = targets.flatMap(([target, own, other]) => {
  const to = revision(target);
  return [
    ...own.flatMap(namespace => [
      row(`${namespace} to a pod of ${target}`, 'allowed', call(pod(namespace), to)),
      row(
        `${namespace} to the own port of the container in ${target}`,
        'allowed',
        call(pod(namespace), to, { port: 8080 }),
      ),
      row(
        `Eventing for ${namespace} to ${target}`,
        'allowed',
        call(eventing('imc-dispatcher'), to, knNamespace(namespace)),
      ),
    ]),
    row(`the other tenant to ${target}`, shut, call(pod(other), to)),
    row(`the other tenant to the own port of the container in ${target}`, shut, call(pod(other), to, { port: 8080 })),
    row(`the other tenant to the metrics of the queue-proxy in ${target}`, shut, call(pod(other), to, { port: 9090 })),
    row(`an unknown namespace to ${target}`, shut, call(pod('outsider'), to)),
    row(`plaintext to ${target}`, shut, call(plaintext, to)),
    row(`an unknown namespace with the header of ${target}`, shut, call(pod('outsider'), to, knNamespace(target))),
    row(`plaintext with the header of ${target}`, shut, call(plaintext, to, knNamespace(target))),

    row(`the activator to ${target}`, 'allowed', call(activatorPod, to)),
    row(
      `the autoscaler to the metrics of the queue-proxy in ${target}`,
      'allowed',
      call(pod('knative-serving'), to, { port: 9090 }),
    ),
    ...generations.flatMap(generation => [
      rowIn(generation, `the gateway to ${target}`, 'allowed', call(gatewayPods[generation], to)),
      rowIn(generation, `the other generation's gateway to ${target}`, shut, call(otherGateway[generation], to)),
    ]),
    row(
      `the usual control plane's namespace to ${target}: it is not the one here`,
      shut,
      call(pod('istio-system'), to),
    ),
    row(`any pod of Eventing for ${target}`, 'allowed', call(eventing('eventing-controller'), to, knNamespace(target))),
    row(`Eventing to ${target} for nobody`, shut, call(eventing('imc-dispatcher'), to)),
    row(`Eventing to ${target} for the other tenant`, shut, call(eventing('imc-dispatcher'), to, knNamespace(other))),
    row(
      `Eventing to ${target} for the tenant by another header`,
      shut,
      call(eventing('imc-dispatcher'), to, { headers: { Namespace: target } }),
    ),

    row(
      `plaintext to the wait for the drain in ${target}`,
      'allowed',
      call(plaintext, to, { port: 8022, method: 'GET', path: '/wait-for-drain' }),
    ),
    row(`the other tenant to the wait for the drain in ${target}`, 'allowed', call(pod(other), to, { port: 8022 })),
    row(
      `plaintext to the path of the drain on another port in ${target}`,
      shut,
      call(plaintext, to, { path: '/wait-for-drain' }),
    ),
  ];
});

const to = revision('alpha-shop');
/** Names that are nearly alpha's. Namespaces that begin with `alpha-` are the tenant's by prefix, and foreign by list. */
export const tenantNames: readonly Row[] = [
  ...['alpha-new', 'alpha-shop2', 'alpha-shopping'].flatMap(namespace => [
    row(`${namespace} to alpha-shop`, shutInList, call(pod(namespace), to)),
    row(
      `Eventing for ${namespace} to alpha-shop`,
      shutInList,
      call(eventing('imc-dispatcher'), to, knNamespace(namespace)),
    ),
  ]),
  ...['alpha', 'alphabet', 'my-alpha-shop', 'shop', 'bravo-alpha-shop'].flatMap(namespace => [
    row(`${namespace} to alpha-shop`, shut, call(pod(namespace), to)),
    row(`Eventing for ${namespace} to alpha-shop`, shut, call(eventing('imc-dispatcher'), to, knNamespace(namespace))),
  ]),
  row('Eventing for ALPHA-SHOP to alpha-shop', shut, call(eventing('imc-dispatcher'), to, knNamespace('ALPHA-SHOP'))),
  // Two headers are one value to Envoy. Only Eventing's own pods can send it, and they set one.
  row(
    'Eventing for alpha-shop and bravo-web at once',
    shutInList,
    call(eventing('imc-dispatcher'), to, knNamespace('alpha-shop,bravo-web')),
  ),
  row('a service account named as the activator in an unknown namespace', shut, call(pod('outsider', 'activator'), to)),
  // Namespaces say nothing about the trust domain: that certificate is refused before, by the TLS of the proxy.
  row('alpha-shop of another trust domain', 'allowed', call({ ...pod('alpha-shop'), trustDomain: 'other.mesh' }, to)),
  // The objects are made in the namespaces of the list only, so that a future one is open until it is listed.
  row('anyone to a pod of alpha-new, which is not listed', 'allowed', call(pod('outsider'), revision('alpha-new'))),
  row(
    'a tenant to an unknown namespace, which has no policy',
    'allowed',
    call(pod('alpha-shop'), revision('outsider')),
  ),
];
