import { and, not, or } from '../../../gotmpl/functions.ts';
import { each, type Templated, when } from '../../../gotmpl/index.ts';
import { resource } from '../../chart.ts';
import { knativeEventing, knativeServing } from '../../facts/names.ts';
import type { ServiceMeshMemberRoll } from '../../kinds/maistra.ts';
import { metadata } from '../metadata.ts';
import { istio, v } from '../values.ts';

const manifest: Templated<ServiceMeshMemberRoll> = {
  apiVersion: 'maistra.io/v1',
  kind: 'ServiceMeshMemberRoll',
  metadata: metadata({ name: 'default', namespace: v.mesh.namespace }),
  spec: {
    members: [when(istio, [knativeServing, knativeEventing]), each(v.mesh.members, 'member', member => member)],
  },
};

export default resource({
  doc: 'The namespaces of the mesh: those of Knative, and yours.',
  source: 'base document 1.4.2 step 2, 1.6 step 1',
  stage: 'membership',
  documents: when(
    and(v.mesh.memberRoll.create, not(v.mesh.serviceMeshMembers.create), or(istio, v.mesh.members)),
    manifest,
  ),
});
