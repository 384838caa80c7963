/** isolation.enabled: who may call whom, in which order the policies come, and what NOTES say of it. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateNotes } from '../../generator/render/evaluate-chart.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { runHelm } from '../support/helm.ts';
import { parseManifests } from '../support/render.ts';
import { caseArgs, caseNamed, goldenManifests, rendered, titleOf } from './cases.ts';
import { inEachHelm, withHelm } from './with-helm.ts';

const test = suite('chart/isolation');
type Object = Readonly<Record<string, unknown>>;
interface Rule {
  readonly from?: readonly { readonly source: Readonly<Record<'namespaces' | 'principals', readonly string[]>> }[];
  readonly to?: readonly { readonly operation: Readonly<Record<'methods' | 'ports', readonly string[]>> }[];
}
interface Policy {
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly spec: {
    readonly action?: string;
    readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly rules?: readonly Rule[];
  };
}
const isPolicy = (object: Object) => object.kind === 'AuthorizationPolicy';
const named = (name: string) => caseNamed(name, rendered);

/** `namespace/name pods: from ... as ... to ...`, rules with `;` between them. */
function line({ metadata: { namespace, name }, spec }: Policy): string {
  const pods = Object.entries(spec.selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const rules = spec.rules?.map(({ from = [], to = [] }) =>
    [
      ...from.flatMap(({ source }) => [
        `from ${source.namespaces.join('+')}`,
        ...(source.principals ?? []).map(p => `as ${p}`),
      ]),
      ...to.map(({ operation: { methods = [], ports = [] } }) => `to ${[...methods, ...ports].join('+')}`),
    ].join(' '),
  );
  return [`${namespace}/${name}`, spec.action, ...pods, rules?.join('; ')].filter(Boolean).join(' ');
}

const serving = (gateway: string) => [
  `knative-serving/allow-traffic-to-activator ALLOW app=activator from knative-serving+${gateway}`,
  'knative-serving/allow-traffic-to-autoscaler ALLOW app=autoscaler from knative-serving',
  'knative-serving/deny-all-by-default',
];
const gateway = (port: string) =>
  `knative-serving-ingress/allow-traffic-to-ingress-gateway ALLOW knative=ingressgateway from knative-serving+knative-serving-ingress; to 8443+${port}`;
const within = (name: string, to: string, from: string, method: string, domain: string) =>
  `knative-eventing/${name} ALLOW app.kubernetes.io/component=${to} from knative-eventing as ${domain}/ns/knative-eventing/sa/${from} to ${method}`;
/** domain.md 3.1, written down by hand. */
const eventing = (domain: string) => [
  within('allow-imc-to-mt-channel-based-broker-filter', 'broker-filter', 'imc-dispatcher', 'POST', domain),
  within(
    'allow-mt-channel-based-broker-ingress-to-imc-dispatcher',
    'imc-dispatcher',
    'mt-broker-ingress',
    'POST',
    domain,
  ),
  'knative-eventing/deny-all-by-default',
];
const channels = (domain: string) => [
  within(
    'allow-kafka-channel-to-mt-channel-based-broker-filter',
    'broker-filter',
    'knative-kafka-channel-data-plane',
    'POST',
    domain,
  ),
  within(
    'allow-mt-channel-based-broker-ingress-to-kafka-channel',
    'kafka-channel-receiver',
    'mt-broker-ingress',
    'POST',
    domain,
  ),
  probe('channel', domain),
];
const probe = (part: string, domain: string) =>
  within(`allow-probe-kafka-${part}-receiver`, `kafka-${part}-receiver`, 'kafka-controller', 'GET', domain);

const corp = 'mesh.corp.example';
const all = [...eventing(corp), ...channels(corp), probe('broker', corp), probe('sink', corp)];
const some = [...eventing('cluster.local'), ...channels('cluster.local')];
const rows: readonly (readonly [name: string, want: readonly string[]])[] = [
  ['isolation', [...serving('istio-system'), ...all]],
  ['isolation on v3', [...serving('knative-serving-ingress'), gateway('8080'), ...all]],
  ['isolation-service-mesh-3', [...serving('knative-serving-ingress'), gateway('8081'), ...some]],
  ['isolation-service-mesh-3 on v2', [...serving('istio-system'), ...some]],
];
for (const [name, want] of rows)
  test(`${name}: these policies, and no others`, () => {
    const policies = goldenManifests(named(name)).map(({ object }) => object);
    const found = policies.filter(isPolicy).map(object => line(object as unknown as Policy));
    assert.equal(found.sort(), [...want].sort());
  });

test('without isolation.enabled there is no policy', () => {
  const others = rendered.filter(({ chart, name }) => chart === serverlessMesh && !name.startsWith('isolation'));
  assert.ok(others.length > 10);
  for (const c of others)
    assert.not.ok(
      goldenManifests(c).some(({ object }) => isPolicy(object)),
      titleOf(c),
    );
});

/** The version that each generation serves is asked of their definitions in strict.test.ts. */
test('every policy is of one version, so that a release keeps them when it moves to Service Mesh 3', () => {
  const versions = rows.flatMap(([name]) =>
    goldenManifests(named(name)).flatMap(({ object }) => (isPolicy(object) ? [object.apiVersion] : [])),
  );
  assert.equal([...new Set(versions)], ['security.istio.io/v1beta1']);
});

// An upgrade goes through the objects in this order, one after the other; an install makes those of one kind at once, but
// all of them before the next kind: helm/helm pkg/kube/client.go (update, batchPerform). So with an install there is
// nothing yet that could be denied, and with an upgrade all is allowed before the rest is denied.
withHelm(test)('Helm puts what is allowed before the denial, and both before Knative', async () => {
  const found = await inEachHelm(rows, async (helm, [name]) => {
    const { stdout } = await runHelm(helm, caseArgs('template', named(name)));
    return parseManifests(stdout).map(({ object }) => {
      const policy = (object.metadata as { name: string }).name.split('-')[0];
      return isPolicy(object) ? policy : object.kind;
    });
  });
  for (const [helm, orders] of found)
    for (const [index, order] of orders.entries()) {
      const say = `${helm.name}, ${rows[index]![0]}: ${order.join(' ')}`;
      assert.ok(order.lastIndexOf('allow') < order.indexOf('deny'), say);
      assert.is(order.lastIndexOf('deny'), order.indexOf('deny') + 1, say);
      for (const kind of ['KnativeServing', 'KnativeEventing', 'KnativeKafka'])
        assert.ok(order.lastIndexOf('deny') < order.indexOf(kind), `${kind}: ${say}`);
    }
});

const planeOf = (name: string, kind: string) =>
  goldenManifests(named(name)).find(({ object }) => object.kind === kind)!.object as { spec: Record<string, unknown> };
test('a control plane of the chart gets a trust domain that is not the usual one', () => {
  const security = (name: string) => planeOf(name, 'ServiceMeshControlPlane').spec.security as { trust?: object };
  const config = (name: string) =>
    (planeOf(name, 'Istio').spec.values as { meshConfig: { trustDomain?: string } }).meshConfig;
  assert.equal(security('isolation').trust, { domain: corp });
  assert.is(security('isolation-service-mesh-3 on v2').trust, undefined);
  assert.is(config('isolation on v3').trustDomain, corp);
  assert.is(config('isolation-service-mesh-3').trustDomain, undefined);
});

const told: readonly (readonly [name: string, values: Values, says: readonly RegExp[], not: readonly RegExp[]])[] = [
  [
    'isolation',
    {},
    [
      /Isolation .* is a Technology Preview/,
      /every call to knative-serving,/,
      /every call to knative-eventing,/,
      /serverless-mesh-tenant/,
      /External URLs are not isolated/,
    ],
    [/plain text: set gateway.local.tls/, /trust.?domain/i],
  ],
  ['isolation', { serving: { enabled: false } }, [/to knative-eventing,/], [/to knative-serving,/, /External URLs/]],
  ['isolation', { eventing: { enabled: false } }, [/to knative-serving,/], [/to knative-eventing,/]],
  ['isolation on v3', {}, [/takes plain text: set gateway.local.tls to mutual/], []],
  ['isolation-service-mesh-3', {}, [/External URLs/], [/takes plain text/]],
  [
    'isolation',
    { mesh: { controlPlane: { create: false } } },
    [/ {2}spec\.security\.trust\.domain: mesh\.corp\.example\n/],
    [],
  ],
  [
    'isolation on v3',
    { mesh: { controlPlane: { create: false } } },
    [/ {2}spec\.values\.meshConfig\.trustDomain: mesh\.corp\.example\n/],
    [],
  ],
  ['defaults', {}, [], [/[Ii]solation/, /serverless-mesh-tenant/, /trust.?domain/i]],
];
for (const [name, values, says, not] of told)
  test(`NOTES of ${name}, ${JSON.stringify(values)}`, () => {
    const merged = mergeValues(named(name).values, values);
    const notes = evaluateNotes(serverlessMesh, merged, { name: 'r', namespace: 'n' });
    for (const pattern of says) assert.match(notes, pattern);
    for (const pattern of not) assert.not.match(notes, pattern);
  });

test.run();
