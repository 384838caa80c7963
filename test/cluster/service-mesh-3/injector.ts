/** The webhook by which istiod injects pods, taken away and brought back as if Istio came late. */
import { load } from 'js-yaml';
import { object } from '../../cluster-commands/healthy.ts';
import { helms, runHelm } from '../../support/helm.ts';
import { builtPath } from '../cache.ts';
import type { Cluster } from '../cluster.ts';
import type { KubeObject } from '../objects.ts';
import { make } from '../releases.ts';
import { knativeServingIngress } from './mesh.ts';

const apiVersion = 'admissionregistration.k8s.io/v1';
const kind = 'MutatingWebhookConfiguration';
const defaultName = 'istio-sidecar-injector';

export interface WebhookConfiguration extends KubeObject {
  readonly webhooks: readonly {
    readonly clientConfig: { readonly caBundle?: string; readonly service: { readonly name: string } };
  }[];
}

/** What an Istio of that name has, as the chart of istiod makes it; but the istiod that answers is the only one there is. */
export async function injectorOf(cluster: Cluster, istio: string): Promise<WebhookConfiguration> {
  const live = await cluster.objects.get<WebhookConfiguration>(apiVersion, kind, defaultName);
  const { caBundle, service } = live!.webhooks[0]!.clientConfig;
  const chart = builtPath('istio', 'istiod-chart');
  const revision = istio === 'default' ? [] : ['--set', `revision=${istio}`];
  const show = ['--show-only', 'templates/mutatingwebhook.yaml'];
  const args = ['template', 'istiod', chart, '--namespace', 'istio-system', ...revision, ...show];
  const { stdout } = await runHelm(helms()[0]!, args);
  const { metadata, webhooks, ...rest } = load(stdout) as WebhookConfiguration;
  const answered = webhooks.map(({ clientConfig, ...webhook }) => ({
    ...webhook,
    clientConfig: { ...clientConfig, caBundle, service: { ...clientConfig.service, name: service.name } },
  }));
  return { ...rest, metadata, webhooks: answered as WebhookConfiguration['webhooks'] };
}

/** Removes a configuration, and waits until the API server has forgotten it. */
export async function takeInjector(cluster: Cluster, { metadata }: WebhookConfiguration, istio: string) {
  await cluster.objects.remove(apiVersion, kind, metadata.name);
  await cluster.waitFor('no injection', async () => !(await injects(cluster, istio)), { seconds: 20 });
}

export async function bringInjector(cluster: Cluster, configuration: WebhookConfiguration, istio: string) {
  await make(cluster, configuration);
  await cluster.waitFor('injection', () => injects(cluster, istio), { seconds: 20 });
}

/** A pod as our gateway's gets a proxy. */
async function injects(cluster: Cluster, istio: string): Promise<boolean> {
  const labels = { 'sidecar.istio.io/inject': 'true', ...(istio !== 'default' && { 'istio.io/rev': istio }) };
  const spec = { serviceAccountName: 'default', containers: [{ name: 'probe', image: 'registry.example.com/probe' }] };
  const pod = object('v1/Pod', 'probe', knativeServingIngress, { metadata: { labels }, spec });
  const { status, body } = await cluster.objects.create(pod, { dryRun: 'All' });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return JSON.stringify((body as { spec: object }).spec).includes('"name":"istio-proxy"');
}
