import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { and } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { v, verifyNamespace, verifyWanted } from '../values.ts';
import { subjects, verifyRole } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IRoleBinding> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: metadata({ name: verifyRole, namespace: verifyNamespace }),
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: verifyRole },
  subjects,
};

export default resource({
  doc: 'Gives the Jobs their role where helm test runs.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(and(v.jobs.enabled, verifyWanted), manifest),
});
