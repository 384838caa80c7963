/** The policy that lets OpenShift's monitoring in. */
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { Expr, Templated } from '../../../gotmpl/index.ts';
import { metadata } from './monitors.ts';

export const userWorkloadAccess = (namespace: Expr<string>): Templated<INetworkPolicy> => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata({ name: 'user-workload-access', namespace }),
  spec: {
    ingress: [
      { from: [{ namespaceSelector: { matchLabels: { 'network.openshift.io/policy-group': 'monitoring' } } }] },
    ],
    podSelector: {},
    policyTypes: ['Ingress'],
  },
});
