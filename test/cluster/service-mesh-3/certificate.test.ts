/**
 * Where the certificate comes from, on real API servers: the copy of the router's that a Job makes, renews and removes,
 * whom it leaves alone and what it never prints; and the way from one source to another.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { type Helm, helms } from '../../support/helm.ts';
import { beginHelm, helmWithJobs, programOf, uninstall, type Words, waiting } from '../actions.ts';
import type { Cluster } from '../cluster.ts';
import { everything } from '../everything.ts';
import { tokenFor } from '../ingress-gateway.ts';
import { lastWords } from '../kubelet.ts';
import { kubernetesVersions } from '../modules.ts';
import { helm, make, prepareNamespaces, releaseName } from '../releases.ts';
import { onEveryVersion } from '../shared.ts';
import { clusterSuite } from '../suite.ts';
import {
  caseFile,
  certificateSecret,
  cleanUp,
  from,
  keptNamespace,
  knativeServingIngress,
  meshWords,
  type SecretObject,
  secretName,
} from './mesh.ts';

const test = clusterSuite('Service Mesh 3, sources of the certificate', { allKinds: true });
test.after.each(() =>
  onEveryVersion(async cluster => {
    await cleanUp(cluster);
    for (const name of [routerSecret, 'other']) await cluster.objects.remove('v1', 'Secret', name, routerNamespace);
  }),
);

const routerNamespace = 'openshift-ingress';
/** As the case says. */
const routerSecret = 'apps-example-com';
const [installing, upgrading] = (['install', 'upgrade'] as const).map(action =>
  from(action, caseFile('cluster-ingress-v3'), 'eventing.enabled=false'),
) as [string[], string[]];
const certificateJob = 'serverless-mesh-certificate';
const copied = (revision: number): Words => ({
  ...meshWords(revision),
  [certificateJob]: "ok: the copy of the router's certificate",
});

const secretOf = (cluster: Cluster, name: string, namespace: string) =>
  cluster.objects.get<SecretObject>('v1', 'Secret', name, namespace);
const copyOf = (cluster: Cluster) => secretOf(cluster, secretName, knativeServingIngress);

/** The router's operator writes a new certificate into the Secret. */
async function renew(cluster: Cluster): Promise<SecretObject> {
  const secret = await certificateSecret(routerSecret, routerNamespace);
  const { status, body } = await cluster.objects.apply(secret);
  assert.ok(status === 200 || status === 201, JSON.stringify(body));
  return secret;
}

/** The gateway has this pair. */
async function isServed(cluster: Cluster, { data }: SecretObject): Promise<void> {
  assert.equal((await copyOf(cluster))?.data, data);
}

/** The Job ends Helm's action at once, with these last words, and the Secret of the gateway stays as it is. */
async function refused(cluster: Cluster, args: readonly string[], words: RegExp): Promise<void> {
  const secret = await copyOf(cluster);
  const { done, run } = beginHelm(cluster, programOf(cluster.kubernetes), [...args, ...waiting]);
  assert.is((await done).exitCode, 1);
  assert.match(lastWords(run(certificateJob)!) ?? '', words);
  await isServed(cluster, secret!);
}

const isFull = process.env.LIFECYCLE_CROSS === 'full';
test("the router's certificate is copied and followed, a Secret of somebody else left alone; from one source to the next", () =>
  onEveryVersion(async cluster => {
    const isOlder = cluster.kubernetes === kubernetesVersions[0];
    // How the Job copies does not hang on Helm; who has the Secret afterwards does.
    if (isFull || !isOlder) await followed(cluster, programOf(cluster.kubernetes));
    if (isFull || isOlder) for (const program of helms()) await fromSourceToSource(cluster, program);
  }));

async function followed(cluster: Cluster, program: Helm): Promise<void> {
  await prepareNamespaces(cluster, [routerNamespace]);
  const first = await renew(cluster);
  await make(cluster, await certificateSecret('other', routerNamespace));
  const foreign = await certificateSecret(secretName, knativeServingIngress);
  await make(cluster, foreign);
  const before = await everything(cluster);
  await refused(
    cluster,
    installing,
    /^refused, for secret\/wildcard-certs in knative-serving-ingress is not of this release; delete it, or set gateway\.tls\.source to existing$/,
  );
  await uninstall(cluster, program, before, [keptNamespace]);
  await isServed(cluster, foreign);
  await cluster.objects.remove('v1', 'Secret', secretName, knativeServingIngress);
  before.delete(`secrets ${knativeServingIngress}/${secretName}`);

  await helmWithJobs(cluster, program, installing, copied(1));
  await isServed(cluster, first);
  const second = await renew(cluster);
  await helmWithJobs(cluster, program, upgrading, copied(2));
  await isServed(cluster, second);
  await readsNothingElse(cluster);
  await saysNothingOf(cluster, [first, second]);

  // Somebody changes the copy by hand.
  const { metadata, ...edited } = foreign;
  const path = `/api/v1/namespaces/${knativeServingIngress}/secrets/${secretName}?fieldManager=kubectl-edit`;
  const { status } = await cluster.rest('PATCH', path, {
    body: edited,
    contentType: 'application/merge-patch+json',
  });
  assert.is(status, 200);
  await refused(
    cluster,
    upgrading,
    /^refused, for secret\/wildcard-certs .* was changed by somebody else: .*Apply failed with 2 conflicts: conflicts with "kubectl-edit"/,
  );
  await uninstall(cluster, program, before, [keptNamespace]);
  assert.is(await copyOf(cluster), undefined);
}

