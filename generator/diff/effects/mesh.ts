/** The control planes of both generations. */
import { controlPlane2, type EffectRow, istio, istioCni } from './row.ts';

const planes = [controlPlane2, istio];
const change = 'changed' as const;
const restartPods = 'pods in the mesh, those of Knative too, keep the former until they are restarted';
const proxyConfig = 'https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig';
const p34 = 'base document, section 1: to move to another mesh, uninstall and install again';

export const meshRows: readonly EffectRow[] = [
  {
    ...{ id: 'control-plane-removed', severity: 'unsupported', kinds: planes, change: 'removed' },
    what: () =>
      'its operator deletes istiod, and with Service Mesh 2 the ingress gateway: whatever is in the mesh loses both',
    source: p34,
  },
  {
    ...{ id: 'fixed-namespace', severity: 'refused', kinds: [istio, istioCni], change },
    field: /^spec\.namespace$/,
    what: () => 'spec.namespace cannot be changed: delete the object, and make it anew',
    source: 'github.com/istio-ecosystem/sail-operator chart/crds/sailoperator.io_istios.yaml, ..._istiocnis.yaml (CEL)',
  },
  {
    ...{ id: 'control-plane-added', severity: 'membership', kinds: planes, change: 'added' },
    what: () => 'a control plane starts; pods get its proxy when they are made after their namespace is a member',
    source: 'release notes, openshift-docs pull request 16551; maistra/istio-operator README',
  },
  {
    ...{ id: 'update-strategy', severity: 'membership', kinds: [istio], change },
    field: /^spec\.updateStrategy\./,
    what: () =>
      'revisions get other names: namespaces with the label of the former get no proxy until they are labelled anew',
    source: 'github.com/istio-ecosystem/sail-operator docs, Update Strategy',
  },
  {
    ...{ id: 'trust-domain', severity: 'identity', kinds: planes, change },
    field: /^spec\.(security\.trust\.|values\.meshConfig\.trustDomain)/,
    what: () =>
      'every identity in the mesh gets another name: restart all pods in it, and write AuthorizationPolicies anew',
    source: 'https://istio.io/latest/docs/tasks/security/authorization/authz-td-migration/',
  },
  {
    ...{ id: 'token-identity', severity: 'identity', kinds: [controlPlane2], change },
    field: /^spec\.security\.identity\./,
    what: () =>
      'proxies identify themselves by another kind of token: those that run get no new certificate until they are restarted',
    source: 'serverless-operator hack/lib/mesh.bash (ThirdParty on ROSA); maistra.io/v2 spec.security.identity',
  },
  {
    ...{ id: 'strict-mtls', severity: 'traffic', kinds: [controlPlane2], change },
    field: /^spec\.security\.dataPlane\.mtls$/,
    what: s =>
      s.leaves.some(l => l.after === true)
        ? 'strict mTLS: pods in the mesh refuse plain text from now on'
        : 'pods in the mesh accept plain text again, and send it',
    source: 'maistra/istio-operator resources/helm/v2.5/mesh-config/templates/enable-mesh-mtls.yaml',
  },
  {
    ...{ id: 'mesh-network-policies', severity: 'traffic', kinds: [controlPlane2], change },
    field: /^spec\.security\.manageNetworkPolicy$/,
    what: s =>
      s.leaves.some(l => l.after === false)
        ? 'the operator deletes the NetworkPolicies of the mesh: members are as open or as closed as your own leave them'
        : 'the operator creates NetworkPolicies: namespaces of the mesh admit only each other',
    source: 'maistra/istio-operator resources/helm/v2.5/mesh-config/templates/networkpolicy.yaml',
  },
  {
    ...{ id: 'control-plane-version', severity: 'restart', kinds: planes, change },
    field: /^spec\.version$/,
    what: s =>
      `upgrades istiod and restarts the ingress gateway${s.after?.kind === 'Istio' ? '' : ', one version at a time'}; ${restartPods}`,
    source:
      'maistra/istio-operator pkg/controller/servicemesh/webhooks/validation; sail-operator docs, Update Strategy',
  },
  {
    ...{ id: 'cni-version', severity: 'restart', kinds: [istioCni], change },
    field: /^spec\.version$/,
    what: () => 'restarts istio-cni-node on each node: pods that start there meanwhile wait',
    source: 'https://istio.io/latest/docs/setup/additional-setup/cni/',
  },
  {
    ...{ id: 'excluded-ports', severity: 'restart', kinds: planes, change },
    field:
      /^spec\.(proxy\.networking\.trafficControl\.inbound\.excludedPorts|values\.global\.proxy\.excludeInboundPorts)/,
    what: () => `ports that proxies leave alone are set when a pod starts: ${restartPods}`,
    source: 'base document 1.4.2, callout 4; https://istio.io/latest/docs/reference/config/annotations/',
  },
  {
    ...{ id: 'proxy-settings', severity: 'restart', kinds: planes, change },
    field: /^spec\.(techPreview\.meshConfig|values\.meshConfig)\.defaultConfig\./,
    what: () => `proxies read it when they start: ${restartPods}`,
    source: proxyConfig,
  },
  {
    ...{ id: 'cluster-domain', severity: 'restart', kinds: planes, change },
    field: /^spec\.(proxy\.networking\.clusterDomain|values\.global\.proxy\.clusterDomain)$/,
    what: () => `hosts inside the cluster get other names: ${restartPods}`,
    source: proxyConfig,
  },
];
