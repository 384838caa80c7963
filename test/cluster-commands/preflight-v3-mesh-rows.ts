import { csv, object } from './healthy.ts';
import { gateway, ingress, istioDefinition } from './healthy-v3.ts';
import { add, type Row, remove } from './rows.ts';
import { withObjects, without } from './run.ts';

const webhook = (group: string) =>
  object('admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration', 'left', undefined, {
    webhooks: [{ clientConfig: { service: { namespace: 'old', name: 'left' } }, rules: [{ apiGroups: [group] }] }],
  });
const dead = [
  'ValidatingWebhookConfiguration left asks Service old/left, behind which nothing answers; start what serves it; if it was uninstalled, oc delete validatingwebhookconfiguration left',
];
const otherGateway = (place: string, selector: object) =>
  object('networking.istio.io/v1beta1/Gateway', 'other', place, {
    spec: { selector, servers: [{ port: { number: 443 }, hosts: ['*'] }] },
  });
const conflict = (where: string) =>
  `Gateway ${where} of the same mesh already serves host * on port 443; narrow its hosts or gateway.hosts, or give Serverless a mesh of its own`;
const unknown = (known: string) =>
  `mesh.controlPlane.version is v1.28.3, which the installed Service Mesh operator does not know; write one of ${known}, or update the operator`;
export const meshRows3: readonly Row[] = [
  {
    name: 'an operator of Service Mesh 2 only',
    check: 'mesh-operator',
    spoil: all =>
      withObjects(
        without(all, 'ClusterServiceVersion', 'servicemeshoperator3.v3.3.1'),
        csv('servicemeshoperator.v2.6.11', 'openshift-operators'),
      ),
    want: [
      'no operator of OpenShift Service Mesh 3 is installed in openshift-operators; install OpenShift Service Mesh 3 (servicemeshoperator3) from OperatorHub first',
    ],
  },
  {
    name: 'an operator that failed, beside a good one of Service Mesh 2',
    check: 'mesh-operator',
    spoil: add(
      csv('servicemeshoperator3.v3.3.1', 'openshift-operators', 'Failed'),
      csv('servicemeshoperator.v2.6.11', 'openshift-operators'),
    ),
    want: [
      'servicemeshoperator3.v3.3.1 is Failed; wait, or see oc describe csv -n openshift-operators servicemeshoperator3.v3.3.1',
    ],
  },
  {
    name: 'a version that the operator does not know',
    check: 'istio-version',
    values: { mesh: { controlPlane: { version: 'v1.28.3' } } },
    want: [unknown('v1.27-latest, v1.26-latest')],
  },
  {
    name: 'an operator that names no newest versions',
    check: 'istio-version',
    values: { mesh: { controlPlane: { version: 'v1.28.3' } } },
    spoil: add(istioDefinition(['v1.27.1', 'v1.27.3'])),
    want: [unknown('v1.27.1, v1.27.3')],
  },
  {
    name: 'a definition that is served no more says nothing',
    check: 'istio-version',
    spoil: add(istioDefinition(['v1.20.0'], false)),
    want: [],
  },
  {
    name: 'a dead webhook for PeerAuthentications',
    check: 'webhooks',
    spoil: add(webhook('security.istio.io')),
    want: dead,
  },
  { name: 'a dead webhook of Service Mesh 2', check: 'webhooks', spoil: add(webhook('maistra.io')), want: [] },
  {
    name: 'a dead webhook of cert-manager, unused',
    check: 'webhooks',
    spoil: add(webhook('cert-manager.io')),
    want: [],
  },
  {
    name: 'a dead webhook of cert-manager',
    check: 'webhooks',
    values: { gateway: { tls: { source: 'certManager' } } },
    spoil: add(webhook('cert-manager.io')),
    want: dead,
  },
  {
    name: 'no namespace for the gateway',
    check: 'gateway-namespace',
    spoil: remove('Namespace', ingress),
    want: [
      'namespace knative-serving-ingress does not exist, which the operator of OpenShift Serverless makes; see whether that operator runs: oc get pods -n openshift-serverless',
    ],
  },
  {
    name: 'Gateways anywhere that select the gateway of Knative, by its label or by none',
    check: 'gateway-conflict',
    spoil: add(otherGateway('far', { knative: 'ingressgateway' }), otherGateway('istio-system', {})),
    want: [conflict('far/other'), conflict('istio-system/other')],
  },
  {
    name: 'Gateways of other pods, also in the mesh',
    check: 'gateway-conflict',
    spoil: add(
      otherGateway('shop', { istio: 'ingressgateway' }),
      otherGateway('istio-system', { knative: 'ingressgateway', istio: 'other' }),
    ),
    want: [],
  },
  {
    name: 'objects of somebody else that every mesh of the cluster could use',
    check: 'release-objects',
    spoil: add(
      object('sailoperator.io/v1/IstioCNI', 'default', undefined, {
        metadata: { managedFields: [{ manager: 'kubectl' }] },
        spec: { namespace: 'istio-cni' },
      }),
    ),
    want: [
      'IstioCNI default exists already, and belongs to kubectl; to use it as it is, set mesh.controlPlane.create to false; to adopt it: oc label istiocni.v1.sailoperator.io/default --overwrite app.kubernetes.io/managed-by=Helm && oc annotate istiocni.v1.sailoperator.io/default --overwrite meta.helm.sh/release-name=serverless-mesh meta.helm.sh/release-namespace=default kubectl.kubernetes.io/last-applied-configuration-; then install, with Helm 4 and --force-conflicts, or with Helm 3, which leaves the fields of what was there as they are, and so followed by helm get manifest serverless-mesh -n default | oc apply --server-side --force-conflicts --field-manager helm -f -',
    ],
  },
  {
    name: 'a Knative Serving of Service Mesh 2',
    check: 'other-knative',
    spoil: add(
      object('operator.knative.dev/v1beta1/KnativeServing', 'knative-serving', 'knative-serving', {
        spec: {
          config: {
            istio: {
              'gateway.knative-serving.knative-ingress-gateway': 'istio-ingressgateway.istio-system.svc.cluster.local',
            },
          },
        },
      }),
    ),
    want: [
      'Knative Serving belongs to the mesh of Service Mesh 2 in istio-system (spec.config.istio), and mesh.generation is v3; follow serverless-mesh migrate-plan, or set mesh.generation to v2',
    ],
  },
  {
    name: 'a Knative Serving of this mesh',
    check: 'other-knative',
    spoil: add(
      object('operator.knative.dev/v1beta1/KnativeServing', 'knative-serving', 'knative-serving', {
        spec: { config: { istio: { 'gateway.knative-serving.knative-ingress-gateway': `${gateway}.${ingress}.svc` } } },
      }),
    ),
    want: [],
  },
];
