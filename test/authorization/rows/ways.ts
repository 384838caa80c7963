/**
 * The ways of the operator's own tests, as the proxies of the pods on them see each: domain.md 3.2, serverless-operator
 * test/servinge2e/servicemesh/multitenant_test.go. The proxy of a client routes by the Host header: net-istio makes a
 * VirtualService for the mesh beside that for the gateways (pkg/reconciler/ingress/resources/virtual_service.go), so that a
 * call "by the local gateway" from inside the mesh goes straight to the activator, or the pod; only clients without a proxy
 * reach the gateway itself.
 */
import {
  activator,
  activatorPod,
  byTenant,
  call,
  type Generation,
  gatewayPods,
  gateways,
  generations,
  hostIn,
  mesh,
  plaintext,
  pod,
  type Row,
  revision,
  row,
  rowIn,
  shut,
} from '../world.ts';

const fromShop = pod('alpha-shop');
/** From a tenant's pod: to a namespace of its own, and to the other tenant's. */
const ends = [
  ['alpha-shop', byTenant, 'allowed'],
  ['alpha-stock', byTenant, 'allowed'],
  ['bravo-web', 'denied', shut],
] as const;

const inMesh: readonly Row[] = ends.flatMap(([namespace, byActivator, direct]) => {
  const host = hostIn(namespace);
  const privateHost = `hello-00001-private.${namespace}.svc.${mesh.dnsDomain}`;
  return [
    row(
      `alpha-shop to the private Service in ${namespace}`,
      direct,
      call(fromShop, revision(namespace), { host: privateHost }),
    ),
    row(
      `alpha-shop to ${namespace} with targetBurstCapacity -1`,
      byActivator,
      call(fromShop, activator, { host }),
      call(activatorPod, revision(namespace), { host }),
    ),
    row(
      `alpha-shop to ${namespace} with targetBurstCapacity 0 and a pod`,
      direct,
      call(fromShop, revision(namespace), { host }),
    ),
  ];
});

/** Behind a gateway nobody knows who called: isolation is for calls inside the mesh, and URLs from outside stay open. */
const byGateway = (generation: Generation): readonly Row[] => {
  const to = gateways[generation];
  const from = gatewayPods[generation];
  const port = generation === 'v2' ? 8443 : 8080;
  return ['alpha-shop', 'bravo-web'].flatMap(namespace => {
    const host = hostIn(namespace);
    return [
      rowIn(
        generation,
        `by the gateway and the activator to ${namespace}`,
        'allowed',
        call(plaintext, to, { host, port }),
        call(from, activator, { host }),
        call(activatorPod, revision(namespace), { host }),
      ),
      rowIn(
        generation,
        `by the gateway without the activator to ${namespace}`,
        'allowed',
        call(plaintext, to, { host, port }),
        call(from, revision(namespace), { host }),
      ),
    ];
  });
};

export const ways: readonly Row[] = [...inMesh, ...generations.flatMap(byGateway)];
