import { choose, concat } from '../../../gotmpl/functions.ts';
import { each, type Ref, type Templated, when } from '../../../gotmpl/index.ts';
import { knativeEventing, knativeServing } from '../../facts/names.ts';
import type { ServiceMeshMember } from '../../kinds/maistra.ts';
import { inStage } from '../metadata.ts';
import { controlPlaneName, istio, singleMembers, v } from '../values.ts';

const { metadata, resource } = inStage('membership');

const manifest = (namespace: Ref<string>): Templated<ServiceMeshMember> => ({
  apiVersion: 'maistra.io/v1',
  kind: 'ServiceMeshMember',
  metadata: metadata({ name: 'default', namespace }),
  spec: { controlPlaneRef: { name: controlPlaneName, namespace: v.mesh.namespace } },
});

export default resource({
  doc: 'Makes a namespace part of the mesh, from inside that namespace: instead of the member roll.',
  source: 'base document 1.4.2 step 2',
  documents: when(
    singleMembers,
    each(concat(choose(istio, [knativeServing, knativeEventing], []), v.mesh.members), 'namespace', manifest),
  ),
});
