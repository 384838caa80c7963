/** Preflight with Service Mesh 3: the control plane, ours or somebody else's. */
import type { ClusterObject } from '../support/cluster-answers.ts';
import { namespace, object } from './healthy.ts';
import { cni, existing, existingMesh, istio, settings, strict } from './healthy-v3.ts';
import { add, type Row, type Spoil } from './rows.ts';
import { withObjects } from './run.ts';

const title = 'Istio default: spec';
const tag = (name: string) => object('sailoperator.io/v1/IstioRevisionTag', name);
const byRevisions = { values: settings, updateStrategy: { type: 'RevisionBased' } };
const discovering = (...discoverySelectors: object[]) =>
  istio('default', { values: { ...settings, meshConfig: { ...settings.meshConfig, discoverySelectors } } });
const expression = (key: string, operator: string, ...values: string[]) => ({ key, operator, values });
const overlooked = (name: string) =>
  `Istio default does not see namespace ${name}, which none of its discoverySelectors selects; give namespace ${name} a label that spec.values.meshConfig.discoverySelectors names`;
const with3 =
  (...more: readonly ClusterObject[]): Spoil =>
  all =>
    withObjects(withObjects(all, ...existingMesh), ...more);

export const controlPlaneRows3: readonly Row[] = [
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
    name: 'an existing Istio without the trust domain of the values',
    check: 'control-plane',
    values: { mesh: { ...existing.mesh, trustDomain: 'mesh.example' } },
    spoil: with3(),
    want: [`${title}.values.meshConfig.trustDomain is not set; set it to mesh.example`],
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
    name: 'an existing Istio that sees some namespaces only',
    check: 'control-plane',
    values: existing,
    spoil: with3(
      discovering({ matchLabels: { mesh: 'yes' } }, { matchExpressions: [expression('team', 'In', 'a', 'b')] }),
      namespace('istio-system', { mesh: 'yes' }),
      namespace('knative-serving', { mesh: 'no' }),
      namespace('knative-eventing', { team: 'c' }),
      namespace('knative-serving-ingress', { team: 'a' }),
    ),
    want: ['knative-serving', 'knative-eventing', 'shop', 'billing'].map(overlooked),
  },
  {
    name: 'an existing Istio that sees all but some',
    check: 'control-plane',
    values: existing,
    spoil: with3(
      discovering({ matchExpressions: [expression('team', 'NotIn', 'c'), expression('hidden', 'DoesNotExist')] }),
      namespace('knative-serving', { team: 'c' }),
      namespace('shop', { hidden: '' }),
    ),
    want: ['knative-serving', 'shop'].map(overlooked),
  },
  {
    name: 'an existing Istio that sees all with some label',
    check: 'control-plane',
    values: existing,
    spoil: with3(discovering({ matchExpressions: [expression('mesh', 'Exists')] }, { matchLabels: {} })),
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
];
