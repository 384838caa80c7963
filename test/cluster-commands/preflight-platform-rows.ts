/** Preflight: the cluster, its operators, and what the user brings. */
import { certificates } from './fake.ts';
import { csv, object, wildcardSecret } from './healthy.ts';
import { add, type Row, remove } from './rows.ts';
import { withObjects, without } from './run.ts';

const webhook = (failurePolicy: string) =>
  object('admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration', 'istiod-old', undefined, {
    webhooks: [
      {
        failurePolicy,
        clientConfig: { service: { namespace: 'old-mesh', name: 'istiod' } },
        rules: [{ apiGroups: ['networking.istio.io'] }],
      },
    ],
  });
const slice = (ready: boolean) =>
  object('discovery.k8s.io/v1/EndpointSlice', 'istiod-1', 'old-mesh', {
    metadata: { labels: { 'kubernetes.io/service-name': 'istiod' } },
    endpoints: [{ conditions: { ready } }],
  });
const deadHook =
  'ValidatingWebhookConfiguration istiod-old asks Service old-mesh/istiod, behind which nothing answers; start what serves it; if it was uninstalled, oc delete validatingwebhookconfiguration istiod-old';

const onOpenShift = (version: string) =>
  add(object('config.openshift.io/v1/ClusterVersion', 'version', undefined, { status: { desired: { version } } }));

