/** Steps that move the release, the pods and the Routes. */
import type { Manifest } from '../../gotmpl/evaluate.ts';
import {
  eventingWorkloads,
  jobSink,
  knativeEventing,
  knativeServing,
  servingWorkloads,
} from '../../model/facts/names.ts';
import {
  gatewayNamespaceOf3,
  helmTest,
  inEach,
  injected,
  installOn2,
  meshNamespace,
  moveTo3,
  nothing,
  oldProxies,
  onCluster,
  onObjects,
  ownMesh,
  stayOn2,
  toWebhookOf2,
  uninstall,
} from '../commands.ts';
import type { Migration } from '../migration.ts';
import { guide, helmKeep, routesScript, serverlessOn3 } from '../sources.ts';
import type { Row } from '../step.ts';

/** What only the Jobs of the chart need may go at once. */
const ofJobs = [
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'ClusterRole',
  'ClusterRoleBinding',
  'ConfigMap',
  'Job',
  'Namespace',
];
/** What the mesh that still serves needs, the control plane first: so it is deleted later, too. */
export const kept = ({ removed }: Migration): readonly Manifest[] =>
  removed.filter(o => !ofJobs.includes(String(o.kind))).sort((a, b) => rank(a) - rank(b));
const rank = (o: Manifest) => {
  const found = ['ServiceMeshControlPlane', 'ServiceMeshMemberRoll', 'ServiceMeshMember'].indexOf(String(o.kind));
  return found === -1 ? 3 : found;
};

export const keep: Row = {
  id: 'keep',
  title: 'Keep Service Mesh 2 over the upgrade',
  source: helmKeep,
  when: { words: 'objects that helm upgrade would take away', holds: m => kept(m).length > 0 },
  step: m => ({
    why: 'helm upgrade would delete these objects, and with the control plane the gateway that still serves every request.',
    commands: onObjects('annotate', kept(m), 'helm.sh/resource-policy=keep --overwrite'),
    check: {
      command: onObjects(
        'get',
        kept(m),
        '-o custom-columns=KIND:.kind,POLICY:.metadata.annotations."helm\\.sh/resource-policy"',
      ).join(' && '),
      shows: 'keep behind each object.',
    },
    back: { say: 'Helm may delete them again.', commands: onObjects('annotate', kept(m), 'helm.sh/resource-policy-') },
  }),
};

const gateway = 'deployment/knative-istio-ingressgateway';
const gatewayReady = `oc rollout status ${gateway} -n ${gatewayNamespaceOf3} --timeout=5m && ${oldProxies(gatewayNamespaceOf3, '-l knative=ingressgateway')}`;
const eventingReady = `oc get knativeeventing/knative-eventing -n ${knativeEventing}`;

const upgraded = (m: Migration) =>
  m.after.serving.enabled
    ? {
        command: gatewayReady,
        shows: `successfully rolled out, and then nothing: each pod of the new gateway has a proxy of Istio default.${m.method === 'in-place' ? ` Requests still go through the old one, for their Routes are in ${meshNamespace(m)}.` : ''}`,
      }
    : { command: eventingReady, shows: 'READY True.' };

export const upgrade: Row = {
  id: 'upgrade',
  title: 'Move the release to Service Mesh 3',
  source: serverlessOn3,
  step: m => ({
    why: 'It makes the new gateway and points Knative to it, while Service Mesh 2 still runs; the Job at its end waits until all of it is ready.',
    commands: [moveTo3(m, 'upgrade')],
    check: upgraded(m),
    back: {
      say: 'With the values of before, and not with helm rollback, which stumbles over the objects that were kept.',
      commands: [stayOn2(m, 'policies')],
    },
  }),
};

export const install: Row = {
  ...upgrade,
  id: 'install',
  title: 'Install the release with Service Mesh 3',
  step: m => ({
    why: 'Knative comes back, with the new gateway, and finds your Knative Services, Brokers and Triggers, which stayed in the cluster.',
    commands: [moveTo3(m, 'install')],
    check: upgraded(m),
    back: {
      say: 'Uninstall it, and install it with the values of before.',
      commands: [...uninstall(m, moveTo3(m, 'upgrade', 'uninstall.allowInUse=true')), installOn2(m)],
    },
  }),
};

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

