/** A cluster with Service Mesh 3 in which everything is as it should be. */
import type { Values as Given } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import type { ClusterObject } from '../support/cluster-answers.ts';
import {
  csv,
  installed,
  namespace,
  object,
  platform,
  pod,
  ready,
  route,
  servedKinds,
  slice,
  values,
  wildcardSecret,
} from './healthy.ts';
import { withObjects } from './run.ts';

export const values3 = mergeValues(values, {
  mesh: { generation: 'v3', members: ['shop', 'billing'] },
  kafka: { consumerNamespaces: ['shop'] },
}) as Given;
/** What a row of these rows adds to them. */
export const existing = { mesh: { controlPlane: { create: false } } };
export const issuedBy = (issuer: object) => ({ gateway: { tls: { source: 'certManager', certManager: { issuer } } } });
export const fromRouter = { gateway: { tls: { source: 'clusterIngress' } } };

export const servedKinds3 = [
  ...servedKinds.filter(kind => !kind.startsWith('maistra.io/')),
  ...['sailoperator.io/v1/Istio', 'sailoperator.io/v1/IstioCNI', 'apiextensions.k8s.io/v1/CustomResourceDefinition'],
  ...['sailoperator.io/v1/IstioRevision', 'sailoperator.io/v1/IstioRevisionTag'],
  ...['cert-manager.io/v1/Certificate', 'cert-manager.io/v1/Issuer', 'cert-manager.io/v1/ClusterIssuer'],
  ...['networking.istio.io/v1alpha3/EnvoyFilter', 'operator.openshift.io/v1/IngressController'],
];

export const ingress = 'knative-serving-ingress';
export const gateway = 'knative-istio-ingressgateway';
export const istioReady = { ...ready('Ready', 'Reconciled', 'DependenciesHealthy'), state: 'Healthy' };
export const istio = (name: string, spec: object = {}, status: object = istioReady) =>
  object('sailoperator.io/v1/Istio', name, undefined, { spec: { namespace: 'istio-system', ...spec }, status });
export const cni = (spec: object = {}) =>
  object('sailoperator.io/v1/IstioCNI', 'default', undefined, {
    spec: { namespace: 'istio-cni', ...spec },
    status: istioReady,
  });
export const strict = (mode: string, name = 'default', metadata: object = {}) =>
  object('security.istio.io/v1beta1/PeerAuthentication', name, 'istio-system', { metadata, spec: { mtls: { mode } } });
/** The settings that NOTES lists, for an Istio of somebody else. */
export const settings = {
  meshConfig: { defaultConfig: { terminationDrainDuration: '1m' } },
  global: { proxy: { excludeInboundPorts: '8022, 8444,9090,15999' } },
};
export const existingMesh = [istio('default', { values: settings }), cni(), strict('STRICT')];
export const issuer = (kind: string, name: string, spec: object = {}, place?: string) =>
  object(`cert-manager.io/v1/${kind}`, name, place, { spec, status: ready() });
export const routerSecret = (name = 'router-certs-default') => wildcardSecret({}, 'openshift-ingress', name);
export const ingressController = (spec: object) =>
  object('operator.openshift.io/v1/IngressController', 'default', 'openshift-ingress-operator', { spec });

/** What the operator says that it knows. */
export const istioDefinition = (versions: readonly string[], served = true) =>
  object('apiextensions.k8s.io/v1/CustomResourceDefinition', 'istios.sailoperator.io', undefined, {
    spec: {
      versions: [
        {
          name: 'v1',
          served,
          schema: { openAPIV3Schema: { properties: { spec: { properties: { version: { enum: versions } } } } } },
        },
      ],
    },
  });

export async function beforeInstall3(): Promise<ClusterObject[]> {
  return [
    ...platform,
    namespace('billing'),
    namespace(ingress),
    csv('servicemeshoperator3.v3.3.1', 'openshift-operators'),
    istioDefinition(['v1.27-latest', 'v1.27.3', 'v1.26-latest']),
    await wildcardSecret({}, ingress),
    await routerSecret(),
    ingressController({}),
    issuer('ClusterIssuer', 'company'),
  ];
}

/** Values of healthy clusters, with what others have put there before. */
export const situations3: Readonly<Record<string, readonly [Given, readonly ClusterObject[]]>> = {
  'a mesh of our own': [{}, []],
  'an existing mesh': [existing, existingMesh],
  'an issuer of the company': [issuedBy({ name: 'company' }), []],
  'an issuer of our own': [{ gateway: { tls: { source: 'certManager' } } }, []],
  "the router's certificate": [fromRouter, []],
  'mutual TLS at the local gateway': [{ gateway: { local: { tls: 'mutual' } } }, []],
};

const statuses = {
  Istio: istioReady,
  IstioCNI: istioReady,
  Deployment: ready('Available'),
  Certificate: ready(),
  Issuer: ready(),
};
const labels = { knative: 'ingressgateway' };
export const gatewayPod = (image: string, name = `${gateway}-5d9c-x`) =>
  pod(gateway, ingress, [], {
    metadata: { name, labels, ownerReferences: [{ kind: 'ReplicaSet', name: `${gateway}-5d9c` }] },
    spec: { containers: [{ name: 'istio-proxy', image }] },
  });
/** Of a Knative Service, in the namespace of one gateway or the other. */
export const route3 = (place: string, fields: object = {}, admitted = 'True') => {
  const made = route({ to: { name: gateway }, ...fields }, admitted);
  return { ...made, metadata: { ...made.metadata, namespace: place } };
};

export async function afterInstall3(given: Given = values3): Promise<ClusterObject[]> {
  const injected = { 'istio-injection': 'enabled' };
  return withObjects(
    await beforeInstall3(),
    ...installed(given, statuses),
    namespace('shop', injected),
    namespace('billing', injected),
    gatewayPod('registry.redhat.io/openshift-service-mesh/istio-proxyv2-rhel9'),
    slice(gateway, ingress),
    slice('knative-local-gateway', ingress),
    route3(ingress),
  );
}