export const platformRows: readonly Row[] = [
  {
    name: 'an API server that is too old',
    check: 'kubernetes',
    version: '1.23',
    want: ['the API server is v1.23.0, and the chart needs 1.24.0 or later; upgrade the cluster'],
  },
  {
    name: 'an OpenShift that the release does not support',
    check: 'openshift',
    spoil: onOpenShift('4.13.1'),
    want: [
      'Serverless v1.37 is for OpenShift 4.14 to 4.22, and this is 4.13; set serverless.release to v1.31 or v1.32 or v1.33 or v1.34, and install that release',
    ],
  },
  {
    name: 'an OpenShift that no release supports',
    check: 'openshift',
    spoil: onOpenShift('4.99.0'),
    want: [
      'Serverless v1.37 is for OpenShift 4.14 to 4.22, and this is 4.99; no release that the chart knows is for it',
    ],
  },
  {
    name: 'no operator of Serverless',
    check: 'serverless-operator',
    spoil: remove('ClusterServiceVersion', 'serverless-operator.v1.37.2'),
    want: [
      'no operator of OpenShift Serverless is installed in openshift-serverless; install OpenShift Serverless from OperatorHub first',
    ],
  },
  {
    name: 'an operator of another release',
    check: 'serverless-operator',
    values: { serverless: { release: 'v1.36' } },
    want: [
      'serverless.release is v1.36, but serverless-operator.v1.37.2 is installed; set serverless.release to v1.37',
    ],
  },
  {
    name: 'an operator that failed',
    check: 'serverless-operator',
    spoil: add(csv('serverless-operator.v1.37.2', 'openshift-serverless', 'Failed')),
    want: [
      'serverless-operator.v1.37.2 is Failed; wait, or see oc describe csv -n openshift-serverless serverless-operator.v1.37.2',
    ],
  },
  {
    name: 'while OLM replaces it within the release, the one that works counts',
    check: 'serverless-operator',
    spoil: add(csv('serverless-operator.v1.37.3', 'openshift-serverless', 'Installing')),
    want: [],
  },
  {
    name: 'an upgrade to another release is under way',
    check: 'serverless-operator',
    spoil: add(
      object('operators.coreos.com/v1alpha1/Subscription', 'serverless-operator', 'openshift-serverless', {
        status: { installedCSV: 'serverless-operator.v1.37.2', currentCSV: 'serverless-operator.v1.38.0' },
      }),
    ),
    want: [
      'Subscription serverless-operator is about to install serverless-operator.v1.38.0, but serverless.release is v1.37; approve only what fits, or set serverless.release to v1.38 once it is installed',
    ],
  },
  {
    name: 'no operator of Service Mesh 2, but one of Service Mesh 3',
    check: 'mesh-operator',
    spoil: all =>
      withObjects(
        remove('ClusterServiceVersion', 'servicemeshoperator.v2.6.11')(all),
        csv('servicemeshoperator3.v3.3.1', 'openshift-operators'),
      ),
    want: [
      'no operator of OpenShift Service Mesh 2 is installed in openshift-operators; install OpenShift Service Mesh 2 (servicemeshoperator) from OperatorHub first',
    ],
  },
  {
    name: 'an operator older than the control plane',
    check: 'mesh-operator',
    spoil: all =>
      withObjects(
        remove('ClusterServiceVersion', 'servicemeshoperator.v2.6.11')(all),
        csv('servicemeshoperator.v2.4.0', 'openshift-operators'),
      ),
    values: { mesh: { controlPlane: { version: 'v2.6' } } },
    want: [
      'mesh.controlPlane.version is v2.6, which servicemeshoperator.v2.4.0 does not know yet; upgrade the operator, or set mesh.controlPlane.version to v2.4',
    ],
  },
  { name: 'a webhook behind which nothing is', check: 'webhooks', spoil: add(webhook('Fail')), want: [deadHook] },
  {
    name: 'a webhook whose only endpoint is not ready',
    check: 'webhooks',
    spoil: add(webhook('Fail'), slice(false)),
    want: [deadHook],
  },
  { name: 'a webhook that answers', check: 'webhooks', spoil: add(webhook('Fail'), slice(true)), want: [] },
  { name: 'a webhook that fails open', check: 'webhooks', spoil: add(webhook('Ignore')), want: [] },
  {
    name: 'another domain',
    check: 'apps-domain',
    values: { cluster: { appsDomain: 'apps.example.com' } },
    want: [
      'cluster.appsDomain is apps.example.com, and the cluster has cluster.test; set cluster.appsDomain to cluster.test, or check that this is the cluster you mean',
    ],
  },
  {
    name: 'no Secret',
    check: 'certificate',
    spoil: remove('Secret'),
    want: [
      'Secret istio-system/wildcard-certs does not exist, so the ingress gateway has no certificate; oc create secret tls wildcard-certs -n istio-system --cert=wildcard.crt --key=wildcard.key',
    ],
  },
  {
    name: 'no Secret, and no namespace either',
    check: 'certificate',
    spoil: all => without(without(all, 'Secret'), 'Namespace', 'istio-system'),
    want: [
      'Secret istio-system/wildcard-certs does not exist, so the ingress gateway has no certificate; oc create namespace istio-system && oc create secret tls wildcard-certs -n istio-system --cert=wildcard.crt --key=wildcard.key',
    ],
  },
  {
    name: 'a Secret of another type, whose chain is in the wrong order',
    check: 'certificate',
    spoil: async all => {
      const { root, wildcard } = await certificates();
      return withObjects(all, await wildcardSecret({ type: 'Opaque', crt: root.certificate + wildcard.certificate }));
    },
    want: [
      'Secret istio-system/wildcard-certs is of type Opaque, and must be kubernetes.io/tls; create the Secret again with oc create secret tls, from a certificate in PEM and its key',
      'certificate 2 in tls.crt of Secret istio-system/wildcard-certs is the one of the key, and does not stand first; put the certificate of the server first in tls.crt of Secret istio-system/wildcard-certs, then each with the one that issued it',
    ],
  },
  {
    name: 'a Secret with the root in place of the certificate',
    check: 'certificate',
    spoil: async all => withObjects(all, await wildcardSecret({ crt: (await certificates()).root.certificate })),
    want: [
      'the key in tls.key of Secret istio-system/wildcard-certs is not that of its certificate; create the Secret again with oc create secret tls, from a certificate in PEM and its key',
      'the certificate in tls.crt of Secret istio-system/wildcard-certs has no subject alternative name *.cluster.test, nor any other; it has only the common name cluster.test, which clients have stopped reading; get one that has, for example from serverless-mesh certificates --apps-domain cluster.test',
    ],
  },
  {
    name: 'a Secret without a certificate',
    check: 'certificate',
    spoil: async all => withObjects(all, await wildcardSecret({ crt: 'nonsense' })),
    want: [
      'tls.crt of Secret istio-system/wildcard-certs holds no certificate in PEM; write the certificate in PEM, which begins with -----BEGIN CERTIFICATE-----',
    ],
  },
  {
    name: 'a bootstrap server whose Service is absent',
    check: 'kafka',
    spoil: remove('Service', 'my-cluster-kafka-bootstrap'),
    want: [
      'my-cluster-kafka-bootstrap.kafka:9092: there is no Service kafka/my-cluster-kafka-bootstrap; correct kafka.bootstrapServers, or install Kafka',
    ],
  },
  {
    name: 'a bootstrap server whose Service has another port',
    check: 'kafka',
    values: { kafka: { bootstrapServers: ['my-cluster-kafka-bootstrap.kafka.svc.cluster.local:9093'] } },
    want: [
      'my-cluster-kafka-bootstrap.kafka.svc.cluster.local:9093: Service kafka/my-cluster-kafka-bootstrap has no port 9093; write one of its ports in kafka.bootstrapServers',
    ],
  },
  {
    name: 'a bootstrap server outside',
    check: 'kafka',
    values: { kafka: { bootstrapServers: ['kafka.example.com:9092'] } },
    want: [],
  },
  {
    name: 'an Issuer that is not where the gateway of Service Mesh 2 is',
    check: 'issuer',
    values: {
      gateway: { tls: { source: 'certManager', certManager: { issuer: { kind: 'Issuer', name: 'company' } } } },
    },
    spoil: add(object('cert-manager.io/v1/Issuer', 'company', 'knative-serving-ingress')),
    want: [
      'Issuer istio-system/company does not exist; create it first, or name another one in gateway.tls.certManager.issuer',
    ],
  },
  {
    name: 'a router without its Secret',
    check: 'router-certificate',
    values: { gateway: { tls: { source: 'clusterIngress' } } },
    spoil: add(object('operator.openshift.io/v1/IngressController', 'default', 'openshift-ingress-operator')),
    want: [
      'Secret openshift-ingress/router-certs-default does not exist, so there is no certificate to copy; correct gateway.tls.clusterIngress.secretName',
    ],
  },
];
