/** What Knative and its Istio ingress make of one Knative Service, as far as it matters to traffic. */
import type { KubeObject } from '../objects.ts';
import { endpointSlice, pod } from './pods.ts';

export interface KnativeServiceOptions {
  readonly name: string;
  readonly namespace: string;
  /** Host of its URL. */
  readonly host: string;
  /** Address of its pod. */
  readonly ip: string;
  /** Address of the activator, which is in front of the pod: so it is after a scale from zero. */
  readonly activator: string;
  /** KnativeServing's config.istio: which gateways the ingress is to use. */
  readonly istio: Readonly<Record<string, string>>;
}

const queuePort = 8012;
const http = { name: 'http', port: 80, targetPort: queuePort };

/** Names that reach it inside the cluster. The ingress puts all three into its VirtualServices. */
const localHosts = ({ name, namespace }: Pick<KnativeServiceOptions, 'name' | 'namespace'>) =>
  ['', '.svc', '.svc.cluster.local'].map(end => `${name}.${namespace}${end}`);

/** Label of the revision's pods, and the selector of its private Service. */
const podLabels = (revision: string) => ({ 'serving.knative.dev/revision': revision });

/** The sidecar label is the user's part: see the chart's own example, or the base document, section 1.4.4. */
export function revisionPod({ name, namespace, ip }: KnativeServiceOptions): KubeObject {
  const labels = {
    ...podLabels(`${name}-00001`),
    'sidecar.istio.io/inject': 'true',
    'security.istio.io/tlsMode': 'istio',
  };
  return pod({ name: `${name}-00001`, namespace, ip, labels });
}

export function knativeServiceObjects(options: KnativeServiceOptions): KubeObject[] {
  const { name, namespace, activator } = options;
  const revision = `${name}-00001`;
  const service = (serviceName: string, spec: object) =>
    ({ apiVersion: 'v1', kind: 'Service', metadata: { name: serviceName, namespace }, spec }) as KubeObject;
  return [
    // https://github.com/knative/serving/blob/knative-v1.15.2/pkg/reconciler/route/resources/service.go
    service(name, {
      type: 'ExternalName',
      externalName: gatewayService(options, 'local-gateway.'),
      ports: [{ name: 'http2', port: 80, targetPort: 80 }],
    }),
    // https://github.com/knative/serving/blob/knative-v1.15.2/pkg/reconciler/serverlessservice/resources/services.go
    service(revision, { ports: [http, { name: 'https', port: 443, targetPort: 8112 }] }),
    service(`${revision}-private`, {
      selector: podLabels(revision),
      ports: [
        http,
        { name: 'https', port: 443, targetPort: 8112 },
        { name: 'http-autometric', port: 9090, targetPort: 9090 },
        { name: 'http-usermetric', port: 9091, targetPort: 9091 },
        { name: 'http-queueadm', port: 8022, targetPort: 8022 },
        { name: 'http-istio', port: queuePort, targetPort: queuePort },
      ],
    }),
    endpointSlice({ service: revision, namespace, ports: { http: queuePort }, ips: [activator] }),
    ...virtualServices(options),
  ];
}

/**
 * https://github.com/knative-extensions/net-istio/blob/main/pkg/reconciler/ingress/resources/virtual_service.go
 * without the routes for its own probes, which lead to the same place.
 */
function virtualServices(options: KnativeServiceOptions): KubeObject[] {
  const { name, namespace, host } = options;
  const local = localHosts(options);
  const destination = { host: `${name}-00001.${namespace}.svc.cluster.local`, port: { number: 80 } };
  const route = (gateway: string, prefix: string) => ({
    match: [{ gateways: [gateway], authority: { prefix } }],
    route: [{ destination, weight: 100 }],
  });
  const virtualService = (suffix: string, spec: object) =>
    ({
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'VirtualService',
      metadata: { name: `${name}-${suffix}`, namespace },
      spec,
    }) as KubeObject;
  const [external, internal] = [gatewayName(options, 'gateway.'), gatewayName(options, 'local-gateway.')];
  return [
    virtualService('mesh', { gateways: ['mesh'], hosts: local, http: [route('mesh', local[0]!)] }),
    virtualService('ingress', {
      gateways: [external, internal],
      hosts: [host, ...local],
      http: [route(internal, local[0]!), route(external, host)],
    }),
  ];
}

/** A key of config.istio is `gateway.NAMESPACE.NAME`, its value the gateway's Service. */
const keyOf = ({ istio }: KnativeServiceOptions, prefix: string): string =>
  Object.keys(istio).find(key => key.startsWith(prefix)) ?? `${prefix}none.none`;
const gatewayName = (options: KnativeServiceOptions, prefix: string) =>
  keyOf(options, prefix).slice(prefix.length).replace('.', '/');
const gatewayService = (options: KnativeServiceOptions, prefix: string) => options.istio[keyOf(options, prefix)];
