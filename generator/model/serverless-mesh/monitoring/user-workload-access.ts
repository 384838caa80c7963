import { and } from '../../../gotmpl/functions.ts';
import { each, when } from '../../../gotmpl/index.ts';
import { v, v2 } from '../values.ts';
import { userWorkloadAccess } from './access.ts';
import { monitors, proxyNamespaces, resource, source } from './monitors.ts';

export default resource({
  doc: 'Lets Prometheus in, past the NetworkPolicies that Service Mesh 2 makes in the namespaces of the mesh.',
  source,
  documents: when(
    and(monitors, v2, v.mesh.controlPlane.manageNetworkPolicy),
    each(proxyNamespaces, 'namespace', userWorkloadAccess),
  ),
});
