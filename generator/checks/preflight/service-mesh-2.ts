/** What Service Mesh 2 left where Service Mesh 3 is to come. */
import { nameOf, resourceOf, titleOf } from '../../cluster/fields.ts';
import { type Check, part, type Said } from '../check.ts';
import { isV3, meshNamespace } from '../plan.ts';

const kinds = ['maistra.io/v1/ServiceMeshMemberRoll', 'maistra.io/v2/ServiceMeshControlPlane'];

export const serviceMesh2: Check = {
  id: 'service-mesh-2',
  title: 'no control plane or member roll of Service Mesh 2 is left in mesh.namespace',
  looksAt: 'ServiceMeshControlPlanes and ServiceMeshMemberRolls in mesh.namespace',
  source: 'migrating from Service Mesh 2 to 3: both run side by side only until every namespace has moved',
  concerns: isV3,
  run: async function* (cluster, plan) {
    const namespace = meshNamespace(plan);
    for (const kind of kinds)
      yield* part(kind.replace(/.*\//, ''), async function* (): AsyncIterable<Said> {
        // Where the kind is unknown, nothing of it is left.
        if (!(await cluster.serves(kind))) return;
        for (const left of await cluster.list(kind, { namespace }))
          yield {
            finding: `${titleOf(left)} of Service Mesh 2 is still there`,
            remedy: `when nothing uses it any more, oc delete -n ${namespace} ${resourceOf(left)} ${nameOf(left)}; to move, follow serverless-mesh migrate-plan`,
          };
      });
  },
};
