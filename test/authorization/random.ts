/** Random tenants and requests, of few names of which each is nearly another: most requests just match, or just do not. */
import fc from 'fast-check';
import type { Call } from './evaluator.ts';
import type { TenantValues } from './intended.ts';
import { receivers, senders } from './rows/senders.ts';
import { inEventing } from './world.ts';

const names = ['a', 'a-b', 'a-bc', 'a-b-c', 'ab', 'b', 'b-a', 'x-a-b'] as const;
const trustDomains = ['cluster.local', 'td.example'] as const;
const dnsDomains = ['cluster.local', 'corp.local'] as const;
const meshNamespaces = ['istio-system', 'mesh'] as const;
const mostly = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: other });

const listed = fc.record({
  namespaces: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }),
});
const prefixed = fc.record({
  namespaces: fc.uniqueArray(fc.constantFrom('a-b', 'a-bc', 'a-b-c'), { minLength: 1 }),
  namespacePrefix: fc.constant('a-'),
});
/** Kafka is a part of Eventing, and a tenant has some part. */
const parts = fc.constantFrom(
  { serving: true, eventing: true, kafka: true },
  { serving: true, eventing: true, kafka: false },
  { serving: true, eventing: false, kafka: false },
  { serving: false, eventing: true, kafka: true },
  { serving: false, eventing: true, kafka: false },
);
const mesh = fc.record({
  namespace: fc.constantFrom(...meshNamespaces),
  trustDomain: fc.constantFrom(...trustDomains),
  dnsDomain: fc.constantFrom(...dnsDomains),
});
const generation = fc.constantFrom('v2' as const, 'v3' as const);
export const tenants: fc.Arbitrary<TenantValues> = fc
  .tuple(mostly<Pick<TenantValues, 'namespaces' | 'namespacePrefix'>>(listed, prefixed), mesh, generation, parts)
  .map(([members, mesh, generation, parts]) => ({ name: 'team', ...members, mesh, generation, ...parts }));

/** A request that a policy of this tenant could be about. */
export function requests({ namespaces, mesh }: TenantValues): fc.Arbitrary<Call> {
  const name = mostly<string>(fc.constantFrom(...namespaces), fc.constantFrom(...names));
  const trustDomain = mostly<string>(fc.constant(mesh.trustDomain), fc.constantFrom(...trustDomains));
  const from = (namespace: fc.Arbitrary<string>, ...accounts: readonly string[]) =>
    fc.record({ trustDomain, namespace, serviceAccount: fc.constantFrom(...accounts) });
  const knative = fc.constantFrom('knative-serving', 'knative-serving-ingress', 'kube-system', ...meshNamespaces);
  const peer = fc.oneof(
    { weight: 4, arbitrary: from(name, 'default', ...senders) },
    { weight: 4, arbitrary: from(fc.constant('knative-eventing'), ...senders, 'kafka-controller', 'default') },
    from(knative, 'default'),
    fc.constant(undefined),
  );
  const pod = fc.oneof(
    name.map(namespace => ({ namespace, labels: {} })),
    fc.constant({
      namespace: 'knative-serving',
      labels: { app: 'activator', 'app.kubernetes.io/component': 'activator' },
    }),
    fc.constantFrom(...receivers, 'broker-filter').map(inEventing),
  );
  const domain = fc.constantFrom('', '.svc', `.svc.${mesh.dnsDomain}`, ...dnsDomains.map(one => `.svc.${one}`));
  const port = mostly(fc.constant(''), fc.constant(':80'));
  const subdomain = mostly(fc.constantFrom('h.', 'H.I.'), fc.constantFrom('', 'h-'));
  const below = mostly(fc.constantFrom('/x', '/b/c'), fc.constantFrom('/', '', 'c/x'));
  const header = name.map(value => ({ 'Kn-Namespace': value }));
  return fc.record({
    from: peer,
    to: pod,
    port: fc.constantFrom(8012, 8022, 8080),
    method: fc.constantFrom('POST', 'GET'),
    host: fc.tuple(subdomain, name, domain, port).map(all => all.join('')),
    path: fc.tuple(name, below).map(all => `/${all.join('')}`),
    headers: mostly<Call['headers']>(header, fc.constantFrom({}, { Namespace: 'a' })),
  });
}
