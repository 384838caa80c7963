import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { and } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { verifyName } from '../tests/verify.ts';
import { v, verifyNamespace, verifyWanted } from '../values.ts';
import { verifyRole } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IRole> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: metadata({ name: verifyRole, namespace: verifyNamespace }),
  rules: [
    {
      apiGroups: ['serving.knative.dev'],
      resources: ['services'],
      resourceNames: [verifyName],
      verbs: ['get', 'delete'],
    },
    { apiGroups: ['batch'], resources: ['jobs'], resourceNames: [verifyName], verbs: ['get', 'delete'] },
    { apiGroups: [''], resources: ['configmaps'], resourceNames: [verifyName], verbs: ['get', 'delete'] },
  ],
};

export default resource({
  doc: 'Lets the Job before uninstall remove what a failed helm test left.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(and(v.jobs.enabled, verifyWanted), manifest),
});
