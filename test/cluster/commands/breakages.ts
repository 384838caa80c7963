/** What may break in a live install of `prod`, for the time of a check, and what verify says of it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { object } from '../../cluster-commands/healthy.ts';
import type { Cluster } from '../cluster.ts';
import { processName } from '../layout.ts';
import type { Fates } from '../mesh-operator.ts';
import type { KubeObject } from '../objects.ts';
import { certificates, domain, madeByOperators, meanwhile, wildcardSecret } from './openshift.ts';

type Check = () => Promise<void>;
export interface Breakage {
  readonly name: string;
  /** The check that says so, and others that see the same. */
  readonly checks: readonly [string, ...string[]];
  readonly during: (cluster: Cluster, check: Check) => Promise<void>;
  readonly want: RegExp;
}

const away =
  (...without: readonly KubeObject[]): Breakage['during'] =>
  (cluster, check) =>
    meanwhile(cluster, { without }, check);
const beside =
  (...put: readonly KubeObject[]): Breakage['during'] =>
  (cluster, check) =>
    meanwhile(cluster, { put }, check);

const failing =
  (what: keyof Fates): Breakage['during'] =>
  async ({ fates }, check) => {
    fates[what] = 'failing';
    await check().finally(() => {
      fates[what] = 'ready';
    });
  };

/** A field of an object changed, and changed back. */
const patched =
  (path: string, to: object, back: object): Breakage['during'] =>
  async ({ rest }, check) => {
    const patch = async (body: object) => {
      const answer = await rest('PATCH', path, { body, contentType: 'application/merge-patch+json' });
      if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    };
    await patch(to);
    await check().finally(() => patch(back));
  };

/**
 * While the operator of Knative is away, which would change it back, or look at it. Paused: one that was killed comes
 * back as a stranger, and waits a minute for its own lease.
 */
const unattended =
  (change: Breakage['during']): Breakage['during'] =>
  async (cluster, check) => {
    const pid = cluster.pids()['knative-operator'] as number;
    process.kill(pid, 'SIGSTOP');
    await change(cluster, check).finally(() => process.kill(pid, 'SIGCONT'));
  };

const serviceEntries = '/apis/networking.istio.io/v1beta1/namespaces/knative-eventing/serviceentries';
const serving = '/apis/operator.knative.dev/v1beta1/namespaces/knative-serving/knativeservings/knative-serving';
const configMaps = '/api/v1/namespaces/knative-serving/configmaps';
const gateway = '/apis/apps/v1/namespaces/istio-system/deployments/istio-ingressgateway';

/** Kubernetes ends it when its time is up. */
const hopelessJob = object('batch/v1/Job', 'serverless-mesh-wait', 'istio-system', {
  spec: {
    activeDeadlineSeconds: 1,
    template: {
      spec: {
        restartPolicy: 'Never',
        nodeSelector: { there: 'is-none' },
        containers: [{ name: 'kubectl', image: 'registry.example.com/kubectl' }],
      },
    },
  },
});
const hello = object('serving.knative.dev/v1/Service', 'hello', 'orders', {
  spec: { template: { spec: { containers: [{ image: 'registry.example.com/hello' }] } } },
});
const route = object('route.openshift.io/v1/Route', 'hello', 'istio-system', {
  metadata: { labels: { 'serving.knative.openshift.io/ingressName': 'hello' } },
  spec: {
    host: `hello-orders.${domain}`,
    to: { kind: 'Service', name: 'istio-ingressgateway', weight: 100 },
    port: { targetPort: 'https' },
    tls: { termination: 'passthrough' },
  },
  status: {
    ingress: [
      {
        host: `hello-orders.${domain}`,
        conditions: [{ type: 'Admitted', status: 'False', reason: 'HostAlreadyClaimed' }],
      },
    ],
  },
});

export async function writeActivatorLog(cluster: Cluster, text: string): Promise<void> {
  const pods = await cluster.objects.list<KubeObject>('v1', 'Pod', 'knative-serving');
  for (const { metadata } of pods.filter(pod => pod.metadata.name.startsWith('activator-')))
    writeFileSync(join(cluster.dir, 'logs', `${processName('knative-serving', metadata.name)}.log`), text);
}

