/** The life of tenants on real API servers with istiod's webhook, beside the policies of the chart serverless-mesh and beside each other. */
import * as assert from 'uvu/assert';
import { type Helm, helms } from '../../support/helm.ts';
import type { Cluster } from '../cluster.ts';
import { everything, nothingLeft } from '../everything.ts';
import { kubernetesVersions } from '../modules.ts';
import type { KubeObject } from '../objects.ts';
import { differences, released } from '../released.ts';
import { helm, releaseNamespace, removeReleases } from '../releases.ts';
import { endShared, onEveryVersion, sharedCluster } from '../shared.ts';
import { clusterSuite } from '../suite.ts';
import {
  type AuthorizationPolicy,
  baseSet,
  makeAll,
  namespaceNamed,
  pathOf,
  policies,
  removePolicies,
  tenant,
  type Values,
} from './tenants.ts';

const test = clusterSuite('tenants, life');
test.after.each(() => onEveryVersion(removeReleases, 'mesh'));
test.after(() => endShared('mesh'));

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `orders-${index + 1}`);
const many = numbered(151);
const [a, b, c] = ['orders-a', 'orders-b', 'orders-c'] as const;

const ofServing = ['knative-serving/allow-orders-to-activator-1'];
const ofEventing = ['imc-dispatcher', 'broker-ingress', 'job-sink'].map(
  name => `knative-eventing/allow-orders-to-${name}-1`,
);
const ofKafka = ['broker', 'channel', 'sink'].map(name => `knative-eventing/allow-orders-to-kafka-${name}-receiver-1`);
const inOwn = (...namespaces: readonly string[]) => namespaces.map(name => `${name}/allow-orders`);

interface Step {
  readonly what: string;
  readonly values: Values;
  readonly want: readonly string[];
  /** What some policy must say, and what none may. */
  readonly says?: readonly [yes: string, no: string];
}
const ofBoth = [...ofServing, ...ofEventing];
const steps: readonly Step[] = [
  {
    what: 'two namespaces',
    values: { namespaces: [a, b] },
    want: [...ofBoth, ...inOwn(a, b)],
    says: ['"/orders-a/*"', 'orders-*'],
  },
  { what: 'one more', values: { namespaces: [a, b, c] }, want: [...ofBoth, ...inOwn(a, b, c)] },
  {
    what: 'one less',
    values: { namespaces: [b, c] },
    want: [...ofBoth, ...inOwn(b, c)],
    says: ['orders-b', 'orders-a'],
  },
  {
    what: 'by prefix',
    values: { namespaces: [b, c], namespacePrefix: 'orders-' },
    want: [...ofBoth, ...inOwn(b, c)],
    says: ['["orders-*"]', '["orders-b","orders-c"]'],
  },
  {
    what: 'by list again',
    values: { namespaces: [b, c] },
    want: [...ofBoth, ...inOwn(b, c)],
    says: ['["orders-b","orders-c"]', 'orders-*'],
  },
  {
    what: 'with Kafka',
    values: { namespaces: [b, c], kafka: { enabled: true } },
    want: [...ofBoth, ...ofKafka, ...inOwn(b, c)],
    says: ['sa/knative-kafka-broker-data-plane', 'orders-a'],
  },
  {
    what: 'without Kafka, on Service Mesh 3',
    values: { namespaces: [b, c], mesh: { generation: 'v3' } },
    want: [...ofBoth, ...inOwn(b, c)],
    says: ['knative-serving-ingress', 'knative-kafka'],
  },
  {
    what: 'more than fit into one policy and one List',
    values: { namespaces: many },
    want: [...ofBoth, ...ofBoth.map(path => path.replace(/1$/, '2')), ...inOwn(...many)],
    says: ['"/orders-151/*"', 'orders-a'],
  },
  {
    what: 'Eventing only',
    values: { namespaces: [a], serving: { enabled: false } },
    want: [...ofEventing, ...inOwn(a)],
  },
  {
    what: 'Serving only',
    values: { namespaces: [a], eventing: { enabled: false } },
    want: [...ofServing, ...inOwn(a)],
  },
];

const isOf = (release: string) => (policy: AuthorizationPolicy) =>
  policy.metadata.labels?.['app.kubernetes.io/instance'] === release;

/** Helm marks what is its own, each object of a List too. */
function assertMarked({ metadata }: AuthorizationPolicy, release: string): void {
  const { labels, annotations } = metadata;
  assert.is(labels?.['app.kubernetes.io/managed-by'], 'Helm');
  assert.is(annotations?.['meta.helm.sh/release-name'], release);
  assert.is(annotations?.['meta.helm.sh/release-namespace'], releaseNamespace);
}

