import { and } from '../../../gotmpl/functions.ts';
import { when } from '../../../gotmpl/index.ts';
import { v, v2 } from '../values.ts';
import { userWorkloadAccess } from './access.ts';
import { monitors, resource, source } from './monitors.ts';

export default resource({
  doc: 'Lets Prometheus in, past the NetworkPolicies that Service Mesh 2 makes in the namespace of its control plane.',
  source,
  documents: when(and(monitors, v2, v.mesh.controlPlane.manageNetworkPolicy), userWorkloadAccess(v.mesh.namespace)),
});
