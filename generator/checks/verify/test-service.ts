/** Section 1.4.4 of the base document: a Knative Service of our own, called over its URL, and deleted again. */
import type { LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCertificates } from '../../certificates/pem.ts';
import type { Api } from '../../cluster/api.ts';
import { callUrl } from '../../cluster/call.ts';
import { changes } from '../../cluster/change.ts';
import { readCluster } from '../../cluster/cluster.ts';
import { kindOf, mapAt, nameOf, namespaceOf, resourceOf, textAt, titleOf } from '../../cluster/fields.ts';
import { told } from '../../cluster/secrets.ts';
import { Unseen } from '../../cluster/unseen.ts';
import type { Manifest } from '../../gotmpl/evaluate.ts';
import { page } from '../../model/serverless-mesh/tests/verify.ts';
import { decoded, secretOf } from '../certificate.ts';
import { type Check, type Finding, part, type Said } from '../check.ts';
import { gatewayNamespace, type Plan } from '../plan.ts';
import { readiness } from '../ready.ts';

export interface TestOptions {
  readonly api: Api;
  /** For the Service to become ready, and again for its URL to answer; in milliseconds. */
  readonly timeout: number;
  readonly pause: number;
  /** Ends the test; what was made is deleted all the same. */
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
  readonly lookup?: LookupFunction | undefined;
}
/** For deleting what was made. */
const cleanUp = 120_000;

/** The objects of helm test that a test from here needs: all but the Job that calls. */
export const testObjects = ({ hooks }: Plan): readonly Manifest[] =>
  hooks
    .filter(o => mapAt(o, 'metadata', 'annotations')['helm.sh/hook'] === 'test' && o.kind !== 'Job')
    .map(o => {
      const metadata = mapAt(o, 'metadata');
      const kept = Object.entries(mapAt(metadata, 'annotations')).filter(([key]) => !key.startsWith('helm.sh/'));
      return { ...o, metadata: { ...metadata, annotations: Object.fromEntries(kept) } };
    });

export const testServiceCheck = (options: TestOptions): Check => ({
  id: 'test-service',
  title: 'a Knative Service in the mesh answers over its URL, with the certificate of the Secret',
  looksAt: 'a ConfigMap and a Knative Service of its own in verify.namespace, and the URL of that Service',
  source: 'base document 1.4.4',
  run: async function* (_, plan): AsyncIterable<Said> {
    const made = changes(options.api, options.pause);
    try {
      for (const object of testObjects(plan)) {
        stopped(options.signal);
        options.progress(`creating ${titleOf(object)}`);
        const refused = await made.create(object);
        if (refused === undefined) continue;
        yield {
          finding: `${titleOf(object)} cannot be created: ${refused}`,
          remedy: `see oc get ${resourceOf(object)} -n ${namespaceOf(object)}, and run this again`,
        };
        return;
      }
      yield* answers(plan, options);
    } finally {
      options.progress('deleting what was created');
      for (const object of await made.remove(cleanUp))
        yield {
          finding: `${titleOf(object)} was created and could not be deleted`,
          remedy: `oc delete -n ${namespaceOf(object)} ${resourceOf(object)}/${nameOf(object)}`,
        };
    }
  },
});

function stopped(signal: AbortSignal): void {
  if (signal.aborted) throw new Unseen('interrupted', 'run it again');
}

async function pause({ pause: time, signal }: TestOptions): Promise<void> {
  stopped(signal);
  // Ended early by an interrupt.
  await sleep(time, undefined, { signal }).catch(() => undefined);
  stopped(signal);
}

async function* answers(plan: Plan, options: TestOptions): AsyncIterable<Said> {
  const service = testObjects(plan).find(o => o.kind === 'Service');
  if (service === undefined) throw new Error('the model has no test service');
  const url = yield* readyUrl(service, options);
  if (url === undefined) return;
  const fingerprint = yield* callFindings(url, plan, options);
  if (fingerprint === undefined) return;
  yield { fact: `${url.href} answers with the page of the test` };
  yield* part('the Secret of the ingress gateway', async function* (): AsyncIterable<Said> {
    const text = decoded(await secretOf(readCluster(options.api), plan), 'tls.crt');
    const [leaf] = readCertificates(text, 'tls.crt').value;
    if (leaf !== undefined && leaf.fingerprint256 !== fingerprint)
      yield {
        finding: `${url.host} serves another certificate than the Secret ${plan.values.gateway.tls.secretName} holds`,
        remedy: 'see whether the route is passthrough, and what stands before the cluster',
      };
  });
}

/** Waits until the Service is ready; then its URL. */
async function* readyUrl(service: Manifest, options: TestOptions): AsyncGenerator<Finding, URL | undefined> {
  const until = Date.now() + options.timeout;
  for (;;) {
    const found = await readCluster(options.api).get(kindOf(service), nameOf(service), namespaceOf(service));
    if (found === undefined) {
      yield { finding: `${titleOf(service)} was deleted by somebody else`, remedy: 'run it again' };
      return undefined;
    }
    const missing = [...readiness(found)];
    const address = textAt(found, 'status', 'url');
    if (missing.length === 0 && URL.canParse(address)) {
      const url = new URL(address);
      // The route serves both; what counts is the certificate.
      url.protocol = 'https:';
      return url;
    }
    options.progress(`waiting until ${titleOf(service)} is ready`);
    if (Date.now() >= until) {
      yield* missing.length > 0 ? missing : [{ finding: `${titleOf(service)} has no URL`, remedy: 'see its status' }];
      return undefined;
    }
    await pause(options);
  }
}

/** Calls until the page comes, or the time is up; then the fingerprint of the certificate. */
async function* callFindings(url: URL, plan: Plan, options: TestOptions): AsyncGenerator<Finding, string | undefined> {
  const until = Date.now() + options.timeout;
  const { caCertificate } = plan.values.verify;
  for (;;) {
    let wrong: Finding;
    try {
      const { signal, lookup } = options;
      const called = await callUrl(url, { ca: caCertificate, limit: 20_000, signal, lookup });
      if (called.status === 200 && called.text.includes(page)) return called.fingerprint;
      wrong = {
        finding: `${url.href} answers ${called.status}${called.status === 200 ? ' with another page' : ''}`,
        remedy: `see the route in ${gatewayNamespace(plan)}, and the log of the ingress gateway`,
      };
    } catch (error) {
      stopped(options.signal);
      wrong = unanswered(url, error as NodeJS.ErrnoException);
    }
    options.progress(`waiting for ${url.host}: ${wrong.finding}`);
    if (Date.now() >= until) {
      yield wrong;
      return undefined;
    }
    await pause(options);
  }
}

function unanswered(url: URL, { code = '' }: NodeJS.ErrnoException): Finding {
  const finding = `${url.href} does not answer: ${told(code) || 'the connection broke'}`;
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME|VERIFY|SSL|TLS/.test(code))
    return {
      finding,
      remedy:
        'set verify.caCertificate to the CA that signed the wildcard certificate, which needs a subject alternative name',
    };
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code))
    return { finding, remedy: 'run it where the routes of the cluster are known, or mend the DNS' };
  return { finding, remedy: 'see whether the route is admitted, and whether this machine reaches the cluster' };
}
