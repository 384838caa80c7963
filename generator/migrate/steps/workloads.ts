/** Steps that give pods proxies of Istio: a pod keeps the proxy with which it started. */
import {
  eventingWorkloads,
  jobSink,
  knativeEventing,
  knativeServing,
  servingWorkloads,
} from '../../model/facts/names.ts';
import { inEach, injected, oldProxies, toWebhookOf2 } from '../commands.ts';
import type { Migration } from '../migration.ts';
import { guide } from '../sources.ts';
import type { Row } from '../step.ts';

const restart = (namespace: string, workloads: readonly string[]) => [
  `oc rollout restart -n ${namespace} ${workloads.join(' ')}`,
  `for workload in ${workloads.join(' ')}; do oc rollout status -n ${namespace} $workload --timeout=10m; done`,
];
const backTo2 = (m: Migration, namespace: string, workloads: readonly string[]) => ({
  say: 'Give the namespace back to Service Mesh 2, and restart once more.',
  commands: [toWebhookOf2(m, [namespace]), ...restart(namespace, workloads)],
});
const deployments = (names: readonly string[]) => names.map(name => `deployment/${name}`);
const servingPods = deployments(servingWorkloads);
const eventingPods = deployments([...eventingWorkloads, jobSink]);

export const serving: Row = {
  id: 'restart-serving',
  title: 'Give Knative Serving new proxies',
  source: `${guide} (migrating workloads); https://github.com/knative-extensions/net-istio/issues/1258`,
  when: { words: 'serving.enabled', holds: m => m.after.serving.enabled },
  step: m => ({
    why: 'A proxy belongs to the control plane that injected it, and changes only with its pod; activator and autoscaler go together, for each calls the other.',
    commands: restart(knativeServing, servingPods),
    check: {
      command: `${oldProxies(knativeServing, injected)}; oc logs -n ${knativeServing} deployment/activator -c activator --since=2m | grep -c 'Websocket connection could not be established'`,
      shows: 'no pod, and then 0. Where the activator does not reach the autoscaler, restart both once more.',
    },
    back: backTo2(m, knativeServing, servingPods),
  }),
};

export const eventing: Row = {
  id: 'restart-eventing',
  title: 'Give Knative Eventing new proxies',
  source: `${guide} (migrating workloads)`,
  when: { words: 'eventing.enabled', holds: m => m.after.eventing.enabled },
  step: m => ({
    why: 'Brokers and channels deliver through these pods, whose proxies belong to Service Mesh 2 until they start again.',
    commands: restart(knativeEventing, eventingPods),
    check: {
      command: `${oldProxies(knativeEventing, injected)} | grep -v -e ^kafka-`,
      shows: 'nothing.',
    },
    back: backTo2(m, knativeEventing, eventingPods),
  }),
};

/** The dispatchers are StatefulSets: knative-extensions/eventing-kafka-broker data-plane/config. */
const kafkaWorkloads = ({ after: { kafka } }: Migration) => [
  'deployment/kafka-controller',
  ...(kafka.broker.enabled ? ['deployment/kafka-broker-receiver', 'statefulset/kafka-broker-dispatcher'] : []),
  ...(kafka.channel.enabled ? ['deployment/kafka-channel-receiver', 'statefulset/kafka-channel-dispatcher'] : []),
  ...(kafka.source.enabled ? ['statefulset/kafka-source-dispatcher'] : []),
  ...(kafka.sink.enabled ? ['deployment/kafka-sink-receiver'] : []),
];

export const kafka: Row = {
  id: 'restart-kafka',
  title: 'Give Knative Kafka new proxies',
  source: 'this chart: ServiceEntry kafka-cluster; maistra/istio-operator mesh-config/templates/enable-mesh-mtls.yaml',
  when: { words: 'kafka.enabled', holds: m => m.after.kafka.enabled },
  step: m => {
    const places = [knativeEventing, ...m.after.kafka.consumerNamespaces];
    const rules = m.removed.filter(o => o.kind === 'DestinationRule');
    const hosts = [...new Set(m.after.kafka.bootstrapServers)].join(', ');
    return {
      why: `These pods talk to ${hosts}, which is outside the mesh: the ServiceEntry stays as it is${rules.length > 0 ? ', and the DestinationRule that keeps proxies of Service Mesh 2 from mTLS with the brokers must outlive them' : ''}.`,
      commands: [
        ...places.map(place => `oc get serviceentries.networking.istio.io/kafka-cluster -n ${place}`),
        ...restart(knativeEventing, kafkaWorkloads(m)),
      ],
      check: {
        command: `${oldProxies(knativeEventing, injected)} | grep ^kafka-; oc get knativekafka/knative-kafka -n ${knativeEventing} && oc get brokers.eventing.knative.dev,triggers.eventing.knative.dev -A`,
        shows: 'no pod, then READY True for KnativeKafka and for each Broker and Trigger as before.',
      },
      back: backTo2(m, knativeEventing, kafkaWorkloads(m)),
    };
  },
};

export const members: Row = {
  id: 'restart-members',
  title: 'Give your own pods new proxies',
  source: `${guide} (migrating workloads)`,
  when: { words: 'mesh.members not empty', holds: m => m.after.mesh.members.length > 0 },
  step: m => {
    const all = m.after.mesh.members;
    const replacePods = inEach(
      all,
      "for workload in $(oc get deployments,statefulsets -n $namespace -l '!serving.knative.dev/revision' -o name); do oc rollout restart -n $namespace $workload; done",
      'for pod in $(oc get pods -n $namespace -l serving.knative.dev/revision -o name); do oc delete -n $namespace $pod; done',
    );
    return {
      why: 'Knative undoes a restart of the Deployment of a revision, so pods of revisions are deleted one after the other, and everything else is restarted.',
      commands: [replacePods],
      check: {
        command: inEach(all, oldProxies('$namespace', injected)),
        shows: 'nothing. Where a ReplicaSet makes no pods, oc get events says why.',
      },
      back: {
        say: 'Give the namespaces back to Service Mesh 2, and replace the pods once more.',
        commands: [toWebhookOf2(m, all), replacePods],
      },
    };
  },
};
