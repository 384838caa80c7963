/** What istiod would tell the Envoy of a pod. */
import { execa } from 'execa';
import { builtPath } from './cache.ts';
import type { Cluster } from './cluster.ts';

/** An RBAC filter: of requests, or of connections. Each policy is Envoy's own, as its API has it in JSON. */
export interface Rbac {
  readonly of: 'requests' | 'connections';
  readonly action: string;
  readonly policies: Readonly<Record<string, unknown>>;
}

export interface Chain {
  readonly tls: boolean;
  readonly secrets?: readonly string[];
  readonly validationSecret?: string;
  readonly requireClientCertificate?: boolean;
  readonly route?: string;
  readonly rbac?: readonly Rbac[];
}

/** What istiod sends to a proxy, as far as the xds-client prints it. */
export interface EnvoyView {
  readonly clusters: readonly string[];
  readonly listeners: readonly { readonly name: string; readonly port: number; readonly chains: readonly Chain[] }[];
  /** Size of each secret that istiod reads from Kubernetes; 0 where it does not hand it out. */
  readonly secretBytes?: Readonly<Record<string, number>>;
}

export interface Proxy {
  readonly type: 'router' | 'sidecar';
  readonly ip: string;
  readonly pod: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** With it the proxy shows who it is, over TLS, and asks for secrets too. */
  readonly as?: { readonly account: string; readonly token: string };
}

/** Asks istiod as this proxy does. Throws what the xds-client says. */
export async function askIstiod(cluster: Cluster, proxy: Proxy): Promise<EnvoyView> {
  const port = cluster.port(proxy.as === undefined ? 'istiod-grpc' : 'istiod-secure-grpc');
  const labels = Object.entries(proxy.labels).map(([key, value]) => `${key}=${value}`);
  const who = [
    '-type',
    proxy.type,
    '-ip',
    proxy.ip,
    '-pod',
    proxy.pod,
    '-ns',
    proxy.namespace,
    '-labels',
    labels.join(),
  ];
  const as = proxy.as === undefined ? [] : ['-sa', proxy.as.account, '-token', proxy.as.token];
  const { stdout } = await execa(builtPath('xds-client', 'xds-client'), ['-addr', `127.0.0.1:${port}`, ...who, ...as]);
  return JSON.parse(stdout) as EnvoyView;
}
