import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { knativeServingIngress } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewayRole, healsGateway, subjects } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IRoleBinding> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: metadata({ name: gatewayRole, namespace: knativeServingIngress }),
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: gatewayRole },
  subjects,
};

export default resource({
  doc: 'Gives the Jobs their role for the ingress gateway.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(healsGateway, manifest),
});