export const routesLabel = '-l serving.knative.openshift.io/ingressName';
const admitted = `oc get routes -n ${gatewayNamespaceOf3} ${routesLabel} -o jsonpath='{range .items[*]}{.spec.host} {.status.ingress[0].conditions[?(@.type=="Admitted")].status}{"\\n"}{end}'`;

export const routes: Row = {
  id: 'routes',
  title: 'Move the Routes to the new gateway, one after the other',
  source: routesScript,
  when: {
    words: 'serving.enabled, while the gateway of Service Mesh 2 is still there',
    holds: m => m.after.serving.enabled && (m.method === 'in-place' || !ownMesh(m)),
  },
  step: m => ({
    why: `The Serverless operator does not clean up Routes when the gateway changes its namespace, and a host belongs to the older Route: the new one in ${gatewayNamespaceOf3} waits with HostAlreadyClaimed until that in ${meshNamespace(m)} is gone.`,
    commands: [
      `oc get service/knative-istio-ingressgateway -n ${gatewayNamespaceOf3}`,
      [
        `for route in $(oc get routes -n ${meshNamespace(m)} ${routesLabel} -o name); do`,
        `  oc delete -n ${meshNamespace(m)} $route`,
        `  until oc get -n ${gatewayNamespaceOf3} $route -o jsonpath='{.status.ingress[0].conditions[?(@.type=="Admitted")].status}' | grep True; do sleep 2; done`,
        'done',
      ].join('\n'),
    ],
    check: {
      command: admitted,
      shows:
        'True behind every host. Where the loop waits for more than a minute, interrupt it: the other Routes are still as they were.',
    },
    back: {
      say: 'With the values of before Serverless makes the Routes for the old gateway again; delete the new ones, for the same reason.',
      commands: [stayOn2(m, 'policies'), `oc delete routes -n ${gatewayNamespaceOf3} ${routesLabel}`],
    },
  }),
};

/** As the script of the Serverless operator: a Route goes only where its Service is gone. */
export const staleRoutes: Row = {
  id: 'stale-routes',
  title: 'Delete Routes whose gateway is gone',
  source: routesScript,
  when: { words: 'serving.enabled, and a mesh of the release', holds: m => m.after.serving.enabled && ownMesh(m) },
  step: m => ({
    why: `A Route that is left in ${meshNamespace(m)} leads nowhere, and keeps its host from the Route in ${gatewayNamespaceOf3}.`,
    commands: [
      [
        `for route in $(oc get routes -n ${meshNamespace(m)} ${routesLabel} -o name); do`,
        `  service=$(oc get -n ${meshNamespace(m)} $route -o jsonpath='{.spec.to.name}')`,
        `  oc get service -n ${meshNamespace(m)} --ignore-not-found "$service" | grep . || oc delete -n ${meshNamespace(m)} $route`,
        'done',
      ].join('\n'),
    ],
    check:
      m.method === 'in-place'
        ? {
            command: `oc get routes -n ${meshNamespace(m)} ${routesLabel} && ${admitted}`,
            shows: 'No resources found, and True behind every host.',
          }
        : { command: `oc get routes -n ${meshNamespace(m)} ${routesLabel}`, shows: 'No resources found.' },
    back: {
      say: 'Serverless makes Routes again by itself, for the gateway that Knative is configured with.',
      commands: [],
    },
  }),
};

export const verify: Row = {
  id: 'verify',
  title: 'Look whether everything works',
  source: 'base document 1.4.4',
  step: m => ({
    why:
      m.method === 'in-place'
        ? 'Before anything of Service Mesh 2 is deleted, all that is served must be served by the new mesh.'
        : 'Only now does the maintenance window end.',
    commands: [`${onCluster(m, 'verify', [m.newFile])} --timeout 1200`, ...(m.tested ? [helmTest(m)] : [])],
    check: {
      command: m.after.serving.enabled
        ? 'oc get services.serving.knative.dev -A --no-headers -o custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name,READY:\'.status.conditions[?(@.type=="Ready")].status\' | grep -v True'
        : 'oc get brokers.eventing.knative.dev -A --no-headers | grep -v True',
      shows: 'nothing: each is ready, as it was before.',
    },
    back: nothing,
  }),
};

export const verifyAgain: Row = {
  ...verify,
  id: 'verify-again',
  title: 'Look once more, without Service Mesh 2',
  step: m => ({ ...verify.step(m), why: 'What still leaned on the old mesh shows only now.' }),
};
