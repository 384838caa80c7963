import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { meshRole, meshWide, subjects } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IClusterRoleBinding> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: metadata({ name: meshRole }),
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: meshRole },
  subjects,
};

export default resource({
  doc: 'Gives the Jobs their cluster role for Service Mesh 3.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(meshWide, manifest),
});
