import { listFrom, note, when } from '../../../gotmpl/index.ts';
import { traced, v } from '../values.ts';
import { egressWanted, inPlatform, meshNamespaces, namespaceNamed, resource, tcp } from './policy.ts';

const { collector } = v.mesh.controlPlane.tracing;

export default resource({
  doc: 'Lets the pods of Knative and the mesh ask DNS and the API server, and call the mesh, where egress is denied by default.',
  source:
    'https://docs.openshift.com/container-platform/4.18/networking/network_security/network_policy/about-network-policy.html; DNS listens on 5353 in openshift-dns, and the API server on 6443 of its nodes',
  documents: when(
    egressWanted,
    inPlatform('allow-egress', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        note('DNS.', {
          to: [namespaceNamed('openshift-dns')],
          ports: [{ port: 5353, protocol: 'UDP' }, tcp(5353)],
        }),
        note('The API server, wherever its nodes are.', { ports: [tcp(6443)] }),
        when(traced, note('The collector of traces.', { ports: [{ port: collector.port, protocol: 'TCP' }] })),
        {
          to: [
            {
              namespaceSelector: {
                matchExpressions: [
                  { key: 'kubernetes.io/metadata.name', operator: 'In', values: listFrom(meshNamespaces) },
                ],
              },
            },
          ],
        },
      ],
    }),
  ),
});
