/** The API server knows what the release is made of, and its webhooks answer. */
import type { Cluster } from '../../cluster/cluster.ts';
import { kindOf, listAt, nameOf, textAt } from '../../cluster/fields.ts';
import { type Check, part, type Said } from '../check.ts';
import { isV3, type Plan } from '../plan.ts';

/** What brings the groups that a release is made of. */
const brings = (plan: Plan): Readonly<Record<string, string>> => {
  const mesh = `OpenShift Service Mesh ${isV3(plan) ? '3' : '2'}`;
  return {
    [isV3(plan) ? 'sailoperator.io' : 'maistra.io']: mesh,
    'networking.istio.io': mesh,
    'security.istio.io': mesh,
    'operator.knative.dev': 'OpenShift Serverless',
    'operator.serverless.openshift.io': 'OpenShift Serverless',
    'cert-manager.io': 'cert-manager',
  };
};
const groupOf = (kind: string) => (kind.split('/').length === 3 ? (kind.split('/')[0] ?? '') : '');

export const apis: Check = {
  id: 'apis',
  title: 'the API server knows every kind of the release',
  looksAt: 'API discovery',
  source:
    'github.com/openshift-knative/serverless-operator hack/lib/mesh.bash (waits for the CustomResourceDefinitions)',
  run: async function* (cluster, plan) {
    // That of the control plane also where it is somebody else's.
    for (const kind of new Set([...plan.objects, plan.controlPlane].map(kindOf))) {
      yield* part(kind, async function* (): AsyncIterable<Said> {
        if (await cluster.serves(kind)) return;
        const operator = brings(plan)[groupOf(kind)];
        yield {
          finding: `the cluster has no API ${kind.replace(/\/([^/]+)$/, ' $1')}`,
          remedy: operator ? `install the operator of ${operator}, and wait until it is ready` : 'upgrade the cluster',
        };
      });
    }
  },
};

const configurations = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].map(
  kind => `admissionregistration.k8s.io/v1/${kind}`,
);

/** A webhook that fails closed for objects of the release, with the Service behind it. */
interface Hook {
  readonly configuration: string;
  readonly namespace: string;
  readonly service: string;
}

/** Groups of which some releases have nothing. */
const notAlways: readonly string[] = ['security.istio.io', 'cert-manager.io'];

async function hooksOf(cluster: Cluster, plan: Plan): Promise<Hook[]> {
  const used = new Set(plan.objects.map(kindOf).map(groupOf));
  const judged = new Set([
    ...Object.keys(brings(plan)).filter(group => !notAlways.includes(group) || used.has(group)),
    'serving.knative.dev',
  ]);
  const found = new Map<string, Hook>();
  for (const kind of configurations)
    for (const configuration of await cluster.list(kind))
      for (const webhook of listAt(configuration, 'webhooks')) {
        const concerned = listAt(webhook, 'rules').some(r => listAt(r, 'apiGroups').some(g => judged.has(String(g))));
        const [namespace, service] = ['namespace', 'name'].map(f => textAt(webhook, 'clientConfig', 'service', f));
        if (!concerned || !namespace || !service || textAt(webhook, 'failurePolicy') === 'Ignore') continue;
        found.set(`${namespace}/${service}`, {
          configuration: `${kind.replace(/.*\//, '')} ${nameOf(configuration)}`,
          namespace,
          service,
        });
      }
  return [...found.values()];
}

export const webhooks: Check = {
  id: 'webhooks',
  title: 'the webhooks that judge objects of the release have something that answers',
  looksAt: 'webhook configurations, and EndpointSlices of their Services',
  source:
    'github.com/maistra/istio-operator issue 1198 (a webhook of an earlier mesh); release notes of OpenShift Serverless 1.37 (no endpoints available for service "webhook")',
  run: async function* (cluster, plan) {
    for (const { configuration, namespace, service } of await hooksOf(cluster, plan))
      yield* part(`endpoints of ${namespace}/${service}`, async function* (): AsyncIterable<Said> {
        const labels = `kubernetes.io/service-name=${service}`;
        const slices = await cluster.list('discovery.k8s.io/v1/EndpointSlice', { namespace, labels });
        const ready = slices.some(s => listAt(s, 'endpoints').some(e => textAt(e, 'conditions', 'ready') !== 'false'));
        if (ready) return;
        yield {
          finding: `${configuration} asks Service ${namespace}/${service}, behind which nothing answers`,
          remedy: `start what serves it; if it was uninstalled, oc delete ${configuration.toLowerCase()}`,
        };
      });
  },
};
