/** Requests to the receivers of events: domain.md 3.2, allow-<name>-to-{imc,ekb,ekc,eks,broker-ingress,job-sink} and replies. */
import {
  byPrefix,
  byTenant,
  call,
  eventing,
  hostIn,
  hostsIn,
  inEventing,
  knNamespace,
  mesh,
  plaintext,
  pod,
  type Row,
  row,
} from '../world.ts';
import { notSenders, receivers, senders } from './senders.ts';

/** From a namespace of a tenant, to a namespace of the same; to one of another tenant. */
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
  ['outsider', 'alpha-shop'],
  ['outsider', 'outsider'],
  ['knative-serving', 'alpha-shop'],
  [mesh.namespace, 'alpha-shop'],
] as const;

/** A path as receivers of Brokers have it, and every host by which channels are called. */
const placesIn = (namespace: string) => [
  { path: `/${namespace}/hello` },
  ...hostsIn(namespace).map(host => ({ host })),
];
const shown = (place: object) => Object.values(place).join(' ');

const events = (name: string): readonly Row[] => {
  const to = inEventing(name);
  return [
    ...own.flatMap(([from, target]) =>
      placesIn(target).flatMap(place => [
        row(`${from} to ${shown(place)} of ${name}`, byTenant, call(pod(from), to, place)),
        row(
          `Eventing for ${from} to ${shown(place)} of ${name}`,
          byTenant,
          call(eventing('mt-broker-filter'), to, { ...place, ...knNamespace(from) }),
        ),
      ]),
    ),
    ...foreign.flatMap(([from, target]) =>
      placesIn(target).flatMap(place => [
        row(`${from} to ${shown(place)} of ${name}`, 'denied', call(pod(from), to, place)),
        row(
          `Eventing for ${from} to ${shown(place)} of ${name}`,
          'denied',
          call(eventing('mt-broker-filter'), to, { ...place, ...knNamespace(from) }),
        ),
      ]),
    ),
    row(`alpha-shop to ${name} for nobody`, 'denied', call(pod('alpha-shop'), to)),
    row(
      `alpha-shop with its header to ${name} for nobody`,
      'denied',
      call(pod('alpha-shop'), to, knNamespace('alpha-shop')),
    ),
    row(
      `plaintext to ${name}`,
      'denied',
      call(plaintext, to, { path: '/alpha-shop/hello', ...knNamespace('alpha-shop') }),
    ),
    // The reference's set for tests, tenant-1.yaml of mesh_v3_resources, names no method: a Broker answers OPTIONS, a JobSink GET.
    row(
      `a GET of alpha-shop to ${name}`,
      byTenant,
      call(pod('alpha-shop'), to, { path: '/alpha-shop/hello', method: 'GET' }),
    ),
    row(
      `an OPTIONS of alpha-shop to ${name}`,
      byTenant,
      call(pod('alpha-shop'), to, { path: '/alpha-shop/hello', method: 'OPTIONS' }),
    ),
    row(
      `a GET of Eventing to ${name}`,
      byTenant,
      call(eventing('mt-broker-filter'), to, {
        path: '/alpha-shop/hello',
        method: 'GET',
        ...knNamespace('alpha-shop'),
      }),
    ),
  ];
};

