/** Verify with Service Mesh 3: the mesh. */
import { csv, namespace } from './healthy.ts';
import { istio, strict } from './healthy-v3.ts';
import { add, change, type Row, remove } from './rows.ts';

const upgrade = 'run helm upgrade with these values';
const named = { mesh: { controlPlane: { name: 'apps' } } };
const unlabelled = (member: string, label: string, others = '') =>
  `namespace ${member} is not labelled ${label}, so that Istio injects no pod for it; oc label namespace ${member} --overwrite ${label}${others}, and start its pods again`;

export const meshRows3: readonly Row[] = [
  {
    name: 'an operator that fails',
    check: 'mesh-operator',
    spoil: add(csv('servicemeshoperator3.v3.3.1', 'openshift-operators', 'Failed')),
    want: [
      'servicemeshoperator3.v3.3.1 is Failed; wait, or see oc describe csv -n openshift-operators servicemeshoperator3.v3.3.1',
    ],
  },
  {
    name: 'no Istio',
    check: 'control-plane',
    spoil: remove('Istio'),
    want: [`Istio default does not exist; ${upgrade}`],
  },
  {
    name: 'an Istio that is not Ready, and lost its ports',
    check: 'control-plane',
    spoil: change('Istio', 'default', o => {
      o.status = {
        state: 'IstiodNotReady',
        conditions: [{ type: 'Ready', status: 'False', reason: 'IstiodNotReady' }],
      };
      o.spec.values.global.proxy.excludeInboundPorts = '8022';
    }),
    want: [
      'Istio default is not Ready: Ready IstiodNotReady; wait, or see oc describe istio default',
      'Istio default: spec.values.global.proxy.excludeInboundPorts lacks 8444, 9090; add 8444 and 9090 to the list',
    ],
  },
  {
    name: 'an Istio that is Ready, but not what it depends on',
    check: 'control-plane',
    spoil: change('Istio', 'default', o => {
      o.status = {
        state: 'IstioCNINotFound',
        conditions: [
          { type: 'Ready', status: 'True' },
          { type: 'DependenciesHealthy', status: 'False', reason: 'IstioCNINotFound' },
        ],
      };
    }),
    want: [
      'Istio default is not DependenciesHealthy: DependenciesHealthy IstioCNINotFound; wait, or see oc describe istio default',
    ],
  },
  {
    name: 'an Istio in another state',
    check: 'control-plane',
    spoil: change('Istio', 'default', o => {
      o.status.state = 'RemediationNeeded';
    }),
    want: ['Istio default is in state RemediationNeeded; see oc describe istio default'],
  },
  {
    name: 'an existing Istio that is gone',
    check: 'control-plane',
    values: { mesh: { controlPlane: { create: false } } },
    want: ['Istio default does not exist; correct mesh.controlPlane.name'],
  },
  {
    name: 'an existing Istio, which is updated by revisions',
    check: 'control-plane',
    values: { mesh: { controlPlane: { create: false } } },
    spoil: add(
      istio('default', {
        updateStrategy: { type: 'RevisionBased' },
        values: {
          meshConfig: { defaultConfig: { terminationDrainDuration: '35s' } },
          global: { proxy: { excludeInboundPorts: '8022,8444,9090' } },
        },
      }),
    ),
    want: [
      'Istio default is updated by revisions (spec.updateStrategy), so that the labels of the chart inject nothing; make an IstioRevisionTag default for it, or set spec.updateStrategy.type to InPlace',
    ],
  },
  {
    name: 'a CNI plugin that is not Ready',
    check: 'istio-cni',
    spoil: change('IstioCNI', 'default', o => {
      o.status = {};
    }),
    want: ['IstioCNI default is not Ready: it has no status yet; wait, or see oc describe istiocni default'],
  },
  {
    name: 'no CNI plugin of somebody else',
    check: 'istio-cni',
    values: { mesh: { controlPlane: { create: false } } },
    spoil: add(strict('STRICT')),
    want: ['IstioCNI default does not exist; make one, or ask the owner of the mesh'],
  },
  {
    name: 'no PeerAuthentication',
    check: 'strict-mtls',
    spoil: remove('PeerAuthentication', 'mesh-mtls'),
    want: [`no PeerAuthentication of istio-system asks for STRICT in the whole mesh; ${upgrade}`],
  },
  {
    name: 'a PeerAuthentication that takes plain text',
    check: 'strict-mtls',
    spoil: change('PeerAuthentication', 'mesh-mtls', o => {
      o.spec.mtls.mode = 'PERMISSIVE';
    }),
    want: [
      'no PeerAuthentication of istio-system asks for STRICT in the whole mesh (mesh-mtls is PERMISSIVE); set spec.mtls.mode of mesh-mtls to STRICT',
    ],
  },
  {
    name: 'members without the label, with it off, or gone',
    check: 'member-labels',
    values: { mesh: { members: ['shop', 'billing', 'gone'] } },
    spoil: add(namespace('shop'), namespace('billing', { 'istio-injection': 'disabled', 'istio.io/rev': 'default' })),
    want: [
      unlabelled('shop', 'istio-injection=enabled'),
      unlabelled('billing', 'istio-injection=enabled'),
      `namespace gone of mesh.members does not exist; oc create namespace gone, then ${upgrade}`,
    ],
  },
  {
    name: 'members of an Istio of another name: the label of the default one takes them away',
    check: 'member-labels',
    values: named,
    spoil: add(
      namespace('shop', { 'istio.io/rev': 'apps', 'istio-injection': 'enabled' }),
      namespace('billing', { 'istio.io/rev': 'apps' }),
    ),
    want: [unlabelled('shop', 'istio.io/rev=apps', ' istio-injection-')],
  },
];
