/** Pods and the EndpointSlices that Kubernetes makes of them: what istiod knows of a running cluster. */
import type { KubeObject } from '../objects.ts';

type Labels = Readonly<Record<string, string>>;

export interface PodOptions {
  readonly name: string;
  readonly namespace: string;
  readonly ip: string;
  readonly labels: Labels;
}

export interface Pod extends KubeObject {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: Labels };
  readonly status: { readonly podIP: string };
}

interface Service extends KubeObject {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly selector?: Labels;
    readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort?: number }[];
  };
}

export const pod = ({ name, namespace, ip, labels }: PodOptions): Pod =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { containers: [] },
    status: { podIP: ip, phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  }) as Pod;

interface SliceOptions {
  readonly service: string;
  readonly namespace: string;
  /** Port name to port of the pods. */
  readonly ports: Readonly<Record<string, number>>;
  readonly ips: readonly string[];
}

export const endpointSlice = ({ service, namespace, ports, ips }: SliceOptions): KubeObject =>
  ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: service, namespace, labels: { 'kubernetes.io/service-name': service } },
    addressType: 'IPv4',
    endpoints: ips.map(ip => ({ addresses: [ip], conditions: { ready: true } })),
    ports: Object.entries(ports).map(([name, port]) => ({ name, port, protocol: 'TCP' })),
  }) as KubeObject;

/** One slice for each Service with a selector, as Kubernetes' controller makes it. Port numbers only, no port names. */
export function endpointSlices(objects: readonly KubeObject[], pods: readonly Pod[]): KubeObject[] {
  return objects.filter(isSelecting).map(({ metadata: { name, namespace }, spec: { selector = {}, ports } }) => {
    const selected = pods.filter(
      ({ metadata }) =>
        metadata.namespace === namespace &&
        Object.entries(selector).every(([key, value]) => metadata.labels[key] === value),
    );
    return endpointSlice({
      service: name,
      namespace,
      ports: Object.fromEntries(ports.map(({ name: portName, port, targetPort }) => [portName, targetPort ?? port])),
      ips: selected.map(({ status }) => status.podIP),
    });
  });
}

const isSelecting = (object: KubeObject): object is Service =>
  object.apiVersion === 'v1' && object.kind === 'Service' && (object as Service).spec.selector !== undefined;
