/** Requests within Knative, and to the gateways: the base set of domain.md 3.1, and the row on the gateway in 2.2. */
import {
  activatorPod,
  autoscaler,
  call,
  eventing,
  gatewayPods,
  gateways,
  hostIn,
  inEventing,
  knNamespace,
  mesh,
  plaintext,
  pod,
  type Row,
  row,
  rowIn,
  servingController,
} from '../world.ts';

/** Everything that would reach a receiver, or the activator, of a tenant: none of it may reach a pod beside them. */
const ofTenant = (namespace: string) => ({
  host: hostIn(namespace),
  path: `/${namespace}/hello`,
  ...knNamespace(namespace),
});
const ofAlpha = ofTenant('alpha-shop');
const ofBravo = ofTenant('bravo-web');

const serving: readonly Row[] = [
  row('the activator to the autoscaler', 'allowed', call(activatorPod, autoscaler)),
  ...[
    pod('alpha-shop'),
    pod('outsider'),
    pod(mesh.namespace),
    pod('knative-serving-ingress'),
    eventing('imc-dispatcher'),
    plaintext,
  ].flatMap(from => {
    const who = from?.namespace ?? 'plaintext';
    return [
      row(`${who} to the autoscaler`, 'denied', call(from, autoscaler, ofAlpha)),
      row(`${who} to the controller of Serving`, 'denied', call(from, servingController, ofAlpha)),
    ];
  }),
  row('bravo-web to the controller of Serving', 'denied', call(pod('bravo-web'), servingController, ofBravo)),
  row('the activator to the controller of Serving', 'denied', call(activatorPod, servingController)),
];

const anyPort = { port: 8081 };
const gateway: readonly Row[] = [
  // Service Mesh 2 has no policy for its gateway.
  rowIn('v2', 'anyone to the gateway', 'allowed', call(plaintext, gateways.v2, { port: 8443 })),
  rowIn('v2', 'a tenant to the local gateway', 'allowed', call(pod('alpha-shop'), gateways.v2, anyPort)),
  // In Service Mesh 3 clients call the local gateway in plaintext: domain.md 2.3.
  ...[8080, 8443].flatMap(port => [
    rowIn('v3', `plaintext to port ${port} of the gateway`, 'allowed', call(plaintext, gateways.v3, { port })),
    rowIn(
      'v3',
      `an unknown namespace to port ${port} of the gateway`,
      'allowed',
      call(pod('outsider'), gateways.v3, { port }),
    ),
  ]),
  ...[8081, 8444, 15000].flatMap(port => [
    rowIn('v3', `plaintext to port ${port} of the gateway`, 'denied', call(plaintext, gateways.v3, { port })),
    rowIn('v3', `a tenant to port ${port} of the gateway`, 'denied', call(pod('alpha-shop'), gateways.v3, { port })),
    rowIn(
      'v3',
      `the control plane's namespace to port ${port} of the gateway`,
      'denied',
      call(pod(mesh.namespace), gateways.v3, { port }),
    ),
  ]),
  rowIn('v3', 'Serving to any port of the gateway', 'allowed', call(activatorPod, gateways.v3, anyPort)),
  rowIn('v3', 'the gateway to any port of the gateway', 'allowed', call(gatewayPods.v3, gateways.v3, anyPort)),
  rowIn(
    'v3',
    'anyone to another pod beside the gateway',
    'allowed',
    call(plaintext, { namespace: 'knative-serving-ingress', labels: { app: 'other' } }, anyPort),
  ),
];

/** Within Eventing: to a component, from the only service account, by the only method. */
const within = [
  ['imc-dispatcher', 'mt-broker-ingress', 'POST', 'GET'],
  ['kafka-channel-receiver', 'mt-broker-ingress', 'POST', 'GET'],
  ['broker-filter', 'knative-kafka-channel-data-plane', 'POST', 'GET'],
  ['broker-filter', 'imc-dispatcher', 'POST', 'GET'],
  ['kafka-broker-receiver', 'kafka-controller', 'GET', 'POST'],
  ['kafka-sink-receiver', 'kafka-controller', 'GET', 'POST'],
  ['kafka-channel-receiver', 'kafka-controller', 'GET', 'POST'],
] as const;
const components = [
  'imc-dispatcher',
  'kafka-broker-receiver',
  'kafka-channel-receiver',
  'kafka-sink-receiver',
  'broker-ingress',
  'broker-filter',
  'job-sink',
  'pingsource-mt-adapter',
] as const;
const accounts = ['mt-broker-ingress', 'kafka-controller', 'mt-broker-filter', 'eventing-controller'] as const;

const eventingRows: readonly Row[] = [
  ...within.flatMap(([name, account, method, other]) => {
    const to = inEventing(name);
    return [
      row(`${method} of ${account} to ${name}`, 'allowed', call(eventing(account), to, { method })),
      row(`${other} of ${account} to ${name}`, 'denied', call(eventing(account), to, { method: other })),
      row(
        `${method} of ${account} of an unknown namespace to ${name}`,
        'denied',
        call(pod('outsider', account), to, { method }),
      ),
      row(
        `${method} of ${account} of alpha-shop to ${name}`,
        'denied',
        call(pod('alpha-shop', account), to, { method }),
      ),
      row(
        `${method} of ${account} of another trust domain to ${name}`,
        'denied',
        call({ ...eventing(account), trustDomain: 'cluster.local' }, to, { method }),
      ),
      row(`${method} of ${account}2 to ${name}`, 'denied', call(eventing(`${account}2`), to, { method })),
      row(`${method} in plaintext to ${name}`, 'denied', call(plaintext, to, { method })),
    ];
  }),
  // Every other pair, by both methods.
  ...components.flatMap(name =>
    accounts.flatMap(account =>
      (['GET', 'POST'] as const)
        .filter(method => !within.some(([to, from, by]) => to === name && from === account && by === method))
        .map(method =>
          row(
            `${method} of ${account} to ${name}, for nobody`,
            'denied',
            call(eventing(account), inEventing(name), { method }),
          ),
        ),
    ),
  ),
  ...(['broker-filter', 'pingsource-mt-adapter'] as const).flatMap(name =>
    [pod('alpha-shop'), pod('outsider'), eventing('mt-broker-filter'), plaintext].map(from =>
      row(
        `${from?.serviceAccount ?? 'plaintext'} of ${from?.namespace ?? 'nobody'} to ${name}`,
        'denied',
        call(from, inEventing(name), ofAlpha),
      ),
    ),
  ),
  row('bravo-web to broker-filter', 'denied', call(pod('bravo-web'), inEventing('broker-filter'), ofBravo)),
  row(
    'imc-dispatcher to the adapter of PingSources',
    'denied',
    call(eventing('imc-dispatcher'), inEventing('pingsource-mt-adapter'), ofAlpha),
  ),
];

export const withinKnative: readonly Row[] = [...serving, ...gateway, ...eventingRows];
