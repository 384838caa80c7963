/** What lets the mesh refuse plain text. */
import { at, nameOf, textAt } from '../cluster/fields.ts';
import type { Check } from './check.ts';
import { isV3, meshNamespace, planned } from './plan.ts';
import { installAgain } from './ready.ts';

/** With Service Mesh 2, this is what `mtls: true` of the control plane is made of. */
export const strictMtls: Check = {
  id: 'strict-mtls',
  title: 'the mesh takes no plain text: PeerAuthentication STRICT',
  looksAt: 'PeerAuthentications in mesh.namespace',
  source:
    'github.com/maistra/istio-operator resources/helm/v2.5/mesh-config/templates/enable-mesh-mtls.yaml; openshift-docs modules/serverless-ossm-installing-and-configuring-openshift-service-mesh-3-x.adoc; istio pilot/pkg/model/authentication.go (the oldest one counts)',
  settles: true,
  concerns: ({ values }) => values.serving.ingress === 'istio',
  run: async function* (cluster, plan) {
    const namespace = meshNamespace(plan);
    const all = await cluster.list('security.istio.io/v1beta1/PeerAuthentication', { namespace });
    // Those of the whole mesh have no selector. Where there are several, Istio takes the oldest.
    const whole = all
      .filter(p => at(p, 'spec', 'selector') === undefined)
      .toSorted((a, b) => (age(a) < age(b) ? -1 : age(a) > age(b) ? 1 : 0));
    if (modeOf(whole[0]) === 'STRICT') return;
    const modes = whole.map(p => `${nameOf(p)} is ${modeOf(p) || 'unset'}`).join(', ');
    const finding = whole.some(p => modeOf(p) === 'STRICT')
      ? `the oldest PeerAuthentication of ${namespace} for the whole mesh is not STRICT, and the others do not count`
      : `no PeerAuthentication of ${namespace} asks for STRICT in the whole mesh`;
    const makes = planned(plan, 'PeerAuthentication', 'mesh-mtls') !== undefined;
    yield {
      finding: `${finding}${modes === '' ? '' : ` (${modes})`}`,
      remedy: !isV3(plan)
        ? 'set spec.security.dataPlane.mtls of the control plane to true, and wait'
        : whole.length === 0
          ? makes
            ? installAgain
            : `make one in ${namespace} with spec.mtls.mode STRICT`
          : `set spec.mtls.mode of ${nameOf(whole[0])} to STRICT`,
    };
  },
};
const modeOf = (policy: unknown) => textAt(policy, 'spec', 'mtls', 'mode');
const age = (object: unknown) => textAt(object, 'metadata', 'creationTimestamp');

/** Before an install: of a mesh that somebody else made. */
export const strictMtlsBefore: Check = {
  ...strictMtls,
  concerns: plan => isV3(plan) && planned(plan, 'Istio') === undefined,
};
