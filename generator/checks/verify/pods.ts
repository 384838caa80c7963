/** Proxies: in every pod that must be in the mesh, in no pod that must not, and what the activator says. */
import { listAt, mapAt, nameOf, textAt } from '../../cluster/fields.ts';
import { knativeEventing, knativeServing, servingWorkloads } from '../../model/facts/names.ts';
import { type Check, part, type Said } from '../check.ts';
import { isV3, type Plan, words } from '../plan.ts';
import { isLabelled } from './mesh.ts';

/** A native sidecar is an init container. */
const hasProxy = (pod: unknown): boolean =>
  ['containers', 'initContainers'].some(f => listAt(pod, 'spec', f).some(c => textAt(c, 'name') === 'istio-proxy'));

/** Pods that are there to stay: what is ending, or has ended, counts no more. */
export const lives = (pod: unknown): boolean =>
  textAt(pod, 'metadata', 'deletionTimestamp') === '' &&
  !['Failed', 'Succeeded'].includes(textAt(pod, 'status', 'phase'));

/** Name and kind of what made a pod: `deployment/activator`. */
function workloadOf(pod: unknown): string {
  const [owner] = listAt(pod, 'metadata', 'ownerReferences');
  const name = textAt(owner, 'name');
  if (textAt(owner, 'kind') === 'StatefulSet') return `statefulset/${name}`;
  return textAt(owner, 'kind') === 'ReplicaSet' ? `deployment/${name.replace(/-[^-]+$/, '')}` : '';
}
const short = (workload: string) => workload.replace(/.*\//, '');

/**
 * They talk to the API server, which is outside the mesh: serverless-operator hack/lib/serverless.bash gives those of
 * Eventing the label with "false".
 */
const outside: Readonly<Record<string, readonly string[]>> = {
  [knativeServing]: ['webhook', 'controller', 'net-istio-controller', 'net-istio-webhook'],
  [knativeEventing]: [
    ...['eventing-controller', 'eventing-istio-controller', 'eventing-webhook', 'imc-controller'],
    ...['mt-broker-controller', 'kafka-webhook-eventing'],
  ],
};

const injected = (plan: Plan, namespace: string): readonly string[] =>
  namespace === knativeServing
    ? words(plan.waits.SERVING_WORKLOADS)
    : [...words(plan.waits.EVENTING_WORKLOADS), ...words(plan.waits.KAFKA_WORKLOADS)];
/** Others run no pod while there is nothing to do. */
const always = (namespace: string): readonly string[] => (namespace === knativeServing ? servingWorkloads : []);

const proxiesIn = (namespace: string): Check => ({
  id: `proxies-${namespace}`,
  title: `the data plane in ${namespace} has proxies, and the control plane of Knative has none`,
  looksAt: `pods in ${namespace}`,
  source:
    'base document 1.4.4; github.com/openshift-knative/serverless-operator hack/lib/serverless.bash; openshift-docs pull request 16551 (pods from before the membership)',
  settles: true,
  concerns: plan => injected(plan, namespace).length > 0,
  run: async function* (cluster, plan): AsyncIterable<Said> {
    const pods = (await cluster.list('v1/Pod', { namespace })).filter(lives);
    const wanted = injected(plan, namespace);
    const lacking = new Set(pods.filter(p => !hasProxy(p)).map(workloadOf));
    for (const workload of lacking)
      if (wanted.includes(short(workload)))
        yield {
          finding: `${workload} in ${namespace} has pods without a proxy`,
          remedy: `oc rollout restart -n ${namespace} ${workload}`,
        };
    for (const name of always(namespace))
      if (!pods.some(p => short(workloadOf(p)) === name))
        yield {
          finding: `${namespace} has no pod of ${name}`,
          remedy: `see oc describe deployment -n ${namespace} ${name}`,
        };
    for (const workload of new Set(pods.filter(hasProxy).map(workloadOf)))
      if (outside[namespace]?.includes(short(workload)))
        yield {
          finding: `${workload} in ${namespace} has a proxy, and talks to the API server, which has none`,
          remedy: `take the label of injection off namespace ${namespace}, then oc rollout restart -n ${namespace} ${workload}`,
        };
    for (const pod of pods)
      if (wanted.includes(short(workloadOf(pod))) && isWaiting(pod))
        yield {
          finding: `pod ${nameOf(pod)} in ${namespace} is not ready`,
          remedy: `see oc describe pod -n ${namespace} ${nameOf(pod)}`,
        };
  },
});
const isWaiting = (pod: unknown) =>
  listAt(pod, 'status', 'conditions').some(c => textAt(c, 'type') === 'Ready' && textAt(c, 'status') === 'False');

export const proxies: readonly Check[] = [knativeServing, knativeEventing].map(proxiesIn);

const broken = 'Websocket connection could not be established';

export const activatorLog: Check = {
  id: 'activator-log',
  title: 'the activator reaches the autoscaler',
  looksAt: `logs of the activator pods in ${knativeServing}, of the last 15 minutes`,
  source: 'github.com/knative-extensions/net-istio issue 1258; serverless-operator pull request 1378',
  essential: false,
  concerns: plan => injected(plan, knativeServing).length > 0,
  run: async function* (cluster) {
    const pods = (await cluster.list('v1/Pod', { namespace: knativeServing })).filter(lives);
    for (const pod of pods.filter(p => short(workloadOf(p)) === 'activator'))
      yield* part(nameOf(pod), async function* (): AsyncIterable<Said> {
        const lines = (await cluster.log(knativeServing, nameOf(pod), 'activator')).split('\n');
        const count = lines.filter(l => l.includes(broken)).length;
        // A few while pods start are usual; the last lines tell whether it goes on.
        if (count > 0 && lines.slice(-200).some(l => l.includes(broken)))
          yield {
            finding: `the log of ${nameOf(pod)} says ${count} times: ${broken}`,
            remedy: `oc rollout restart -n ${knativeServing} deployment/autoscaler deployment/activator`,
          };
      });
  },
};

/** Knative Services of the users, which the mesh refuses where they are outside of it. */
export const knativeServices: Check = {
  id: 'knative-services',
  title: 'Knative Services in namespaces of the mesh ask for a proxy, and their routes are ready',
  looksAt: 'Knative Services in mesh.members, and with Service Mesh 3 the labels of these namespaces',
  source: 'base document 1.4.4 step 1; openshift-docs pull request 79344 (the label, not the annotation)',
  essential: false,
  settles: true,
  concerns: plan => plan.values.mesh.members.length > 0 && plan.waits.SERVING_WORKLOADS !== undefined,
  run: async function* (cluster, plan) {
    for (const namespace of plan.values.mesh.members)
      yield* part(`Knative Services in ${namespace}`, async function* (): AsyncIterable<Said> {
        // With Service Mesh 3, pods in a namespace with its label need none of their own.
        const injects = isV3(plan) && isLabelled(await cluster.get('v1/Namespace', namespace), plan);
        for (const service of await cluster.list('serving.knative.dev/v1/Service', { namespace })) {
          const title = `Knative Service ${namespace}/${nameOf(service)}`;
          const label = mapAt(service, 'spec', 'template', 'metadata', 'labels')['sidecar.istio.io/inject'];
          if (label !== 'true' && !(injects && label === undefined))
            yield {
              finding: `${title} has no label sidecar.istio.io/inject: "true" in spec.template.metadata.labels`,
              remedy: 'add it: without a proxy, its pods are outside the mesh',
            };
          const routes = listAt(service, 'status', 'conditions').find(c => textAt(c, 'type') === 'RoutesReady');
          if (textAt(routes, 'status') === 'False')
            yield {
              finding: `${title} has no working route: ${textAt(routes, 'reason') || 'without a reason'}`,
              remedy: `see oc describe ksvc -n ${namespace} ${nameOf(service)}`,
            };
        }
      });
  },
};
