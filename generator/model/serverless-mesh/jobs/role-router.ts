import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { routerNamespace } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { certificateRole, copiesCertificate } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IRole> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: metadata({ name: certificateRole, namespace: routerNamespace }),
  rules: [
    {
      apiGroups: [''],
      resources: ['secrets'],
      resourceNames: [v.gateway.tls.clusterIngress.secretName],
      verbs: ['get'],
    },
  ],
};

export default resource({
  doc: 'Lets the Job after install and upgrade read the certificate of the router, and no other Secret.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(copiesCertificate, manifest),
});
