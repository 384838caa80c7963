import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { each, type Ref, type Templated, when } from '../../../gotmpl/index.ts';
import type { Mapping } from '../domains/mappings.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { domainsRole, removesDomains } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest = (mapping: Ref<Mapping>): Templated<IRole> => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: metadata({ name: domainsRole(mapping), namespace: mapping.namespace }),
  rules: [
    {
      apiGroups: ['serving.knative.dev'],
      resources: ['domainmappings'],
      resourceNames: [mapping.host],
      verbs: ['get', 'delete'],
    },
  ],
});

export default resource({
  doc: 'Lets the Job before uninstall delete a domain mapping of the release, whose finalizer needs Knative.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(removesDomains, each(v.domainMappings, 'mapping', manifest)),
});