export const breakages: readonly Breakage[] = [
  {
    name: 'the wildcard Secret is gone',
    checks: ['certificate'],
    during: async (...rest) => away(await wildcardSecret('wildcard-certs', 'istio-system'))(...rest),
    want: /^Secret istio-system\/wildcard-certs does not exist, .*oc create secret tls wildcard-certs -n istio-system/,
  },
  {
    name: 'the wildcard Secret has the key of another certificate',
    checks: ['certificate'],
    during: async (...rest) => {
      const { root } = await certificates();
      return beside(await wildcardSecret('wildcard-certs', 'istio-system', root.privateKey))(...rest);
    },
    want: /^the key in tls\.key of Secret istio-system\/wildcard-certs is not that of its certificate; create the Secret again/,
  },
  {
    name: 'an object of the release is changed by hand',
    checks: ['release-objects'],
    during: patched(
      `${serviceEntries}/kafka-cluster`,
      { spec: { resolution: 'DNS' } },
      { spec: { resolution: 'NONE' } },
    ),
    want: /^ServiceEntry knative-eventing\/kafka-cluster: spec\.resolution is DNS, and must be NONE; run helm upgrade/,
  },
  {
    name: 'an object of the release is deleted',
    checks: ['release-objects'],
    during: away(object('networking.istio.io/v1beta1/ServiceEntry', 'kafka-cluster', 'knative-eventing')),
    want: /^ServiceEntry knative-eventing\/kafka-cluster does not exist; run helm upgrade with these values$/,
  },
  {
    name: 'the control plane fails',
    checks: ['control-plane'],
    during: failing('controlPlane'),
    want: /^ServiceMeshControlPlane istio-system\/basic is not Ready: Ready Test made to fail by the test; wait, or see oc describe -n istio-system servicemeshcontrolplane basic$/,
  },
  {
    name: 'the member roll fails',
    checks: ['member-roll'],
    during: failing('memberRoll'),
    want: /is not Ready: .*\n.*does not list as configured: knative-serving, knative-eventing, orders/,
  },
  {
    name: 'Knative Kafka fails',
    checks: ['knative-kafka'],
    during: failing('kafka'),
    want: /^KnativeKafka knative-eventing\/knative-kafka is not Ready: Ready Test made to fail by the test/,
  },
  {
    name: 'the mesh takes plain text',
    checks: ['strict-mtls'],
    during: away(...madeByOperators().filter(({ kind }) => kind === 'PeerAuthentication')),
    want: /^no PeerAuthentication of istio-system asks for STRICT in the whole mesh; /,
  },
  {
    name: 'the ingress gateway has no pods',
    checks: ['ingress-gateway', 'gateway-pods'],
    during: patched(gateway, { spec: { replicas: 0 } }, { spec: { replicas: 1 } }),
    want: /^nothing answers behind Service istio-system\/istio-ingressgateway; /m,
  },
  {
    name: 'the Job after the install failed',
    checks: ['wait-job'],
    during: beside(hopelessJob),
    want: /^Job istio-system\/serverless-mesh-wait failed: Job was active longer than specified deadline; see .*oc logs -n istio-system job\/serverless-mesh-wait$/,
  },
  {
    name: 'the activator does not reach the autoscaler',
    checks: ['activator-log'],
    during: async (cluster, check) => {
      await writeActivatorLog(cluster, '{"msg":"Websocket connection could not be established"}\n');
      await check().finally(() => writeActivatorLog(cluster, ''));
    },
    want: /^the log of activator-\S+ says 1 times: Websocket connection could not be established; oc rollout restart/,
  },
  {
    name: 'a ConfigMap of Knative is changed by hand',
    checks: ['knative-serving-config'],
    during: unattended(
      patched(
        `${configMaps}/config-autoscaler`,
        { data: { 'scale-to-zero-pod-retention-period': '1m' } },
        { data: { 'scale-to-zero-pod-retention-period': '5m' } },
      ),
    ),
    want: /^ConfigMap knative-serving\/config-autoscaler: scale-to-zero-pod-retention-period is 1m, and must be 5m; wait, or/,
  },
  {
    name: 'the operator of Knative does not look at a change',
    checks: ['knative-serving'],
    during: unattended(
      patched(serving, { spec: { additionalManifests: [] } }, { spec: { additionalManifests: null } }),
    ),
    want: /^KnativeServing knative-serving\/knative-serving has changed, and its operator has not looked yet; /,
  },
  {
    name: 'a Knative Service of a user stays outside the mesh',
    checks: ['knative-services'],
    during: beside(hello),
    want: /^Knative Service orders\/hello has no label sidecar\.istio\.io\/inject: "true" in spec\.template\.metadata\.labels; /,
  },
  {
    name: 'a route is not admitted',
    checks: ['routes'],
    during: beside(route),
    want: /^Route istio-system\/hello \(hello-orders\.apps\.prod\.example\.com\) is not admitted: HostAlreadyClaimed; /,
  },
];
