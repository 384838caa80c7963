import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { gatewayNamespace } from '../values.ts';
import { certificateRole, copiesCertificate, subjects } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IRoleBinding> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: metadata({ name: certificateRole, namespace: gatewayNamespace }),
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: certificateRole },
  subjects,
};

export default resource({
  doc: 'Gives the Jobs their role for the copy of the certificate.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(copiesCertificate, manifest),
});
