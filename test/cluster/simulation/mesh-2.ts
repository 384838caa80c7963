/** What Service Mesh 2 makes of a ServiceMeshControlPlane and a member roll, as far as it matters to traffic. */
import type { KubeObject } from '../objects.ts';
import { type Loose, type MadeMesh, only } from './mesh.ts';

export function serviceMesh2(objects: readonly KubeObject[]): MadeMesh {
  const controlPlane = only(objects, 'ServiceMeshControlPlane');
  const rootNamespace: string = controlPlane.metadata.namespace;
  const seen = seenByIstiod(objects, rootNamespace);
  return {
    rootNamespace,
    excludedPorts: controlPlane.spec.proxy?.networking?.trafficControl?.inbound?.excludedPorts ?? [],
    gateway: { namespace: rootNamespace, labels: gatewayLabels(controlPlane) },
    objects: controlPlaneObjects(controlPlane),
    sees: namespace => seen.includes(namespace),
  };
}

/**
 * Service Mesh puts the labels of the Service in the control plane on Service, Deployment and pods:
 * https://github.com/maistra/istio-operator/tree/08c043ffe11805c4f2353e9781e8b8349031b2be/resources/helm/v2.5/gateways/istio-ingress/templates
 */
const gatewayLabels = ({ spec }: Loose) => ({
  app: 'istio-ingressgateway',
  istio: 'ingressgateway',
  ...spec.gateways?.ingress?.service?.metadata?.labels,
});

/**
 * The Service of the ingress gateway with its default ports; and what follows from mtls: true, but for the API server:
 * https://github.com/maistra/istio-operator/blob/08c043ffe11805c4f2353e9781e8b8349031b2be/resources/helm/v2.5/mesh-config/templates/enable-mesh-mtls.yaml
 */
function controlPlaneObjects(controlPlane: Loose): KubeObject[] {
  const { namespace } = controlPlane.metadata;
  const labels = gatewayLabels(controlPlane);
  const gateway = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'istio-ingressgateway', namespace, labels },
    spec: {
      selector: labels,
      ports: [
        { name: 'status-port', port: 15021, targetPort: 15021 },
        { name: 'http2', port: 80, targetPort: 8080 },
        { name: 'https', port: 443, targetPort: 8443 },
      ],
    },
  };
  const mutualTls = [
    {
      apiVersion: 'security.istio.io/v1beta1',
      kind: 'PeerAuthentication',
      metadata: { name: 'default', namespace },
      spec: { mtls: { mode: 'STRICT' } },
    },
    {
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'DestinationRule',
      metadata: { name: 'default', namespace },
      spec: { host: '*.cluster.local', trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
    },
  ];
  return [gateway, ...(controlPlane.spec.security?.dataPlane?.mtls === true ? mutualTls : [])];
}

/** The istiod of Service Mesh 2 sees its own namespace and those of the members only. */
function seenByIstiod(objects: readonly KubeObject[], rootNamespace: string): string[] {
  const rolls = objects.filter(({ kind }) => kind === 'ServiceMeshMemberRoll') as Loose[];
  const members = objects.filter(({ kind }) => kind === 'ServiceMeshMember');
  return [
    rootNamespace,
    ...rolls.flatMap(({ spec }) => spec.members),
    ...members.flatMap(({ metadata }) => metadata.namespace ?? []),
  ];
}
