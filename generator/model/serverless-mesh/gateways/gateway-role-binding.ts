import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { and } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { gatewaySecretsRole, knativeGateway, knativeServingIngress } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewaysWanted, v3 } from '../values.ts';

const { metadata, resource } = inStage('gateways');

const manifest: Templated<IRoleBinding> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: metadata({ name: gatewaySecretsRole, namespace: knativeServingIngress }),
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: gatewaySecretsRole },
  subjects: [{ kind: 'ServiceAccount', name: knativeGateway, namespace: knativeServingIngress }],
};

export default resource({
  doc: 'Gives the ingress gateway its role.',
  source: 'openshift-docs modules/serverless-ossm-installing-and-configuring-openshift-service-mesh-3-x.adoc',
  documents: when(and(v3, gatewaysWanted), manifest),
});
