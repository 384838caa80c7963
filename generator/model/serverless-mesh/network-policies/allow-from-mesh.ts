import { listFrom, note, when } from '../../../gotmpl/index.ts';
import { monitoringNamespaces } from '../../facts/names.ts';
import { inAll, ingressWanted, meshNamespaces, namespaceNamed, resource } from './policy.ts';

export default resource({
  doc: 'Lets the pods of the mesh call each other, and cluster monitoring read their metrics. Other pods may no longer call them.',
  source:
    'maistra/istio-operator resources/helm/v2.5/mesh-config/templates/networkpolicy.yaml, whose policies it replaces',
  documents: when(
    ingressWanted,
    inAll('allow-from-mesh', {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchExpressions: [
                  { key: 'kubernetes.io/metadata.name', operator: 'In', values: listFrom(meshNamespaces) },
                ],
              },
            },
          ],
        },
        note('Prometheus of the cluster, and that of your own workloads.', {
          from: [namespaceNamed(...monitoringNamespaces)],
        }),
      ],
    }),
  ),
});
