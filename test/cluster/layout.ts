/** Files in the state folder of a cluster, and the names that its parts know each other by. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { issueCertificates } from '../../generator/certificates/issue.ts';
import type { Ports } from './ports.ts';

/** One name per listener; each gets a port of its own. */
export const listeners = [
  'etcd',
  'etcd-peer',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'istiod-http',
  'istiod-https',
  'istiod-grpc',
  'istiod-secure-grpc',
  'istiod-monitoring',
  'istiod-ctrlz',
  'knative-operator-profiling',
  'knative-operator-metrics',
  'serving-webhook',
  'serving-webhook-profiling',
  'serving-webhook-metrics',
] as const;

/** How the names of state folders begin. */
export const statePrefix = 'serverless-mesh-cluster-';

/** Namespaces whose webhooks the way out may answer for. */
export const answeredNamespaces = ['knative-serving', 'knative-eventing', 'knative-operator'] as const;

export interface Layout {
  readonly dir: string;
  readonly ports: Ports;
  /** Of the administrator, for the API. */
  readonly token: string;
  readonly kubeconfig: string;
  /** The way out of the API server: a unix socket. */
  readonly egressSocket: string;
  /** The certificate that the way out shows, and its key: PEM. */
  readonly answering: { readonly certificate: string; readonly privateKey: string };
}

export const fileOf = (layout: Pick<Layout, 'dir'>, name: string) => join(layout.dir, name);

/** Writes keys, certificates, tokens and configuration files. */
export async function layOut(dir: string, ports: Ports): Promise<Layout> {
  const write = (name: string, text: string) => writeFileSync(join(dir, name), text, { mode: 0o600 });
  const token = randomBytes(16).toString('hex');
  const egressSocket = join(dir, 'egress.sock');
  const [first, ...others] = answeredNamespaces.map(namespace => `${namespace}.svc`);
  const { root, wildcard } = await issueCertificates({
    appsDomain: first as string,
    additionalNames: others.map(domain => `*.${domain}`),
    organization: 'serverless-mesh test cluster',
    days: 1,
    rootDays: 1,
    bits: 2048,
  });
  const server = `https://127.0.0.1:${ports.of('kube-apiserver')}`;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  write('service-accounts.key', privateKey.export({ type: 'sec1', format: 'pem' }) as string);
  write('tokens.csv', `${token},admin,admin,system:masters\n`);
  write('kubeconfig', JSON.stringify(kubeconfig(server, token)));
  write('webhook-roots.crt', root.certificate);
  write('egress.json', JSON.stringify(egressConfiguration(egressSocket)));
  return { dir, ports, token, kubeconfig: join(dir, 'kubeconfig'), egressSocket, answering: wildcard };
}

/** For programs on 127.0.0.1, as one user. */
export function kubeconfig(server: string, token: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    // The API server makes its certificate when it starts, so nothing can be pinned here; it is on this machine.
    clusters: [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  };
}

/** Everything that the API server dials inside the cluster goes to the socket: webhooks, proxies, exec. */
const egressConfiguration = (udsName: string) => ({
  apiVersion: 'apiserver.k8s.io/v1beta1',
  kind: 'EgressSelectorConfiguration',
  egressSelections: [
    { name: 'cluster', connection: { proxyProtocol: 'HTTPConnect', transport: { uds: { udsName } } } },
  ],
});

/** Name of the process that plays a pod's container, and with `.log` of the file of what it said. */
export const processName = (namespace: string, pod: string) => `${namespace}.${pod}`;
