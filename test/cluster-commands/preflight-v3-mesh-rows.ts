/** Preflight with Service Mesh 3: the operator, the control plane, and Gateways that are there. */
import type { ClusterObject } from '../support/cluster-answers.ts';
import { csv, object } from './healthy.ts';
import {
  cni,
  existing,
  existingMesh,
  gateway,
  ingress,
  istio,
  istioDefinition,
  settings,
  strict,
} from './healthy-v3.ts';
import { add, type Row, remove, type Spoil } from './rows.ts';
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
const title = 'Istio default: spec';
const tag = (name: string) => object('sailoperator.io/v1/IstioRevisionTag', name);
const byRevisions = { values: settings, updateStrategy: { type: 'RevisionBased' } };
const with3 =
  (...more: readonly ClusterObject[]): Spoil =>
  all =>
    withObjects(withObjects(all, ...existingMesh), ...more);

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
    name: 'another Istio in the same namespace',
    check: 'control-plane',
    spoil: add(istio('theirs'), istio('far', { namespace: 'far-mesh' })),
    want: [
      'Istio theirs has its control plane in istio-system already; set mesh.controlPlane.create to false and mesh.controlPlane.name to theirs, or choose another mesh.namespace',
    ],
  },
  {
    name: 'an Istio and a CNI plugin of the same name, in other namespaces',
    check: 'control-plane',
    spoil: add(istio('default', { namespace: 'mesh' }), cni({ namespace: 'kube-system' })),
    want: [
      'Istio default has spec.namespace mesh, which cannot be changed to istio-system; set mesh.namespace to mesh, or give mesh.controlPlane.name another name',
      'IstioCNI default has spec.namespace kube-system, which cannot be changed to istio-cni; set mesh.controlPlane.create to false to use what is there',
    ],
  },
  {
    name: 'an existing mesh with more than enough',
    check: 'control-plane',
    values: existing,
    spoil: with3(),
    want: [],
  },
  {
    name: 'an existing Istio that does not exist',
    check: 'control-plane',
    values: existing,
    want: [
      'mesh.controlPlane.create is false, but the cluster has no Istio default; name the existing one in mesh.controlPlane.name, or set mesh.controlPlane.create to true',
    ],
  },
  {
    name: 'an existing Istio of another name',
    check: 'control-plane',
    values: existing,
    spoil: add(istio('theirs')),
    want: [
      'mesh.controlPlane.create is false, but the cluster has no Istio default (it has theirs); name the existing one in mesh.controlPlane.name, or set mesh.controlPlane.create to true',
    ],
  },
  {
    name: 'an existing Istio with nothing set, in another namespace',
    check: 'control-plane',
    values: existing,
    spoil: with3(istio('default', { namespace: 'mesh' })),
    want: [
      'Istio default has its control plane in mesh, and mesh.namespace is istio-system; set mesh.namespace to mesh, or name another one in mesh.controlPlane.name',
      `${title}.values.meshConfig.defaultConfig.terminationDrainDuration is not set; set it to 35s`,
      `${title}.values.global.proxy.excludeInboundPorts lacks 8444, 8022, 9090; add 8444 and 8022 and 9090 to the list`,
    ],
  },
  {
    name: 'an existing Istio with another DNS domain, that drains too early and excludes every port',
    check: 'control-plane',
    values: existing,
    spoil: with3(
      istio('default', {
        values: {
          meshConfig: { defaultConfig: { terminationDrainDuration: '5s' } },
          global: { proxy: { excludeInboundPorts: '*', clusterDomain: 'cluster.example' } },
        },
      }),
    ),
    want: [
      `${title}.values.meshConfig.defaultConfig.terminationDrainDuration is 5s; set it to 35s`,
      `${title}.values.global.proxy.clusterDomain is cluster.example; set it to cluster.local`,
    ],
  },
  {
    name: 'an existing Istio that is not Ready',
    check: 'control-plane',
    values: existing,
    spoil: with3(
      istio(
        'default',
        { values: settings },
        { conditions: [{ type: 'Ready', status: 'False', reason: 'IstiodNotReady' }] },
      ),
    ),
    want: ['Istio default is not Ready: Ready IstiodNotReady; wait, or see oc describe istio default'],
  },
  {
    name: 'an existing Istio that is updated by revisions',
    check: 'control-plane',
    values: existing,
    spoil: with3(istio('default', byRevisions)),
    want: [
      'Istio default is updated by revisions (spec.updateStrategy), so that the labels of the chart inject nothing; make an IstioRevisionTag default for it, or set spec.updateStrategy.type to InPlace',
    ],
  },
  {
    name: 'an existing Istio that is updated by revisions, with a tag',
    check: 'control-plane',
    values: existing,
    spoil: with3(istio('default', byRevisions), tag('default')),
    want: [],
  },
  {
    name: 'no CNI plugin beside an existing Istio',
    check: 'istio-cni',
    values: existing,
    want: ['IstioCNI default does not exist; make one, or ask the owner of the mesh'],
  },
  {
    name: 'an existing mesh that takes plain text',
    check: 'strict-mtls',
    values: existing,
    want: [
      'no PeerAuthentication of istio-system asks for STRICT in the whole mesh; make one in istio-system with spec.mtls.mode STRICT',
    ],
  },
  {
    name: 'an existing mesh whose oldest PeerAuthentication takes plain text, though a younger does not',
    check: 'strict-mtls',
    values: existing,
    spoil: with3(
      strict('STRICT', 'default', { creationTimestamp: '2026-02-01T00:00:00Z' }),
      strict('PERMISSIVE', 'old', { creationTimestamp: '2026-01-01T00:00:00Z' }),
    ),
    want: [
      'the oldest PeerAuthentication of istio-system for the whole mesh is not STRICT, and the others do not count (old is PERMISSIVE, default is STRICT); set spec.mtls.mode of old to STRICT',
    ],
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
      'IstioCNI default exists already, and belongs to kubectl; to use it as it is, set mesh.controlPlane.create to false; to adopt it: oc label istiocni.v1.sailoperator.io/default --overwrite app.kubernetes.io/managed-by=Helm && oc annotate istiocni.v1.sailoperator.io/default --overwrite meta.helm.sh/release-name=serverless-mesh meta.helm.sh/release-namespace=default',
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
