/** The command line of every program of the cluster. All listen on 127.0.0.1 only. */
import { builtPath } from './cache.ts';
import type { Component } from './keeper.ts';
import { fileOf, type Layout } from './layout.ts';
import type { KubernetesVersion } from './modules.ts';

type Env = Readonly<Record<string, string>>;

const flags = (values: Readonly<Record<string, string | number | boolean>>) =>
  Object.entries(values).map(([name, value]) => `--${name}=${value}`);

/** Nothing of the user's environment but the path; homes and temporary files inside the state folder. */
const environment = ({ dir }: Layout, env: Env = {}): Env => ({
  PATH: process.env.PATH ?? '',
  HOME: dir,
  TMPDIR: dir,
  // Memory is plenty and processors are few: the garbage collector may come less often.
  GOGC: '400',
  ...env,
});

/** The way out's rules: which Services have a real webhook, and where. */
export const webhookPorts = ({ ports }: Layout): Readonly<Record<string, number>> => ({
  'istiod.istio-system.svc': ports.of('istiod-https'),
  'webhook.knative-serving.svc': ports.of('serving-webhook'),
});

export function etcd(layout: Layout): Component {
  const client = `http://127.0.0.1:${layout.ports.of('etcd')}`;
  const peer = `http://127.0.0.1:${layout.ports.of('etcd-peer')}`;
  const args = flags({
    'data-dir': fileOf(layout, 'etcd'),
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
    'unsafe-no-fsync': true,
  });
  return { name: 'etcd', command: builtPath('etcd', 'etcd'), args, env: environment(layout) };
}

export function apiServer(layout: Layout, version: KubernetesVersion): Component {
  const module = `kubernetes-${version.slice(0, version.lastIndexOf('.'))}`;
  const args = flags({
    'etcd-servers': `http://127.0.0.1:${layout.ports.of('etcd')}`,
    'cert-dir': fileOf(layout, 'certificates'),
    'bind-address': '127.0.0.1',
    'secure-port': layout.ports.of('kube-apiserver'),
    'service-account-key-file': fileOf(layout, 'service-accounts.key'),
    'service-account-signing-key-file': fileOf(layout, 'service-accounts.key'),
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-cluster-ip-range': '172.30.0.0/16',
    'authorization-mode': 'RBAC',
    'token-auth-file': fileOf(layout, 'tokens.csv'),
    'disable-admission-plugins': 'ServiceAccount',
    'allow-privileged': true,
    'egress-selector-config-file': fileOf(layout, 'egress.json'),
  });
  // Webhooks without a caBundle of their own are checked against the system's roots: here only ours.
  const env = environment(layout, { SSL_CERT_FILE: fileOf(layout, 'webhook-roots.crt') });
  return { name: 'kube-apiserver', command: builtPath(module, 'kube-apiserver'), args, env };
}

/** Controllers and scheduler may be one minor version older than the API server. */
export function controlLoops(layout: Layout): Component[] {
  const loop = (name: string, more: Record<string, string>): Component => ({
    name,
    command: builtPath('kubernetes-1.34', name),
    args: flags({
      kubeconfig: layout.kubeconfig,
      'bind-address': '127.0.0.1',
      'secure-port': layout.ports.of(name),
      'leader-elect': false,
      ...more,
    }),
    env: environment(layout),
  });
  return [
    loop('kube-controller-manager', {
      'service-account-private-key-file': fileOf(layout, 'service-accounts.key'),
      // Without metrics it would only fill the log.
      controllers: '*,-horizontal-pod-autoscaler-controller',
    }),
    loop('kube-scheduler', {}),
  ];
}

/** Of the only node. Nothing listens there: whoever is told to go there goes to the way out. */
export const nodeIp = '10.0.0.1';

