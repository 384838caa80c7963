import { and, or } from '../../../gotmpl/functions.ts';
import { note, when } from '../../../gotmpl/index.ts';
import { gatewaySelector } from '../../facts/names.ts';
import { gatewayNamespace, gatewaysWanted, v, v3 } from '../values.ts';
import { ingressWanted, policy, resource, tcp } from './policy.ts';

/** Routers in the network of pods, and those in the network of their nodes, for which a namespace stands. */
export const routers = ['ingress', 'host-network'].map(group => ({
  namespaceSelector: { matchLabels: { [`policy-group.network.openshift.io/${group}`]: '' } },
}));

export default resource({
  doc: 'Lets the router of OpenShift reach the ingress gateway.',
  source:
    'https://docs.openshift.com/container-platform/4.18/networking/network_security/network_policy/about-network-policy.html',
  documents: when(
    and(ingressWanted, gatewaysWanted, or(v3, v.mesh.controlPlane.create)),
    policy('allow-from-router', gatewayNamespace, {
      podSelector: { matchLabels: gatewaySelector },
      policyTypes: ['Ingress'],
      ingress: [{ from: routers, ports: note('TLS, which the gateway ends.', [tcp(8443)]) }],
    }),
  ),
});
