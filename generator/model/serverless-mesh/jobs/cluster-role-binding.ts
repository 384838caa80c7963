import type { IClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { jobsName, seesUse, subjects } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IClusterRoleBinding> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: metadata({ name: jobsName }),
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: jobsName },
  subjects,
};

export default resource({
  doc: 'Gives the Jobs their cluster role.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(seesUse, manifest),
});