/** The release has these policies and no others, the cluster has them as the release says, and those before are gone. */
async function assertStep(cluster: Cluster, program: Helm, step: Step, before: readonly KubeObject[]) {
  const now = await released(cluster, program, 'orders');
  assert.equal(await differences(cluster, now, before), [], step.what);
  const found = (await policies(cluster)).filter(isOf('orders'));
  assert.equal(found.map(pathOf).sort(), [...step.want].sort(), step.what);
  for (const policy of found) assertMarked(policy, 'orders');
  const [yes, no] = step.says ?? [];
  const text = JSON.stringify(found.map(({ spec }) => spec));
  if (yes !== undefined) assert.ok(text.includes(yes), `${step.what}: ${yes}`);
  if (no !== undefined) assert.not.ok(text.includes(no), `${step.what}: ${no}`);
  return now;
}

/** What is not of this tenant, with the version that Kubernetes raises on each change. */
const others = async (cluster: Cluster) =>
  (await policies(cluster))
    .filter(policy => !isOf('orders')(policy))
    .map(policy => `${pathOf(policy)} ${(policy.metadata as { resourceVersion?: string }).resourceVersion}`)
    .sort();

/** Where each step can be made, on its own and after another. */
async function prepare(cluster: Cluster): Promise<void> {
  await removePolicies(cluster);
  await makeAll(cluster, [a, b, c, 'billing', ...many].map(namespaceNamed));
  await makeAll(cluster, await baseSet({}));
}

async function dryRuns(cluster: Cluster, program: Helm, action: 'install' | 'upgrade', { values, want }: Step) {
  const { stdout } = await tenant(cluster, program, [action, 'orders', '--dry-run=server'], values);
  for (const path of want) assert.match(stdout, `name: "${path.split('/')[1]}"`);
}

/** What a release holds can be given to kubectl as it is. */
async function appliedByKubectl(cluster: Cluster, program: Helm, count: number): Promise<void> {
  const { stdout } = await helm(cluster, program, ['get', 'manifest', 'orders']);
  for (const how of [[], ['--server-side', '--force-conflicts']]) {
    const said = await cluster.kubectl(['apply', '--dry-run=server', ...how, '-f', '-'], { input: stdout });
    assert.is(said.stdout.trim().split('\n').length, count, said.stdout);
    assert.match(said.stdout, / (configured|unchanged|serverside-applied) \(server dry run\)/);
  }
}

async function life(cluster: Cluster, program: Helm): Promise<void> {
  await prepare(cluster);
  const before = await everything(cluster);
  await tenant(cluster, program, ['install', 'billing'], { namespaces: ['billing'], kafka: { enabled: true } });
  const untouched = await others(cluster);
  const first = steps[0] as Step;
  await dryRuns(cluster, program, 'install', first);
  assert.equal((await policies(cluster)).filter(isOf('orders')), [], 'a dry run makes nothing');
  let last: readonly KubeObject[] = [];
  for (const [index, step] of steps.entries()) {
    if (index > 0) await dryRuns(cluster, program, 'upgrade', step);
    await tenant(cluster, program, [index === 0 ? 'install' : 'upgrade', 'orders'], step.values);
    last = await assertStep(cluster, program, step, last);
    assert.equal(await others(cluster), untouched, step.what);
  }
  await helm(cluster, program, ['rollback', 'orders', '1']);
  await assertStep(cluster, program, { ...first, what: 'rolled back' }, last);
  await appliedByKubectl(cluster, program, first.want.length);
  await helm(cluster, program, ['uninstall', 'orders']);
  assert.equal(await others(cluster), untouched, 'uninstalled');
  assert.equal((await policies(cluster)).length, untouched.length);
  await helm(cluster, program, ['uninstall', 'billing']);
  await nothingLeft(cluster, before);
  assert.equal((await policies(cluster)).map(pathOf).sort(), (await baseSet({})).map(pathOf).sort());
}

for (const program of helms()) {
  test(`${program.name}: install, upgrades, rollback, uninstall; the others stay as they are`, () =>
    onEveryVersion(cluster => life(cluster, program), 'mesh'));
}

test('a tenant that Helm 3 made is upgraded and uninstalled by Helm 4', async () => {
  const [older, newer] = helms();
  assert.ok(older?.name === 'helm3' && newer?.name === 'helm4', 'both Helms are here');
  const cluster = await sharedCluster(kubernetesVersions[1], 'mesh');
  await prepare(cluster);
  const [first, second] = steps as [Step, Step];
  await tenant(cluster, older, ['install', 'orders'], first.values);
  const made = await assertStep(cluster, newer, first, []);
  await tenant(cluster, newer, ['upgrade', 'orders'], second.values);
  await assertStep(cluster, newer, second, made);
  await helm(cluster, newer, ['uninstall', 'orders']);
  assert.equal((await policies(cluster)).map(pathOf).sort(), (await baseSet({})).map(pathOf).sort());
});

test.run();