/** What the account of the Jobs gets of Secrets. */
async function readsNothingElse(cluster: Cluster): Promise<void> {
  const token = await tokenFor(cluster, 'istio-system', 'serverless-mesh-jobs');
  const rows: [path: string, want: number][] = [
    [`namespaces/${routerNamespace}/secrets/${routerSecret}`, 200],
    [`namespaces/${routerNamespace}/secrets/other`, 403],
    [`namespaces/${routerNamespace}/secrets`, 403],
    [`namespaces/${knativeServingIngress}/secrets/${secretName}`, 200],
    [`namespaces/${knativeServingIngress}/secrets/other`, 403],
    [`namespaces/${knativeServingIngress}/secrets`, 403],
    ['namespaces/istio-system/secrets', 403],
    ['namespaces/default/secrets', 403],
    ['secrets', 403],
  ];
  const got = await Promise.all(rows.map(([path]) => cluster.rest('GET', `/api/v1/${path}`, { token })));
  assert.equal(
    rows.map(([path], index) => [path, got[index]?.status]),
    rows,
  );
}

/** No part of a key is in a log, an event, a Job, a pod, a ConfigMap, what Helm keeps of the release, or an annotation. */
async function saysNothingOf(cluster: Cluster, secrets: readonly SecretObject[]): Promise<void> {
  const logs = join(cluster.dir, 'logs');
  const texts = new Map(readdirSync(logs).map(name => [name, readFileSync(join(logs, name), 'utf8')]));
  for (const [apiVersion, kind] of [
    ['v1', 'Event'],
    ['v1', 'Pod'],
    ['v1', 'ConfigMap'],
    ['batch/v1', 'Job'],
  ] as const)
    texts.set(kind, JSON.stringify(await cluster.objects.list(apiVersion, kind)));
  texts.set('helm', (await helm(cluster, programOf(cluster.kubernetes), ['get', 'all', releaseName])).stdout);
  texts.set('metadata', JSON.stringify((await copyOf(cluster))?.metadata));
  assert.ok(texts.get('Event')?.includes('serverless-mesh-certificate'), 'there are events');
  const found = [...texts].filter(([, text]) => secrets.flatMap(partsOfKey).some(part => text.includes(part)));
  assert.equal(
    found.map(([name]) => name),
    [],
  );
}

/** Of a key as it stands in a Secret, and as it stands in its PEM text. */
function partsOfKey({ data }: SecretObject): string[] {
  const pem = Buffer.from(data['tls.key'], 'base64').toString();
  const lines = pem.split('\n').filter(line => line !== '' && !line.startsWith('-----'));
  const parts = [...lines, ...(data['tls.key'].match(/.{32}/g) ?? [])];
  assert.ok(parts.length > 50, `only ${parts.length} parts`);
  return parts;
}

/** clusterIngress, inline, existing, and back. */
async function fromSourceToSource(cluster: Cluster, program: Helm): Promise<void> {
  await prepareNamespaces(cluster, [routerNamespace]);
  const before = await everything(cluster);
  const router = await renew(cluster);
  await helmWithJobs(cluster, program, installing, copied(1));
  const given = await certificateSecret('given', 'default');
  const [certificate, privateKey] = [given.data['tls.crt'], given.data['tls.key']].map(text =>
    Buffer.from(text, 'base64').toString(),
  );
  // A key belongs neither in an argument nor in a file.
  const input = JSON.stringify({ gateway: { tls: { source: 'inline', inline: { certificate, privateKey } } } });
  await helmWithJobs(cluster, program, [...upgrading, '-f', '-'], meshWords(2), { input });
  await isServed(cluster, given);
  await helmWithJobs(cluster, program, [...upgrading, '--set', 'gateway.tls.source=existing'], meshWords(3));
  assert.is(await copyOf(cluster), undefined, 'Helm removes what it had');
  await helmWithJobs(cluster, program, upgrading, copied(4));
  await isServed(cluster, router);
  // Back to inline by upgrade: in a rollback, Helm does not take over what it did not make, and fails.
  await helmWithJobs(cluster, program, [...upgrading, '-f', '-'], meshWords(5), { input });
  await isServed(cluster, given);
  await helmWithJobs(cluster, program, ['rollback', releaseName, '1'], copied(1));
  await isServed(cluster, router);
  await cluster.objects.remove('v1', 'Secret', routerSecret, routerNamespace);
  await uninstall(cluster, program, before, [keptNamespace]);
}

test.run();
