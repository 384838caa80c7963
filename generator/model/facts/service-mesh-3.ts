/**
 * Service Mesh 3: where the documentation (D: openshift-docs
 * modules/serverless-ossm-installing-and-configuring-openshift-service-mesh-3-x.adoc) and what the tests of the Serverless
 * operator install (E: serverless-operator hack/lib/mesh_v3_resources, hack/lib/serverless.bash) differ, or both lack
 * something: decided here, once. docs/differences.md shows the rows, and a test reads `ours` in the render.
 */
import {
  componentMetricsPort,
  gatewaySelector,
  gatewayTargetCpu,
  istioVersion,
  knativeGateway,
  metricsPort,
  waitForDrainPort,
} from './names.ts';

/**
 * Of AuthorizationPolicies, with both generations: Istio 1.20 of Service Mesh 2.6 and those of Service Mesh 3 serve it
 * (istio manifests/charts/base/crds/crd-all.gen.yaml at 1.20.8 and 1.28), so that a release keeps its policies when it
 * moves. Both have v1 as well, which older versions of Service Mesh 2 need not have.
 */
export const policyVersion = 'security.istio.io/v1beta1';

/** One decision. */
export interface Decision {
  /** Kind and namespace/name. */
  readonly object: string;
  /** Keys with dots, positions in brackets; `a.b/c` keys in brackets and quotes. Or `whole object`. */
  readonly path: string;
  /** In words: what the documentation has there. */
  readonly documentation: string;
  /** In words: what the tests of the operator have there. */
  readonly tests: string;
  /** YAML of what the chart renders there with its defaults; `none` for nothing. */
  readonly ours: string;
  /** One sentence. */
  readonly why: string;
}

const yaml = (map: object) => JSON.stringify(map);
const deployment = `Deployment knative-serving-ingress/${knativeGateway}`;
const pod = 'spec.template';

export const decisions: readonly Decision[] = [
  {
    object: 'Istio default',
    path: 'spec.version',
    documentation: 'v1.26-latest',
    tests: istioVersion,
    ours: istioVersion,
    why: 'It is what is tested, and every operator from 3.2 on has it.',
  },
  {
    object: 'Istio default',
    path: 'spec.values.global.proxy.excludeInboundPorts',
    documentation: 'nothing',
    tests: '8022,8444,9090',
    ours: `"${[metricsPort, waitForDrainPort, componentMetricsPort].join(',')}"`,
    why: 'Kubernetes and monitoring call these ports without a certificate of the mesh, so that strict mTLS would break draining and metrics.',
  },
  {
    object: 'Istio default',
    path: 'spec.updateStrategy',
    documentation: 'InPlace, with a grace period for old revisions',
    tests: 'the same',
    ours: '{type: InPlace}',
    why: 'In place, there are no old revisions to wait for.',
  },
  {
    object: 'PeerAuthentication knative-serving/autoscaler-permissive',
    path: 'spec.mtls.mode',
    documentation: 'nothing',
    tests: 'PERMISSIVE',
    ours: 'PERMISSIVE',
    why: 'An activator whose proxy is not ready yet could otherwise not report to the autoscaler, and never become ready.',
  },
  {
    object: 'EnvoyFilter istio-system/disable-stream-idle-timeout',
    path: 'whole object',
    documentation: 'nothing',
    tests: 'always',
    ours: 'none',
    why: 'It changes every proxy of the mesh, so it is asked for: gateway.disableStreamIdleTimeout.',
  },
  {
    object: deployment,
    path: `${pod}.metadata.labels.knative`,
    documentation: 'knative: ingressgateway',
    tests: 'that, and a label for each Gateway',
    ours: gatewaySelector.knative,
    why: 'One set of pods serves both Gateways, by the label that Service Mesh 2 has, too.',
  },
  {
    object: deployment,
    path: `${pod}.spec.serviceAccountName`,
    documentation: 'default',
    tests: 'default',
    ours: knativeGateway,
    why: 'What the gateway may read, other pods of the namespace need not.',
  },
  {
    object: 'Role knative-serving-ingress/istio-ingressgateway-sds',
    path: 'rules[0].verbs',
    documentation: 'get, watch, list',
    tests: 'the same',
    ours: '[list]',
    why: 'istiod reads the Secret itself, and only asks whether the gateway may list Secrets (istio pilot/pkg/credentials/kube/secrets.go).',
  },
  {
    object: `HorizontalPodAutoscaler knative-serving-ingress/${knativeGateway}`,
    path: 'spec',
    documentation: 'one pod, without resources',
    tests: 'the same',
    ours: yaml({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: knativeGateway },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: gatewayTargetCpu } },
        },
      ],
    }),
    why: 'With a single pod, requests from outside fail whenever it moves.',
  },
  {
    object: `Service knative-serving-ingress/${knativeGateway}`,
    path: 'metadata.labels.knative',
    documentation: 'no label',
    tests: 'no label',
    ours: gatewaySelector.knative,
    why: 'net-istio finds the gateway by it, and calls it before a Knative Service is called ready; without it, it does not look (net-istio pkg/reconciler/ingress/lister.go).',
  },
  {
    object: 'Gateway knative-serving/knative-local-gateway',
    path: 'spec.servers[0].port',
    documentation: '8081, HTTP',
    tests: '80, HTTP',
    ours: yaml({ number: 80, name: 'http', protocol: 'HTTP' }),
    why: 'It is what is tested; gateway.local.tls mutual has 8081 with mTLS, as Service Mesh 2.',
  },
  {
    object: 'NetworkPolicy knative-serving-ingress/knative-local-gateway',
    path: 'spec.podSelector.matchLabels',
    documentation: 'nothing',
    tests: 'nothing',
    ours: yaml(gatewaySelector),
    why: 'Without it, every pod of the cluster can call cluster-local URLs past the mTLS of the mesh.',
  },
  {
    object: 'KnativeServing knative-serving/knative-serving',
    path: 'metadata.annotations["serverless.openshift.io/disable-istio-net-policies-generation"]',
    documentation: '"true"',
    tests: '"true"',
    ours: '"true"',
    why: "Service Mesh 3 makes no NetworkPolicies, so that the operator's would isolate the namespace.",
  },
  {
    object: 'KnativeServing knative-serving/knative-serving',
    path: 'spec.config.istio["gateway.knative-serving.knative-ingress-gateway"]',
    documentation: 'istio-ingressgateway of the control plane, which does not exist',
    tests: `${knativeGateway}.knative-serving-ingress`,
    ours: `${knativeGateway}.knative-serving-ingress.svc.cluster.local`,
    why: 'The route leads to this Service.',
  },
  {
    object: 'KnativeServing knative-serving/knative-serving',
    path: 'spec.workloads[0].annotations',
    documentation: 'sidecar.istio.io/rewriteAppHTTPProbers: "true"',
    tests: 'no annotation',
    ours: yaml({ 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' }),
    why: 'It is the default of Istio, which a mesh may have changed.',
  },
];
