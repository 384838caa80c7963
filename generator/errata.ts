/**
 * Where the chart, rendered for release v1.31, differs from the base document on purpose: "Integrating Service Mesh
 * with OpenShift Serverless", chapter 1, Serverless 1.31. docs/differences.md shows the list, and test/base-document/ holds it
 * against every object of the document: a difference that is not listed fails, and so does one that does not occur.
 */

import { jobsErrata } from './errata-jobs.ts';
import { productionErrata } from './errata-production.ts';

/** One difference. E: an error of the document. D: a decision. A row sees what the rows above it have changed. */
export interface Erratum {
  readonly id: string;
  /** Kind and namespace/name with the document's own placeholders; several with commas; or `every object`. */
  readonly object: string;
  /** A field; `a -> b` where it moves; or `whole object` where the document has none. */
  readonly path: string;
  /** YAML of what stands there: `none` for nothing, `...` for whatever it is, a map for exactly these fields. */
  readonly document: string;
  readonly ours: string;
  /** One sentence. */
  readonly why: string;
  /** Public URL, or section of the document. */
  readonly source: string;
}

const serverless = 'https://github.com/openshift-knative/serverless-operator/blob/main';
const serving = 'KnativeServing knative-serving/knative-serving';
const eventing = 'KnativeEventing knative-eventing/knative-eventing';
const kafka = 'KnativeKafka knative-eventing/knative-kafka';
const kafkaCluster = 'ServiceEntry knative-eventing/kafka-cluster';
const gateways = 'Gateway knative-serving/knative-ingress-gateway, Gateway knative-serving/knative-local-gateway';
const example = 'Service <namespace>/<service_name>';

const uniquePortNames = {
  why: 'An earlier port of the list has that name, and Istio refuses a ServiceEntry with one port name twice.',
  source: 'https://github.com/istio/istio/blob/1.20.8/pkg/config/validation/validation.go#L2955',
};
const injectLabel = {
  document: '{sidecar.istio.io/inject: "true"}',
  ours: '{sidecar.istio.io/inject: "true"}',
  why: 'Later webhooks select pods by the label only, and Service Mesh 2.2, the oldest allowed, knows it already.',
  source: 'https://github.com/knative-extensions/net-istio/pull/1369',
};
const helmTest = { document: 'none', source: 'https://helm.sh/docs/topics/chart_tests/' };

