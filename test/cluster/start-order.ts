/** Which component starts when, and what it waits for. */
import { readFileSync } from 'node:fs';
import { helms, runHelm } from '../support/helm.ts';
import { create, createBasics, createCrds, writeStages } from './bootstrap.ts';
import { builtPath } from './cache.ts';
import * as components from './components.ts';
import { readCrds } from './crds.ts';
import type { Component } from './keeper.ts';
import type { Keeper } from './keeper-client.ts';
import { answeredNamespaces, fileOf, type Layout } from './layout.ts';
import type { KubernetesVersion } from './modules.ts';
import { type Rest, restClient } from './rest.ts';
import { waitFor } from './wait.ts';

export type AdminRest = Rest & { close(): void };

interface What {
  readonly kubernetes: KubernetesVersion;
  readonly components: 'api' | 'mesh' | 'all';
}

/** Starts the components, each when what it needs is there. Throws when one ends or is not ready in time. */
export async function startAll(layout: Layout, keeper: Keeper, what: What): Promise<AdminRest> {
  const wanted = (attempt: () => Promise<boolean>, name: string) => waitFor(name, attempt, { check: keeper.check });
  const start = async (component: Component, ...ports: string[]) => {
    await layout.ports.release(...ports);
    await keeper.start(component);
  };
  const all = what.components === 'all';
  await keeper.openEgress({
    socket: layout.egressSocket,
    cert: layout.answering.certificate,
    key: layout.answering.privateKey,
    forwards: components.webhookPorts(layout),
    answers: answeredNamespaces,
    node: { address: `${components.nodeIp}:${layout.ports.of('kwok')}`, logs: fileOf(layout, 'logs') },
  });
  await start(components.etcd(layout), 'etcd', 'etcd-peer');
  await start(components.apiServer(layout, what.kubernetes), 'kube-apiserver');
  const rest = await readyApi(layout, wanted);
  if (all) {
    writeStages(layout);
    for (const loop of components.controlLoops(layout)) await start(loop, loop.name);
    await start(components.kwok(layout), 'kwok');
  }
  await createBasics(rest);
  if (what.components !== 'api') {
    const crds = readCrds({ servingByOperator: all });
    await createCrds(rest, crds, async attempt => void (await wanted(attempt, 'definitions served')));
    await Promise.all([startIstiod(layout, rest, start, wanted), all ? startKnative(layout, start) : undefined]);
  }
  keeper.check();
  return rest;
}

type Wanted = (attempt: () => Promise<boolean>, name: string) => Promise<boolean>;
type Start = (component: Component, ...ports: string[]) => Promise<void>;

async function readyApi(layout: Layout, wanted: Wanted): Promise<AdminRest> {
  const certificate = fileOf(layout, 'certificates/apiserver.crt');
  let rest: AdminRest | undefined;
  await wanted(async () => {
    rest?.close();
    // Read again for each try: the API server may be in the middle of writing it.
    rest = restClient(layout.ports.of('kube-apiserver'), readFileSync(certificate, 'utf8'), layout.token);
    return (await rest('GET', '/readyz')).status === 200;
  }, 'API server ready');
  return rest as AdminRest;
}

/** Its chart brings the webhook configurations and what it injects; the program itself runs here, not in a pod. */
async function startIstiod(layout: Layout, rest: Rest, start: Start, wanted: Wanted): Promise<void> {
  const [helm] = helms();
  if (helm === undefined) throw new Error('no helm to install the chart of istiod with');
  const args = ['install', 'istiod', builtPath('istio', 'istiod-chart'), '-n', 'istio-system'];
  const env = { KUBECONFIG: layout.kubeconfig, KUBECACHEDIR: fileOf(layout, 'kube-cache') };
  await runHelm(helm, [...args, '--set', 'autoscaleEnabled=false'], { env });
  await validateAll(rest);
  const ports = ['http', 'https', 'grpc', 'secure-grpc', 'monitoring', 'ctrlz'].map(name => `istiod-${name}`);
  await start(components.istiod(layout), ...ports);
  const ready = `http://127.0.0.1:${layout.ports.of('istiod-http')}/ready`;
  await wanted(async () => (await fetch(ready)).status === 200, 'istiod ready');
  // Before that, what it should refuse is let through, and what it should inject is not.
  await wanted(() => isGuarding(rest), 'webhooks of istiod in force');
}

interface WebhookConfiguration {
  readonly metadata: { readonly labels: object };
  readonly webhooks: readonly {
    readonly failurePolicy: string;
    readonly clientConfig: { readonly caBundle?: string };
    readonly objectSelector?: object;
  }[];
}

const admission = '/apis/admissionregistration.k8s.io/v1';
const validators = 'validatingwebhookconfigurations';

/**
 * The chart of istiod validates only what names its revision. That it validates everything else too is in another chart,
 * where it is the same but for that: manifests/charts/base/templates/defaultrevision-validatingwebhookconfiguration.yaml.
 */
async function validateAll(rest: Rest): Promise<void> {
  const { body } = await rest('GET', `${admission}/${validators}/istio-validator-istio-system`);
  const { metadata, webhooks } = body as WebhookConfiguration;
  const [{ objectSelector: _, ...webhook }] = webhooks as [WebhookConfiguration['webhooks'][number]];
  await create(rest, `${admission}/${validators}`, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    // By this label istiod finds it, to write in whom to trust.
    metadata: { name: 'istiod-default-validator', labels: metadata.labels },
    webhooks: [{ ...webhook, name: 'validation.istio.io' }],
  });
}

/** A port that is no number: the definition of the kind allows any text. */
const brokenPolicy = {
  apiVersion: 'security.istio.io/v1beta1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'broken', namespace: 'default' },
  spec: { rules: [{ to: [{ operation: { ports: ['http'] } }] }] },
};

async function isGuarding(rest: Rest): Promise<boolean> {
  const names = [
    `${validators}/istio-validator-istio-system`,
    `${validators}/istiod-default-validator`,
    'mutatingwebhookconfigurations/istio-sidecar-injector',
  ];
  const answers = await Promise.all(names.map(name => rest('GET', `${admission}/${name}`)));
  const hooks = answers.flatMap(({ body }) => (body as WebhookConfiguration).webhooks);
  if (!hooks.every(({ failurePolicy, clientConfig }) => failurePolicy === 'Fail' && clientConfig.caBundle))
    return false;
  const path = '/apis/security.istio.io/v1beta1/namespaces/default/authorizationpolicies?dryRun=All';
  const { status, body } = await rest('POST', path, { body: brokenPolicy });
  return status === 400 && JSON.stringify(body).includes('"validation.istio.io\\" denied the request');
}

async function startKnative(layout: Layout, start: Start): Promise<void> {
  const ports = (name: string) => [`${name}-profiling`, `${name}-metrics`];
  await start(components.knativeOperator(layout), ...ports('knative-operator'));
  await start(components.servingWebhook(layout), 'serving-webhook', ...ports('serving-webhook'));
}
