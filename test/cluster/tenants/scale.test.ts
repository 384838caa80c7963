/**
 * A tenant of 5,000 namespaces with namespacePrefix, on a real API server with Istio's definition. Environment:
 * TENANT_NAMESPACES (5000), TENANT_HELM (helm4; helm3 or both), TENANT_ISTIOD (1: with istiod and its webhook, which
 * takes 11 minutes on two cores).
 *
 * Not in one install: that sends all objects of a kind at once, whatever --qps and --burst-limit say, which is too much
 * for an API server on two cores, and for istiod's webhook, which has to answer within 10 s. An upgrade sends one after
 * the other. Source: Helm pkg/kube/client.go, batchPerform.
 */
import { load } from 'js-yaml';
import * as assert from 'uvu/assert';
import { type Helm, helms, parallel } from '../../support/helm.ts';
import { type Cluster, startCluster } from '../cluster.ts';
import { readCrds } from '../crds.ts';
import { kubernetesVersions } from '../modules.ts';
import type { KubeObject } from '../objects.ts';
import { type ForHelm, helm, releaseNamespace } from '../releases.ts';
import { clusterSuite } from '../suite.ts';
import { waitFor } from '../wait.ts';
import { type AuthorizationPolicy, baseSet, makeAll, namespaceNamed, policies, tenant } from './tenants.ts';

const count = Number(process.env.TENANT_NAMESPACES ?? 5000);
const wanted = process.env.TENANT_HELM ?? 'helm4';
const programs = helms().filter(({ name }) => wanted === 'both' || name === wanted || helms().length === 1);
const withIstiod = process.env.TENANT_ISTIOD === '1';
/** Namespaces of the install; the upgrade after it brings all. */
const atFirst = Math.min(count, 250);
const test = clusterSuite(`tenants, ${count} namespaces`);

const release = 'orders';
const prefix = 'orders-';
/** No two names are alike for long: what compresses well proves little. */
const names = Array.from({ length: count }, (_, index) => `${prefix}${(index * 7919 + 104_729).toString(36)}-team`);
const kibibytes = (bytes: number) => `${Math.round(bytes / 1024)} KiB`;
/** Kubernetes' limit for the data of a Secret. */
const secretLimit = 1024 * 1024;
const objectLimit = 200 * 1024;

async function seconds(run: () => Promise<unknown>): Promise<string> {
  const started = performance.now();
  await run();
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

/** Bytes of the Secret of a revision, as Kubernetes counts them. */
async function releaseBytes(cluster: Cluster, revision: number): Promise<number> {
  const name = `sh.helm.release.v1.${release}.v${revision}`;
  const secret = await cluster.objects.get<{ data: Record<string, string> }>('v1', 'Secret', name, releaseNamespace);
  assert.ok(secret, name);
  return Object.values(secret.data).reduce((sum, text) => sum + Buffer.from(text, 'base64').length, 0);
}

const isOfRelease = ({ metadata }: AuthorizationPolicy) => metadata.labels?.['app.kubernetes.io/instance'] === release;

/** Each namespace has its policy, the Knative side has all of the hosts; returns the bytes of the largest object. */
async function assertComplete(cluster: Cluster, namespaces: readonly string[]): Promise<number> {
  const found = (await policies(cluster)).filter(isOfRelease);
  const own = found.filter(({ metadata }) => metadata.namespace.startsWith(prefix));
  assert.equal(own.map(({ metadata }) => metadata.namespace).sort(), [...namespaces].sort());
  const hosts = new Set(JSON.stringify(found.filter(policy => !own.includes(policy))).match(/"\*\.[^"]+"/g));
  assert.is(hosts.size, 3 * namespaces.length);
  return Math.max(...found.map(object => Buffer.byteLength(JSON.stringify(object))));
}

async function life(cluster: Cluster, program: Helm): Promise<void> {
  // Without this, tests never collect its garbage, which are gigabytes here.
  const thrifty = { env: { ...cluster.env, GOGC: '100' } };
  const say = (text: string) => process.stdout.write(`${program.name}: ${text}\n`);
  const run = (action: 'install' | 'upgrade', namespaces: readonly string[]) =>
    seconds(() =>
      tenant(thrifty, program, [action, release], { namespaces, namespacePrefix: prefix, kafka: { enabled: true } }),
    );
  say(`${atFirst} namespaces installed in ${await run('install', names.slice(0, atFirst))}`);
  if (atFirst < count) say(`upgraded to ${count} in ${await run('upgrade', names)}`);
  const largest = await assertComplete(cluster, names);
  const bytes = await releaseBytes(cluster, atFirst < count ? 2 : 1);
  say(`release ${kibibytes(bytes)}, largest object ${kibibytes(largest)}`);
  assert.ok(bytes < secretLimit, `the release has ${bytes} bytes`);
  assert.ok(largest < objectLimit, `an object has ${largest} bytes`);
  await uninstall(thrifty, program, say);
  assert.equal((await policies(cluster)).filter(isOfRelease), []);
}

/** Helm 4 deletes all at once, too; what it could not delete, it deletes when it is asked again. */
async function uninstall(cluster: ForHelm, program: Helm, say: (text: string) => void): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const { exitCode, stderr } = await helm(cluster, program, ['uninstall', release], { reject: false });
    if (exitCode === 0) return say(`uninstalled in ${tries} ${tries === 1 ? 'try' : 'tries'}`);
    assert.match(stderr, 'failed to delete release');
    assert.ok(tries < 4, stderr);
  }
}

/** The kind alone, without who validates it. */
async function definePolicies(cluster: Cluster): Promise<void> {
  const crd = readCrds().find(({ name }) => name === 'authorizationpolicies.security.istio.io');
  assert.ok(crd);
  await cluster.objects.create(load(crd.yaml) as KubeObject);
  await waitFor('the definition of policies', () =>
    policies(cluster).then(
      () => true,
      () => false,
    ),
  );
}

test(`${count} namespaces: every policy is there, the release and each object are small enough`, async () => {
  const cluster = await startCluster({ kubernetes: kubernetesVersions[1], components: withIstiod ? 'mesh' : 'api' });
  try {
    if (!withIstiod) await definePolicies(cluster);
    await makeAll(cluster, await baseSet({}));
    const made = await seconds(() => parallel(names, 16, name => cluster.objects.create(namespaceNamed(name))));
    process.stdout.write(`${names.length} namespaces: made in ${made}\n`);
    for (const program of programs) await life(cluster, program);
  } finally {
    await cluster.stop();
  }
});

test.run();