const fromEventing = (name: string): readonly Row[] => {
  const to = inEventing(name);
  const path = '/alpha-shop/hello';
  const alpha = { path, ...knNamespace('alpha-shop') };
  const bravo = { path: '/bravo-web/hello', ...knNamespace('bravo-web') };
  return [
    ...senders.flatMap(sender => [
      row(`${sender} for alpha-shop to ${path} of ${name}`, byTenant, call(eventing(sender), to, alpha)),
      row(
        `${sender} for alpha-stock to ${path} of ${name}`,
        byTenant,
        call(eventing(sender), to, { path, ...knNamespace('alpha-stock') }),
      ),
      row(
        `${sender} for alpha-shop to a host of ${name}`,
        byTenant,
        call(eventing(sender), to, { host: hostIn('alpha-shop'), ...knNamespace('alpha-shop') }),
      ),
      row(
        `${sender} for bravo-web to a host of ${name}`,
        byTenant,
        call(eventing(sender), to, { host: hostIn('bravo-web'), ...knNamespace('bravo-web') }),
      ),
      row(`${sender} for bravo-web to ${name}`, byTenant, call(eventing(sender), to, bravo)),
      row(
        `${sender} for bravo-web to ${path} of ${name}`,
        'denied',
        call(eventing(sender), to, { path, ...knNamespace('bravo-web') }),
      ),
      row(`${sender} for nobody to ${path} of ${name}`, 'denied', call(eventing(sender), to, { path })),
      row(`${sender} of an unknown namespace to ${name}`, 'denied', call(pod('outsider', sender), to, alpha)),
      row(`${sender} of the other tenant to ${name}`, 'denied', call(pod('bravo-web', sender), to, alpha)),
      row(
        `${sender} of another trust domain to ${name}`,
        'denied',
        call({ ...eventing(sender), trustDomain: 'cluster.local' }, to, alpha),
      ),
    ]),
    ...notSenders.flatMap(account => [
      row(`${account} for alpha-shop to ${path} of ${name}`, 'denied', call(eventing(account), to, alpha)),
      row(
        `${account} for alpha-shop to a host of ${name}`,
        'denied',
        call(eventing(account), to, { host: hostIn('alpha-shop'), ...knNamespace('alpha-shop') }),
      ),
      row(`${account} for bravo-web to ${name}`, 'denied', call(eventing(account), to, bravo)),
      row(
        `${account} for bravo-web to a host of ${name}`,
        'denied',
        call(eventing(account), to, { host: hostIn('bravo-web'), ...knNamespace('bravo-web') }),
      ),
    ]),
  ];
};

/** Paths, callers and headers that are nearly alpha's. Beside the exact ones, the prefix takes in all that begin with `alpha-`. */
const spelling = (name: string): readonly Row[] => {
  const to = inEventing(name);
  const reached = (path: string, want: Row['want']) => [
    row(`alpha-shop to ${path} of ${name}`, want, call(pod('alpha-shop'), to, { path })),
    row(
      `Eventing for alpha-shop to ${path} of ${name}`,
      want,
      call(eventing('mt-broker-filter'), to, { path, ...knNamespace('alpha-shop') }),
    ),
  ];
  const called = (namespace: string, want: Row['want']) => [
    row(`${namespace} to ${name} of alpha-shop`, want, call(pod(namespace), to, { path: '/alpha-shop/hello' })),
    row(
      `Eventing for ${namespace} to ${name} of alpha-shop`,
      want,
      call(eventing('mt-broker-filter'), to, { path: '/alpha-shop/hello', ...knNamespace(namespace) }),
    ),
  ];
  return [
    ...['/alpha-shop/', '/alpha-shop/a/b', '/alpha-shop/hello?to=/bravo-web/x'].flatMap(path =>
      reached(path, byTenant),
    ),
    ...['/alpha-shop', '/alpha-shop2/hello', '/alpha-shopping/hello', '/alpha-new/hello'].flatMap(path =>
      reached(path, byPrefix),
    ),
    ...[
      '/alpha/hello',
      '/alphabet/hello',
      '/Alpha-Shop/hello',
      '/x/alpha-shop/hello',
      '/my-alpha-shop/hello',
      '/',
    ].flatMap(path => reached(path, 'denied')),
    ...['alpha-new', 'alpha-shop2', 'alpha-shopping'].flatMap(namespace => called(namespace, byPrefix)),
    ...['alpha', 'alphabet', 'my-alpha-shop'].flatMap(namespace => called(namespace, 'denied')),
    row(
      `alpha-shop to a host with a port of ${name}`,
      'denied',
      call(pod('alpha-shop'), to, { host: `${hostIn('alpha-shop')}:80` }),
    ),
    row(
      `alpha-shop to a host in capitals of ${name}`,
      byTenant,
      call(pod('alpha-shop'), to, { host: hostIn('alpha-shop').toUpperCase() }),
    ),
    row(
      `alpha-shop to a host of alpha-new of ${name}`,
      'denied',
      call(pod('alpha-shop'), to, { host: hostIn('alpha-new') }),
    ),
  ];
};

export const toReceivers: readonly Row[] = receivers.flatMap(name => [
  ...events(name),
  ...fromEventing(name),
  ...spelling(name),
]);
