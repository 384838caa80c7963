import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import type { Templated } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { jobsName, subjects, whenJobs } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IRoleBinding> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: metadata({ name: jobsName, namespace: v.mesh.namespace }),
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: jobsName },
  subjects,
};

export default resource({
  doc: 'Gives the Jobs their role in the namespace of the mesh.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: whenJobs(manifest),
});
