/** What istiod would tell the Envoy of a control plane's ingress gateway. */
import { execa } from 'execa';
import { builtPath } from './cache.ts';
import type { Cluster } from './cluster.ts';
import { gatewayName } from './mesh-operator.ts';

interface Pod {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly status?: { readonly podIP?: string };
}

export interface Chain {
  readonly tls: boolean;
  readonly secrets?: readonly string[];
  readonly validationSecret?: string;
  readonly requireClientCertificate?: boolean;
  readonly route?: string;
}

/** What istiod sends to a proxy, as far as the xds-client prints it. */
export interface EnvoyView {
  readonly clusters: readonly string[];
  readonly listeners: readonly { readonly name: string; readonly port: number; readonly chains: readonly Chain[] }[];
}

/** Asks istiod as the Envoy of the gateway's pod does. */
export async function askAsGateway(cluster: Cluster, namespace: string): Promise<EnvoyView> {
  const { ip, pod, labels } = await cluster.waitFor('an address of the gateway', async () => {
    const pods = await cluster.objects.list<Pod>('v1', 'Pod', namespace);
    const found = pods.find(({ metadata, status }) => metadata.name.startsWith(gatewayName) && status?.podIP);
    return found && { ip: found.status?.podIP as string, pod: found.metadata.name, labels: found.metadata.labels };
  });
  const args = ['-addr', `127.0.0.1:${cluster.port('istiod-grpc')}`, '-ip', ip, '-pod', pod, '-ns', namespace];
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const { stdout } = await execa(builtPath('xds-client', 'xds-client'), [...args, '-labels', pairs.join()]);
  return JSON.parse(stdout) as EnvoyView;
}

/** Where the gateway is not as the base document wants it; nothing, if all is well. */
export function gatewayFindings({ listeners }: EnvoyView, secretName: string): string[] {
  const chainOf = (port: number) => listeners.find(listener => listener.port === port)?.chains[0];
  const [outside, local] = [chainOf(8443), chainOf(8081)];
  const findings: string[] = [];
  const want = (holds: boolean | undefined, finding: string) => void (holds || findings.push(finding));
  // 443 of the Service is 8443 of the pod; 8081 is the target of the Service knative-local-gateway.
  want(outside?.tls, '8443: no TLS listener');
  want(outside?.secrets?.join() === `kubernetes://${secretName}`, `8443: not with the Secret ${secretName}`);
  want(outside?.requireClientCertificate !== true, '8443: asks clients for a certificate');
  want(outside?.route?.includes('knative-ingress-gateway.knative-serving'), '8443: not routed by our Gateway');
  want(local?.tls, '8081: no TLS listener');
  want(local?.requireClientCertificate, '8081: takes clients without a certificate of the mesh');
  want(local?.validationSecret === 'ROOTCA', '8081: does not check clients against the CA of the mesh');
  want(local?.route?.includes('knative-local-gateway.knative-serving'), '8081: not routed by our Gateway');
  return findings;
}
