import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import { each, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { istioName, labelsMembers, v } from '../values.ts';
import { meshRole, meshWide, seesIstio } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IClusterRole> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: metadata({ name: meshRole }),
  rules: [
    when(seesIstio, [
      { apiGroups: ['sailoperator.io'], resources: ['istios'], resourceNames: [istioName], verbs: ['get'] },
      when(v.mesh.cni.create, {
        apiGroups: ['sailoperator.io'],
        resources: ['istiocnis'],
        resourceNames: ['default'],
        verbs: ['get'],
      }),
    ]),
    when(labelsMembers, {
      apiGroups: [''],
      resources: ['namespaces'],
      resourceNames: [each(v.mesh.members, 'member', member => member)],
      verbs: ['get', 'patch'],
    }),
  ],
};

export default resource({
  doc: 'Lets the Jobs see whether Istio is ready, which has no namespace, and label your namespaces for injection.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(meshWide, manifest),
});
