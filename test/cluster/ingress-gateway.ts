/** The ingress gateway of a control plane, which no operator makes here, and what istiod would tell its Envoy. */
import { execa } from 'execa';
import { builtPath } from './cache.ts';
import type { Cluster } from './cluster.ts';
import type { KubeObject } from './objects.ts';

/** Of the gateway's pods in Service Mesh 2, and of those in Service Mesh 3 after the documented set-up. */
export const podLabels = { istio: 'ingressgateway', knative: 'ingressgateway' } as const;

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

const name = 'istio-ingressgateway';

/** The objects that Service Mesh makes from spec.gateways.ingress: istiod takes 443 -> 8443 from this Service. */
const objects = (namespace: string): KubeObject[] => [
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { ...podLabels, 'sidecar.istio.io/inject': 'false' } },
    spec: { containers: [{ name: 'istio-proxy', image: 'registry.example.com/proxy' }] },
  } as KubeObject,
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: podLabels },
    spec: {
      selector: podLabels,
      ports: [
        { name: 'http2', port: 80, targetPort: 8080 },
        { name: 'https', port: 443, targetPort: 8443 },
      ],
    },
  } as KubeObject,
];

export async function createIngressGateway(cluster: Cluster, namespace: string): Promise<void> {
  for (const object of objects(namespace)) {
    const { status, body } = await cluster.objects.create(object);
    if (status !== 201) throw new Error(`${object.kind} ${name}: ${status} ${JSON.stringify(body)}`);
  }
}

export async function removeIngressGateway(cluster: Cluster, namespace: string): Promise<void> {
  await Promise.all(objects(namespace).map(({ kind }) => cluster.objects.remove('v1', kind, name, namespace)));
}

/** Asks istiod as the Envoy of the gateway's pod does. */
export async function askAsGateway(cluster: Cluster, namespace: string): Promise<EnvoyView> {
  const ip = await cluster.waitFor('an address of the gateway', async () => {
    const pod = await cluster.objects.get<{ status?: { podIP?: string } }>('v1', 'Pod', name, namespace);
    return pod?.status?.podIP;
  });
  const labels = Object.entries(podLabels).map(([key, value]) => `${key}=${value}`);
  const args = ['-addr', `127.0.0.1:${cluster.port('istiod-grpc')}`, '-ip', ip, '-pod', name, '-ns', namespace];
  const { stdout } = await execa(builtPath('xds-client', 'xds-client'), [...args, '-labels', labels.join()]);
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
