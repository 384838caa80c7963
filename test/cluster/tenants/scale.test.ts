/**
 * A tenant of 5,000 namespaces with namespacePrefix, on a real API server with istiod's webhook. Environment:
 * TENANT_NAMESPACES (5000), TENANT_HELM (helm4; helm3 or both).
 *
 * Not in one install: that sends all objects of a kind at once, whatever --qps and --burst-limit say, and istiod's
 * webhook has to answer within 10 s. An upgrade sends one after the other. Source: Helm pkg/kube/client.go, batchPerform.
 */
import * as assert from 'uvu/assert';
import { type Helm, helms, parallel } from '../../support/helm.ts';
import { type Cluster, startCluster } from '../cluster.ts';
import { kubernetesVersions } from '../modules.ts';
import { helm, releaseNamespace } from '../releases.ts';
import { clusterSuite } from '../suite.ts';
import { baseSet, makeAll, namespaceNamed, policies, tenant } from './tenants.ts';

const count = Number(process.env.TENANT_NAMESPACES ?? 5000);
const wanted = process.env.TENANT_HELM ?? 'helm4';
const programs = helms().filter(({ name }) => wanted === 'both' || name === wanted || helms().length === 1);
/** Namespaces of the install; the upgrade after it brings all. */
const atFirst = Math.min(count, 250);
const test = clusterSuite(`tenants, ${count} namespaces`);

const release = 'orders';
const prefix = 'orders-';
/** No two names are alike for long: what compresses well proves little. */
const names = Array.from({ length: count + 1 }, (_, index) => `${prefix}${(index * 7919 + 104_729).toString(36)}-team`);
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

/** Each namespace has its policy, the Knative side has all of the hosts; returns the bytes of the largest object. */
async function assertComplete(cluster: Cluster, namespaces: readonly string[]): Promise<number> {
  const found = (await policies(cluster)).filter(
    ({ metadata }) => metadata.labels?.['app.kubernetes.io/instance'] === release,
  );
  const own = found.filter(({ metadata }) => metadata.namespace.startsWith(prefix));
  assert.equal(own.map(({ metadata }) => metadata.namespace).sort(), [...namespaces].sort());
  const hosts = new Set(JSON.stringify(found.filter(policy => !own.includes(policy))).match(/"\*\.[^"]+"/g));
  assert.is(hosts.size, 3 * namespaces.length);
  return Math.max(...found.map(object => Buffer.byteLength(JSON.stringify(object))));
}

async function life(cluster: Cluster, program: Helm): Promise<void> {
  // Without this, tests never collect its garbage, which are gigabytes here.
  const thrifty = { env: { ...cluster.env, GOGC: '100' } };
  const all = names.slice(0, count);
  const values = (namespaces: readonly string[]) => ({ namespaces, namespacePrefix: prefix, kafka: { enabled: true } });
  const installed = await seconds(() => tenant(thrifty, program, ['install', release], values(all.slice(0, atFirst))));
  const grown = await seconds(() => tenant(thrifty, program, ['upgrade', release], values(all)));
  const largest = await assertComplete(cluster, all);
  const bytes = await releaseBytes(cluster, 2);
  const upgraded = await seconds(() => tenant(thrifty, program, ['upgrade', release], values(names)));
  await assertComplete(cluster, names);
  const uninstalled = await seconds(() => helm(thrifty, program, ['uninstall', release]));
  assert.equal(
    (await policies(cluster)).filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/instance'] === release),
    [],
  );
  process.stdout.write(
    `${program.name}: ${atFirst} namespaces installed in ${installed}, upgraded to ${count} in ${grown}, to one more in ${upgraded}, ` +
      `uninstalled in ${uninstalled}; ` +
      `release ${kibibytes(bytes)}, largest object ${kibibytes(largest)}\n`,
  );
  assert.ok(bytes < secretLimit, `the release has ${bytes} bytes`);
  assert.ok(largest < objectLimit, `an object has ${largest} bytes`);
}

test(`${count} namespaces: every policy is there, the release and each object are small enough`, async () => {
  const cluster = await startCluster({ kubernetes: kubernetesVersions[1], components: 'mesh' });
  try {
    await makeAll(cluster, await baseSet({}));
    const made = await seconds(() => parallel(names, 16, name => cluster.objects.create(namespaceNamed(name))));
    process.stdout.write(`${names.length} namespaces: made in ${made}\n`);
    for (const program of programs) await life(cluster, program);
  } finally {
    await cluster.stop();
  }
});

test.run();
