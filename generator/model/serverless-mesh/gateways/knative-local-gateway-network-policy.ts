import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { and } from '../../../gotmpl/functions.ts';
import { each, note, type Templated, when } from '../../../gotmpl/index.ts';
import {
  gatewaySelector,
  knativeEventing,
  knativeServing,
  knativeServingIngress,
  localGateway,
} from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewaysWanted, plainLocalGateway, v } from '../values.ts';

const { metadata, resource } = inStage('gateways');

const tcp = (port: number) => ({ port, protocol: 'TCP' as const });

const manifest: Templated<INetworkPolicy> = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata({ name: localGateway, namespace: knativeServingIngress }),
  spec: {
    podSelector: { matchLabels: gatewaySelector },
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: note('The local gateway takes plain text: only from Knative, and from your namespaces in the mesh.', [
          {
            namespaceSelector: {
              matchExpressions: [
                {
                  key: 'kubernetes.io/metadata.name',
                  operator: 'In',
                  values: [knativeServing, knativeEventing, each(v.mesh.members, 'member', member => member)],
                },
              ],
            },
          },
        ]),
        ports: [tcp(8080)],
      },
      {
        ports: note(
          'The ingress gateway takes TLS, from everywhere; the others are metrics and health.',
          [8443, 15020, 15021, 15090].map(tcp),
        ),
      },
    ],
  },
};

export default resource({
  doc: 'Keeps pods outside the mesh from cluster-local URLs, which with a plain-text local gateway they could call.',
  source:
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/; the documentation of Service Mesh 3 leaves the local gateway open to every pod',
  documents: when(and(gatewaysWanted, plainLocalGateway), manifest),
});
