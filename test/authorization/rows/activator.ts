/** Requests to the activator: domain.md 3.1 allow-traffic-to-activator, 3.2 allow-<name>-to-activator. */
import {
  activator,
  activatorPod,
  byPrefix,
  byTenant,
  call,
  eventing,
  hostIn,
  hostsIn,
  knNamespace,
  mesh,
  plaintext,
  pod,
  type Row,
  row,
  rowIn,
} from '../world.ts';
import { notSenders, senders } from './senders.ts';

const base: readonly Row[] = [
  row('the activator to the activator', 'allowed', call(activatorPod, activator)),
  row('the autoscaler to the activator', 'allowed', call(pod('knative-serving', 'controller'), activator)),
  rowIn('v2', 'the gateway to the activator', 'allowed', call(pod(mesh.namespace), activator)),
  rowIn(
    'v2',
    'the namespace of the other gateway to the activator',
    'denied',
    call(pod('knative-serving-ingress'), activator),
  ),
  rowIn('v3', 'the gateway to the activator', 'allowed', call(pod('knative-serving-ingress'), activator)),
  rowIn('v3', "the control plane's namespace to the activator", 'denied', call(pod(mesh.namespace), activator)),
  row("the usual control plane's namespace to the activator", 'denied', call(pod('istio-system'), activator)),
  row('plaintext to the activator', 'denied', call(plaintext, activator, { host: hostIn('alpha-shop') })),
  row(
    'plaintext with a header to the activator',
    'denied',
    call(plaintext, activator, { host: hostIn('alpha-shop'), ...knNamespace('alpha-shop') }),
  ),
  row(
    'an unknown namespace to the activator',
    'denied',
    call(pod('outsider'), activator, { host: hostIn('alpha-shop') }),
  ),
  row(
    'an unknown namespace with a header to the activator',
    'denied',
    call(pod('outsider'), activator, { host: hostIn('alpha-shop'), ...knNamespace('alpha-shop') }),
  ),
  row(
    'an unknown namespace to itself by the activator',
    'denied',
    call(pod('outsider'), activator, { host: hostIn('outsider') }),
  ),
];

/** From a namespace, to a namespace of the same tenant. */
const own = [
  ['alpha-shop', 'alpha-shop'],
  ['alpha-shop', 'alpha-stock'],
  ['alpha-stock', 'alpha-shop'],
  ['bravo-web', 'bravo-web'],
] as const;
const foreign = [
  ['alpha-shop', 'bravo-web'],
  ['alpha-stock', 'bravo-web'],
  ['bravo-web', 'alpha-shop'],
  ['bravo-web', 'alpha-stock'],
  ['alpha-shop', 'outsider'],
] as const;
const tenants: readonly Row[] = [
  ...own.flatMap(([from, to]) =>
    hostsIn(to).flatMap(host => [
      row(`${from} to ${host} by the activator`, byTenant, call(pod(from), activator, { host })),
      row(
        `Eventing for ${from} to ${host} by the activator`,
        byTenant,
        call(eventing('imc-dispatcher'), activator, { host, ...knNamespace(from) }),
      ),
    ]),
  ),
  ...foreign.flatMap(([from, to]) =>
    hostsIn(to).flatMap(host => [
      row(`${from} to ${host} by the activator`, 'denied', call(pod(from), activator, { host })),
      row(
        `Eventing for ${from} to ${host} by the activator`,
        'denied',
        call(eventing('imc-dispatcher'), activator, { host, ...knNamespace(from) }),
      ),
    ]),
  ),
  // Any method: what the activator passes on is whatever a Knative Service answers to.
  row(
    'a GET of a tenant',
    byTenant,
    call(pod('alpha-shop'), activator, { host: hostIn('alpha-stock'), method: 'GET' }),
  ),
  row(
    'a GET of Eventing',
    byTenant,
    call(eventing('imc-dispatcher'), activator, {
      host: hostIn('alpha-shop'),
      method: 'GET',
      ...knNamespace('alpha-shop'),
    }),
  ),
  row(
    'the activator goes by hosts, not by paths',
    'denied',
    call(pod('alpha-shop'), activator, { path: '/alpha-shop/hello' }),
  ),
  row(
    'Eventing too goes by hosts',
    'denied',
    call(eventing('imc-dispatcher'), activator, { path: '/alpha-shop/hello', ...knNamespace('alpha-shop') }),
  ),
];

