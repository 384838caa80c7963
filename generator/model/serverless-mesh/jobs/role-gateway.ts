import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { knativeGateway, knativeServingIngress } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewayRole, healsGateway } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IRole> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: metadata({ name: gatewayRole, namespace: knativeServingIngress }),
  rules: [
    { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
    { apiGroups: ['apps'], resources: ['deployments'], resourceNames: [knativeGateway], verbs: ['get', 'patch'] },
  ],
};

export default resource({
  doc: 'Lets the Jobs see the ingress gateway, and restart it where it started before Istio was there.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(healsGateway, manifest),
});
