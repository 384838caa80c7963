/** Random tenants and requests: two makers of policies must give every request the same answer. */
import fc from 'fast-check';
import { type Call, decide } from './evaluator.ts';
import type { TenantValues } from './intended.ts';
import { base } from './intended.ts';
import type { Policy } from './policies.ts';
import { receivers, senders } from './rows/senders.ts';

/** Few names, each nearly another, so that most requests just match or just do not. */
const names = ['a', 'a-b', 'a-bc', 'a-b-c', 'ab', 'b', 'b-a', 'x-a-b'] as const;
const meshes = fc.record({
  namespace: fc.constantFrom('istio-system', 'mesh'),
  trustDomain: fc.constantFrom('cluster.local', 'td.example'),
  dnsDomain: fc.constantFrom('cluster.local', 'corp.local'),
});
const members = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ namespaces: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }) }),
  },
  fc.record({
    namespaces: fc.uniqueArray(fc.constantFrom('a-b', 'a-bc', 'a-b-c'), { minLength: 1 }),
    namespacePrefix: fc.constantFrom('a-'),
  }),
);
/** Kafka is a part of Eventing, and a tenant has some part. */
const parts = fc.constantFrom(
  ...[
    [true, true, true],
    [true, true, false],
    [true, false, false],
    [false, true, true],
    [false, true, false],
  ].map(([serving, eventing, kafka]) => ({ serving: serving!, eventing: eventing!, kafka: kafka! })),
);
const tenant: fc.Arbitrary<TenantValues> = fc
  .tuple(members, meshes, fc.constantFrom('v2' as const, 'v3' as const), parts)
  .map(([given, mesh, generation, enabled]) => ({ name: 'team', ...given, generation, mesh, ...enabled }));

const name = fc.constantFrom(...names);
const peer = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      namespace: name,
      serviceAccount: fc.constantFrom('default', ...senders),
      trustDomain: fc.constant(''),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      namespace: fc.constant('knative-eventing'),
      serviceAccount: fc.constantFrom(...senders, 'kafka-controller', 'mt-broker-ingress', 'default'),
      trustDomain: fc.oneof({ weight: 5, arbitrary: fc.constant('') }, fc.constantFrom('cluster.local', 'td.example')),
    }),
  },
  fc.record({
    namespace: fc.constantFrom('knative-serving', 'knative-serving-ingress', 'istio-system', 'mesh', 'kube-system'),
    serviceAccount: fc.constantFrom('default', 'activator'),
    trustDomain: fc.constant(''),
  }),
  fc.constant(undefined),
);
const pod = fc.oneof(
  name.map(namespace => ({ namespace, labels: { app: 'x' } })),
  fc.constant({
    namespace: 'knative-serving',
    labels: { app: 'activator', 'app.kubernetes.io/component': 'activator' },
  }),
  fc.constantFrom(...receivers, 'broker-filter').map(component => ({
    namespace: 'knative-eventing',
    labels: { 'app.kubernetes.io/component': component },
  })),
);
const host = fc
  .tuple(
    fc.constantFrom('h.', 'H.I.', '', 'h-'),
    name,
    fc.constantFrom('', '.svc', '.svc.cluster.local', '.svc.corp.local'),
    fc.constantFrom('', '', '', ':80'),
  )
  .map(all => all.join(''));
const path = fc.tuple(name, fc.constantFrom('/x', '/', '', '/b/c', 'c/x')).map(all => `/${all.join('')}`);
const headers = fc.oneof(
  { weight: 3, arbitrary: name.map(value => ({ 'Kn-Namespace': value })) },
  fc.constantFrom({}, { Namespace: 'a' }),
);
const request = fc.record({
  from: peer,
  to: pod,
  port: fc.constantFrom(8012, 8012, 8022, 8080),
  method: fc.constantFrom('POST', 'POST', 'GET'),
  host,
  path,
  headers,
});

/** How often a request was allowed by a policy, and denied: a run in which one hardly happens proves nothing. */
export interface Answers {
  allowed: number;
  denied: number;
}

/** Throws with the smallest tenant and request on which the two differ. The base set stands beside both. */
export function sameMeaning(
  one: (values: TenantValues) => readonly Policy[],
  other: typeof one,
  numRuns = 200,
): Answers {
  const answers: Answers = { allowed: 0, denied: 0 };
  const property = fc.property(
    tenant,
    fc.array(request, { minLength: 1, maxLength: 60, size: 'max' }),
    (values, requests) => {
      const { mesh, generation } = values;
      const [first, second] = [one, other].map(make => [...base(generation, mesh), ...make(values)]);
      for (const { from, ...rest } of requests) {
        // No trust domain: the one of the mesh.
        const peer = from && { ...from, trustDomain: from.trustDomain || mesh.trustDomain };
        const call: Call = { ...rest, from: peer };
        const [want, got] = [first!, second!].map(policies => decide(policies, mesh.namespace, call));
        if (want!.answer !== got!.answer)
          throw new Error(`${JSON.stringify(call)}: ${JSON.stringify(want)} and ${JSON.stringify(got)}`);
        if (want!.selecting.length > 0) answers[want!.answer] += 1;
      }
    },
  );
  fc.assert(property, { numRuns });
  return answers;
}