const at = { host: hostIn('alpha-shop') };
const bravo = { host: hostIn('bravo-web') };
const fromEventing: readonly Row[] = [
  ...senders.flatMap(sender => [
    row(
      `${sender} for alpha-shop`,
      byTenant,
      call(eventing(sender), activator, { ...at, ...knNamespace('alpha-shop') }),
    ),
    row(
      `${sender} for alpha-stock to alpha-shop`,
      byTenant,
      call(eventing(sender), activator, { ...at, ...knNamespace('alpha-stock') }),
    ),
    row(
      `${sender} for bravo-web`,
      byTenant,
      call(eventing(sender), activator, { ...bravo, ...knNamespace('bravo-web') }),
    ),
    row(
      `${sender} for bravo-web to alpha-shop`,
      'denied',
      call(eventing(sender), activator, { ...at, ...knNamespace('bravo-web') }),
    ),
    row(`${sender} for nobody`, 'denied', call(eventing(sender), activator, at)),
    row(
      `${sender} of an unknown namespace`,
      'denied',
      call(pod('outsider', sender), activator, { ...at, ...knNamespace('alpha-shop') }),
    ),
    row(
      `${sender} of the other tenant`,
      'denied',
      call(pod('bravo-web', sender), activator, { ...at, ...knNamespace('alpha-shop') }),
    ),
    row(
      `${sender} of another trust domain`,
      'denied',
      call({ ...eventing(sender), trustDomain: 'cluster.local' }, activator, { ...at, ...knNamespace('alpha-shop') }),
    ),
  ]),
  ...notSenders.flatMap(account => [
    row(
      `${account} for alpha-shop`,
      'denied',
      call(eventing(account), activator, { ...at, ...knNamespace('alpha-shop') }),
    ),
    row(
      `${account} for bravo-web`,
      'denied',
      call(eventing(account), activator, { ...bravo, ...knNamespace('bravo-web') }),
    ),
  ]),
];

const { dnsDomain } = mesh;
const fromAlpha = (host: string) => call(pod('alpha-shop'), activator, { host });
/** Hosts that are nearly alpha's. They are given for each namespace, by prefix too: Istio knows no other. */
const spelling: readonly Row[] = [
  row('a host in capitals', byTenant, fromAlpha(`HELLO.Alpha-Shop.SVC.${dnsDomain}`)),
  row('a host with more labels', byTenant, fromAlpha(`a.b.alpha-shop.svc.${dnsDomain}`)),
  ...[
    `hello.alpha-shop.svc.${dnsDomain}:80`,
    'hello.alpha-shop:80',
    `hello.alpha-shop.svc.${dnsDomain}.`,
    'hello.alpha-shop.svc.cluster.local',
    `alpha-shop.svc.${dnsDomain}`,
    `hello-alpha-shop.svc.${dnsDomain}`,
    `hello.my-alpha-shop.svc.${dnsDomain}`,
    `hello.alpha-shop.${dnsDomain}`,
    `hello.alpha-new.svc.${dnsDomain}`,
    `hello.alpha-shop2.svc.${dnsDomain}`,
    `hello.alphabet.svc.${dnsDomain}`,
    'hello.alpha-new',
    'hello-alpha-shop.apps.example.com',
    'hello',
    '10.0.0.1',
  ].map(host => row(`the host ${host}`, 'denied', fromAlpha(host))),
  ...['alpha-new', 'alpha-shop2', 'alpha-shopping'].flatMap(namespace => [
    row(`${namespace} to alpha-shop by the activator`, byPrefix, call(pod(namespace), activator, at)),
    row(
      `Eventing for ${namespace} to alpha-shop by the activator`,
      byPrefix,
      call(eventing('imc-dispatcher'), activator, { ...at, ...knNamespace(namespace) }),
    ),
  ]),
  ...['alpha', 'alphabet', 'my-alpha-shop'].flatMap(namespace => [
    row(`${namespace} to alpha-shop by the activator`, 'denied', call(pod(namespace), activator, at)),
    row(
      `Eventing for ${namespace} to alpha-shop by the activator`,
      'denied',
      call(eventing('imc-dispatcher'), activator, { ...at, ...knNamespace(namespace) }),
    ),
  ]),
];

export const toActivator: readonly Row[] = [...base, ...tenants, ...fromEventing, ...spelling];
