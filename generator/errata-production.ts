/** What production needs of the ingress gateway, and the base document leaves to the defaults of the control plane. */
import type { Erratum } from './errata.ts';

const basic = 'ServiceMeshControlPlane istio-system/basic';
const runtime = 'spec.gateways.ingress.runtime';

export const productionErrata: readonly Erratum[] = [
  {
    id: 'D15',
    object: basic,
    path: `${runtime}.deployment.autoScaling`,
    document: 'none',
    ours: '{enabled: true, minReplicas: 2, maxReplicas: 5, targetCPUUtilizationPercentage: 80}',
    why: 'With a single pod, requests from outside fail whenever it moves; gateway.autoscaling changes the numbers.',
    source: 'https://docs.openshift.com/container-platform/4.11/service_mesh/v2x/ossm-performance-scalability.html',
  },
  {
    id: 'D15',
    object: basic,
    path: `${runtime}.container.resources`,
    document: 'none',
    ours: '{requests: {cpu: 100m, memory: 128Mi}, limits: {cpu: "2", memory: 1Gi}}',
    why: 'Autoscaling needs a CPU request, and a gateway without a limit can starve its node; gateway.resources changes them.',
    source: 'https://github.com/istio/istio/blob/master/manifests/charts/gateway/values.yaml',
  },
  {
    id: 'D15',
    object: basic,
    path: `${runtime}.pod.affinity.podAntiAffinity.preferredDuringScheduling`,
    document: 'none',
    ours: '[{key: knative, operator: In, values: [ingressgateway], topologyKey: kubernetes.io/hostname}]',
    why: 'Two pods on one node are lost together.',
    source: 'https://docs.openshift.com/container-platform/4.11/service_mesh/v2x/ossm-reference-smcp.html',
  },
  {
    id: 'D15',
    object: 'PodDisruptionBudget istio-system/knative-istio-ingressgateway',
    path: 'whole object',
    document: 'none',
    ours: 'when nodes are drained, the pods of the ingress gateway move one after the other',
    why: 'An update of the cluster drains several nodes at a time.',
    source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  },
  {
    id: 'D16',
    object: 'Secret istio-system/wildcard-certs',
    path: 'metadata.labels',
    document: 'none',
    ours: '{networking.internal.knative.dev/certificate-uid: serverless-mesh}',
    why: 'With secret filtering, Knative sees no other Secret, as where a domain mapping names this one.',
    source:
      'https://github.com/openshift/openshift-docs/blob/serverless-docs-1.37/modules/serverless-ossm-secret-filtering-net-istio.adoc',
  },
];
