import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { gatewayNamespace, v } from '../values.ts';
import { certificateRole, copiesCertificate } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IRole> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: metadata({ name: certificateRole, namespace: gatewayNamespace }),
  rules: [
    // Kubernetes cannot limit the making of an object by its name.
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    {
      apiGroups: [''],
      resources: ['secrets'],
      resourceNames: [v.gateway.tls.secretName],
      verbs: ['get', 'patch', 'delete'],
    },
  ],
};

export default resource({
  doc: 'Lets the Jobs put the copy of the certificate where the ingress gateway reads it, and remove it before uninstall.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(copiesCertificate, manifest),
});
