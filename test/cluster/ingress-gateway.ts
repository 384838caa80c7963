/** What istiod would tell the Envoy of the ingress gateway, of either generation. */
import { gatewaySelector } from '../../generator/model/facts/names.ts';
import type { Cluster } from './cluster.ts';
import { askIstiod, type EnvoyView } from './envoy-view.ts';

interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly status?: { readonly podIP?: string };
}

/** Asks istiod as the Envoy of the gateway's pod does; with a service account, over TLS with its token, and for secrets too. */
export async function askAsGateway(cluster: Cluster, namespace: string, account?: string): Promise<EnvoyView> {
  const { ip, pod, labels } = await cluster.waitFor('an address of the gateway', async () => {
    const pods = await cluster.objects.list<Pod>('v1', 'Pod', namespace);
    const found = pods.find(
      ({ metadata, status }) =>
        metadata.labels.knative === gatewaySelector.knative && !metadata.deletionTimestamp && status?.podIP,
    );
    return found && { ip: found.status?.podIP as string, pod: found.metadata.name, labels: found.metadata.labels };
  });
  const as =
    account === undefined ? {} : { as: { account, token: await tokenFor(cluster, namespace, account, 'istio-ca') } };
  return askIstiod(cluster, { type: 'router', ip, pod, namespace, labels, ...as });
}

/** What a pod of a service account shows: to the API server, or to another audience. */
export async function tokenFor(cluster: Cluster, namespace: string, account: string, audience?: string) {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
  const spec = audience === undefined ? {} : { audiences: [audience] };
  const { status, body } = await cluster.rest('POST', path, {
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec },
  });
  if (status !== 201) throw new Error(`token of ${account}: ${status} ${JSON.stringify(body)}`);
  return (body as { status: { token: string } }).status.token;
}

/** What the pod listens on for cluster-local URLs. */
export type LocalListener = 'plain' | 'mutual';

/** Where the gateway is not as the base document, or that of Service Mesh 3, wants it; nothing, if all is well. */
export function gatewayFindings(view: EnvoyView, secretName: string, local: LocalListener = 'mutual'): string[] {
  return [...outsideFindings(view, secretName), ...(local === 'mutual' ? mutualFindings(view) : plainFindings(view))];
}

const chainOf = ({ listeners }: EnvoyView, port: number) =>
  listeners.find(listener => listener.port === port)?.chains[0];
/** What does not hold. */
const unless = (...rows: readonly (readonly [holds: boolean | undefined, finding: string])[]) =>
  rows.flatMap(([holds, finding]) => (holds ? [] : [finding]));

function outsideFindings(view: EnvoyView, secretName: string): string[] {
  const outside = chainOf(view, 8443);
  // 443 of the Service is 8443 of the pod.
  return unless(
    [outside?.tls, '8443: no TLS listener'],
    [outside?.secrets?.join() === `kubernetes://${secretName}`, `8443: not with the Secret ${secretName}`],
    [outside?.requireClientCertificate !== true, '8443: asks clients for a certificate'],
    [outside?.route?.includes('knative-ingress-gateway.knative-serving'), '8443: not routed by our Gateway'],
  );
}

function mutualFindings(view: EnvoyView): string[] {
  // 8081 is the target of the Service knative-local-gateway.
  const local = chainOf(view, 8081);
  return unless(
    [local?.tls, '8081: no TLS listener'],
    [local?.requireClientCertificate, '8081: takes clients without a certificate of the mesh'],
    [local?.validationSecret === 'ROOTCA', '8081: does not check clients against the CA of the mesh'],
    [local?.route?.includes('knative-local-gateway.knative-serving'), '8081: not routed by our Gateway'],
  );
}

function plainFindings(view: EnvoyView): string[] {
  // 80 of the Gateway is 8080 of the pod, as the Service knative-local-gateway has it.
  const local = chainOf(view, 8080);
  return unless(
    [local?.tls === false, '8080: no plain listener'],
    [local?.route === 'http.8080', '8080: not routed'],
    [chainOf(view, 8081) === undefined, '8081: there is a second listener'],
  );
}