/** Plays the node and runs "pods" on it: they get an address and become ready, nothing runs. */
export function kwok(layout: Layout): Component {
  const args = flags({
    kubeconfig: layout.kubeconfig,
    'manage-all-nodes': true,
    config: fileOf(layout, 'stages.yaml'),
    'node-ip': nodeIp,
    // Where the API server asks for logs.
    'node-port': layout.ports.of('kwok'),
    cidr: '10.1.0.0/16',
    'server-address': `127.0.0.1:${layout.ports.of('kwok')}`,
    // Without leases the node is taken for lost after 50 s, and its pods never become ready again.
    'node-lease-duration-seconds': 40,
    v: 'WARN',
  });
  return { name: 'kwok', command: builtPath('kwok', 'kwok'), args, env: environment(layout) };
}

export function istiod(layout: Layout): Component {
  const at = (listener: string) => `127.0.0.1:${layout.ports.of(`istiod-${listener}`)}`;
  const args = flags({
    kubeconfig: layout.kubeconfig,
    httpAddr: at('http'),
    httpsAddr: at('https'),
    grpcAddr: at('grpc'),
    secureGRPCAddr: at('secure-grpc'),
    monitoringAddr: at('monitoring'),
    ctrlz_address: '127.0.0.1',
    ctrlz_port: layout.ports.of('istiod-ctrlz'),
    domain: 'cluster.local',
    // A file that is not there, so that it reads the ConfigMap of the cluster.
    meshConfig: fileOf(layout, 'no-mesh-config'),
  });
  const env = environment(layout, {
    KUBECONFIG: layout.kubeconfig,
    POD_NAMESPACE: 'istio-system',
    POD_NAME: 'istiod-0',
    SERVICE_ACCOUNT: 'istiod',
    REVISION: 'default',
    PILOT_CERT_PROVIDER: 'istiod',
    CLUSTER_ID: 'Kubernetes',
    ISTIOD_ADDR: 'istiod.istio-system.svc:15012',
    TOKEN_ISSUER: 'https://kubernetes.default.svc',
    VALIDATION_WEBHOOK_CONFIG_NAME: 'istio-validator-istio-system',
    INJECTION_WEBHOOK_CONFIG_NAME: 'istio-sidecar-injector',
  });
  return { name: 'istiod', command: builtPath('istio', 'pilot-discovery'), args: ['discovery', ...args], env };
}

const knativeEnvironment = (layout: Layout, listener: string, more: Env): Env =>
  environment(layout, {
    KUBECONFIG: layout.kubeconfig,
    METRICS_DOMAIN: 'knative.dev/operator',
    CONFIG_LOGGING_NAME: 'config-logging',
    CONFIG_OBSERVABILITY_NAME: 'config-observability',
    KUBERNETES_MIN_VERSION: '1.20.0',
    METRICS_PROMETHEUS_HOST: '127.0.0.1',
    METRICS_PROMETHEUS_PORT: String(layout.ports.of(`${listener}-metrics`)),
    PROFILING_PORT: String(layout.ports.of(`${listener}-profiling`)),
    ...more,
  });

export function knativeOperator(layout: Layout): Component {
  const env = knativeEnvironment(layout, 'knative-operator', {
    SYSTEM_NAMESPACE: 'knative-operator',
    POD_NAME: 'operator-0',
    // Its own default, 5 a second, makes an install take 40 s instead of 8.
    KUBE_API_QPS: '200',
    KUBE_API_BURST: '400',
    KO_DATA_PATH: builtPath('knative', 'kodata'),
  });
  const args = ['-kubeconfig', layout.kubeconfig];
  return { name: 'knative-operator', command: builtPath('knative', 'knative-operator'), args, env };
}

/** Knative Serving's own validation. It ends until the operator has made its config maps, and is started again. */
export function servingWebhook(layout: Layout): Component {
  const env = knativeEnvironment(layout, 'serving-webhook', {
    SYSTEM_NAMESPACE: 'knative-serving',
    POD_NAME: 'webhook-0',
    WEBHOOK_NAME: 'webhook',
    WEBHOOK_PORT: String(layout.ports.of('serving-webhook')),
  });
  const args = ['-kubeconfig', layout.kubeconfig];
  return { name: 'serving-webhook', command: builtPath('knative', 'webhook'), args, env, restart: true };
}