export const errata: readonly Erratum[] = [
  {
    id: 'E1',
    object: kafka,
    path: 'spec.broker.sink -> spec.sink',
    document: '{enabled: true}',
    ours: '{enabled: true}',
    why: 'The API has no spec.broker.sink: the API server drops the field, and KafkaSink is never installed.',
    source: `${serverless}/olm-catalog/serverless-operator/manifests/operator_v1alpha1_knativekafka_crd.yaml`,
  },
  {
    id: 'E2',
    object: kafkaCluster,
    path: 'spec.ports[number=9095].name',
    document: 'tcp-sasl-tls',
    ours: 'tcp-sasl-plain',
    ...uniquePortNames,
  },
  {
    id: 'E2',
    object: kafkaCluster,
    path: 'spec.ports[number=9096].name',
    document: 'tcp-tls',
    ours: 'tcp-tls-noauth',
    ...uniquePortNames,
  },
  {
    id: 'E3',
    object: 'file wildcard.crt',
    path: 'subjectAltName',
    document: 'none',
    ours: 'DNS:*.apps.openshift.example.com',
    why: 'Browsers, Go programs and others read no host names from the common name, and refuse the certificate.',
    source: 'https://go.dev/doc/go1.15#commonname',
  },
  {
    id: 'E4',
    object: 'NetworkPolicy knative-serving/allow-from-openshift-monitoring-ns',
    path: 'spec.ingress[0].from[0].namespaceSelector.matchLabels',
    document: '{name: openshift-monitoring}',
    ours: '{kubernetes.io/metadata.name: openshift-monitoring}',
    why: 'Kubernetes sets this label on every namespace, and the operator selects by it; the other may be missing.',
    source: `${serverless}/pkg/istio/eventingistio/istio.go`,
  },
  {
    id: 'D1',
    object: serving,
    path: 'spec.deployments -> spec.workloads',
    document: '...',
    ours: '...',
    why: 'The operator has deprecated deployments, and the document itself uses workloads for Eventing and Kafka.',
    source: 'https://github.com/knative/operator/blob/main/pkg/apis/operator/base/common.go',
  },
  {
    id: 'E8',
    object: `${serving}, ${eventing}, ${kafka}`,
    path: 'spec.workloads[*].annotations -> spec.workloads[*].labels',
    ...injectLabel,
  },
  {
    id: 'E8',
    object: example,
    path: 'spec.template.metadata.annotations -> spec.template.metadata.labels',
    ...injectLabel,
  },
  {
    id: 'D2',
    object: `${gateways}, ${kafkaCluster}`,
    path: 'apiVersion',
    document: 'networking.istio.io/v1alpha3',
    ours: 'networking.istio.io/v1beta1',
    why: 'It is the newest version of this API that Service Mesh 2 serves, and Service Mesh 3 serves it too.',
    source: 'https://github.com/istio/istio/blob/1.20.8/manifests/charts/base/crds/crd-all.gen.yaml',
  },
  {
    id: 'D3',
    object: serving,
    path: 'metadata.namespace',
    document: 'none',
    ours: 'knative-serving',
    why: 'The example of section 1.5 has no namespace, but the operator accepts it in knative-serving only.',
    source: 'section 1.4.3, step 1',
  },
  {
    id: 'D4',
    object: 'DestinationRule knative-eventing/<bootstrap_servers_without_port>',
    path: 'whole object',
    document: 'none',
    ours: 'no mTLS to this host; only for hosts that end in the cluster domain',
    why: 'The control plane demands mTLS to all hosts of the cluster domain, but a Kafka broker has no sidecar.',
    source:
      'https://github.com/maistra/istio-operator/blob/08c043ffe11805c4f2353e9781e8b8349031b2be/resources/helm/v2.5/mesh-config/templates/enable-mesh-mtls.yaml',
  },
  {
    id: 'D5',
    object: 'Namespace istio-system',
    path: 'whole object',
    document: 'none',
    ours: 'created where it does not exist, kept on uninstall',
    why: 'The document expects the namespace of the control plane to exist; namespaces.create false leaves it out.',
    source: 'section 1.4.2, step 1',
  },
  {
    id: 'D6',
    object: 'every object',
    path: 'metadata.labels',
    document: 'none',
    ours: '{app.kubernetes.io/name: <chart>, app.kubernetes.io/instance: <release>, app.kubernetes.io/version: "<app version>", app.kubernetes.io/managed-by: Helm, helm.sh/chart: <chart>-<version>}',
    why: 'The labels that Helm recommends, by which one finds the objects of a release.',
    source: 'https://helm.sh/docs/chart_best_practices/labels/',
  },
  {
    id: 'D7',
    object: example,
    path: 'metadata.annotations',
    ours: '{helm.sh/hook: test, helm.sh/hook-weight: "1", helm.sh/hook-delete-policy: "before-hook-creation,hook-succeeded"}',
    why: 'The example is not installed: helm test creates it, and removes it once it has answered.',
    ...helmTest,
  },
  {
    id: 'D8',
    object: example,
    path: 'spec.template.spec.containers[0]',
    ours: '{ports: [{containerPort: 8080}], resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 128Mi}}, volumeMounts: [{name: page, mountPath: /var/www/html, readOnly: true}]}',
    why: 'The image is a web server, so that no image of yours is needed; these are its port, limits and page.',
    ...helmTest,
  },
  {
    id: 'D8',
    object: example,
    path: 'spec.template.spec',
    ours: '{volumes: [{name: page, configMap: {name: <service_name>, items: [{key: index.html, path: index.html}]}}]}',
    why: 'The page that the web server shows, and that helm test expects.',
    ...helmTest,
  },
  {
    id: 'D9',
    object: 'Job <namespace>/<service_name>',
    path: 'whole object',
    document: 'none',
    ours: 'calls the example over its URL, and checks the page',
    why: 'It does what the document does by hand with curl.',
    source: 'section 1.4.4, step 3',
  },
  {
    id: 'D9',
    object: 'ConfigMap <namespace>/<service_name>',
    path: 'whole object',
    document: 'none',
    ours: 'the page of the example, and the CA that the Job trusts',
    why: 'The Job mounts both; whoever follows the document has root.crt in the current folder.',
    source: 'section 1.4.4, step 3',
  },
  {
    id: 'D10',
    object: 'file wildcard.crt',
    path: 'serialNumber',
    document: '0',
    ours: 'random',
    why: 'A serial number must be positive, and no two certificates of a CA may share one, as renewed ones would.',
    source: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.2',
  },
  {
    id: 'D11',
    object: 'file root.crt',
    path: 'subject.CN',
    document: 'example.com',
    ours: 'openshift.example.com',
    why: 'A name and nothing more: it follows from the domain of the routes, the only one that the command knows.',
    source: 'section 1.3, step 1',
  },
  ...productionErrata,
  ...jobsErrata,
];
