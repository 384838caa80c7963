/** Istio's own traffic simulation: what a call meets at an Envoy, without a cluster. The program is go/simulation. */
import { execa } from 'execa';
import { builtPath } from '../cache.ts';

/** The Envoy of one pod, a proxy of the mesh. */
export interface Envoy {
  /** `router`: a gateway. */
  readonly type: 'router' | 'sidecar';
  readonly pod: string;
  readonly ip: string;
  readonly namespace: string;
  readonly serviceAccount?: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** One request, or one connection where the protocol is tcp. */
export interface Call {
  /** Name of a proxy in the questions. */
  readonly proxy: string;
  /** How it comes to the proxy: to a gateway's own port, or by the redirection of a sidecar's pod. */
  readonly mode: 'gateway' | 'inbound' | 'outbound';
  /** The destination's; any one, where that does not matter. */
  readonly address?: string;
  readonly port: number;
  /** http by default, whatever is around it. */
  readonly protocol?: 'http' | 'http2' | 'tcp';
  /** plaintext by default. mtls: with a certificate of the mesh, tls: without any. */
  readonly tls?: 'plaintext' | 'tls' | 'mtls';
  /** By default the host, with tls. */
  readonly sni?: string;
  readonly host?: string;
  /** `/` by default. */
  readonly path?: string;
}

export interface Questions {
  /** Objects of Istio's API groups. */
  readonly config: readonly object[];
  /** Services, Pods, EndpointSlices. */
  readonly kubernetes: readonly object[];
  /** The control plane's namespace: what is in it holds for all of the mesh. */
  readonly rootNamespace: string;
  readonly proxies: Readonly<Record<string, Envoy>>;
  readonly calls: readonly Call[];
}

/** What one call meets, as far as it gets. All names are Envoy's. */
export interface Answer {
  /** In the simulation's words, e.g. `invalid TLS`; absent where the call gets through. */
  readonly error?: string;
  readonly listener?: string;
  readonly filterChain?: string;
  readonly routeConfiguration?: string;
  readonly virtualHost?: string;
  readonly route?: string;
  readonly cluster?: string;
  /** Names of all secrets that the listener uses. */
  readonly secrets?: readonly string[];
  /** The RBAC filters that the call has still to pass; the simulation does not look at them. */
  readonly rbac?: readonly { readonly action: string; readonly rules: readonly string[] }[];
  /** How the proxy calls on. */
  readonly upstream?: {
    /** automatic: to endpoints that have a sidecar. */
    readonly tls: 'always' | 'automatic' | 'never';
    readonly secrets?: readonly string[];
    /** `IP:PORT` */
    readonly endpoints?: readonly string[];
  };
}

/** Answers to the calls, in their order. Throws with one sentence where the questions cannot be understood. */
export async function simulate({ config, kubernetes, calls, ...rest }: Questions): Promise<Answer[]> {
  const input = JSON.stringify({
    ...rest,
    config: documents(config),
    kubernetes: documents(kubernetes),
    calls: calls.map(call => ({ protocol: 'http', tls: 'plaintext', ...call })),
  });
  // Istio has many settings in the environment.
  const { exitCode, stdout, stderr } = await execa(builtPath('simulation', 'simulation'), {
    input,
    env: {},
    extendEnv: false,
    reject: false,
  });
  if (exitCode !== 0) throw new Error(stderr || `the simulation ended with status ${exitCode}`);
  return JSON.parse(stdout) as Answer[];
}

const documents = (objects: readonly object[]) => objects.map(object => JSON.stringify(object)).join('\n---\n');
