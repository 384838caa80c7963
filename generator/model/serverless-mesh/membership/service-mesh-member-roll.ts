import { each, type Templated, when } from '../../../gotmpl/index.ts';
import { knativeEventing, knativeServing } from '../../facts/names.ts';
import type { ServiceMeshMemberRoll } from '../../kinds/maistra.ts';
import { inStage } from '../metadata.ts';
import { istio, rollWanted, v } from '../values.ts';

const { metadata, resource } = inStage('membership');

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
  documents: when(rollWanted, manifest),
});
