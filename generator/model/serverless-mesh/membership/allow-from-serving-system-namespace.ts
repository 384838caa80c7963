import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { and, not } from '../../../gotmpl/functions.ts';
import { each, type Ref, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { istio, v } from '../values.ts';

const { metadata, resource } = inStage('membership');

const manifest = (member: Ref<string>): Templated<INetworkPolicy> => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata({ name: 'allow-from-serving-system-namespace', namespace: member }),
  spec: {
    ingress: [
      { from: [{ namespaceSelector: { matchLabels: { 'knative.openshift.io/part-of': 'openshift-serverless' } } }] },
    ],
    podSelector: {},
    policyTypes: ['Ingress'],
  },
});

export default resource({
  doc: 'Lets Knative, which is outside the mesh with Kourier, reach the Knative Services in your namespaces, past the NetworkPolicies of Service Mesh.',
  source: 'base document 1.6 step 3',
  documents: when(and(not(istio), v.mesh.controlPlane.manageNetworkPolicy), each(v.mesh.members, 'member', manifest)),
});
