import { each, type Ref, when } from '../../../gotmpl/index.ts';
import type { Mapping } from '../domains/mappings.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { bindingOf } from './binding.ts';
import { domainsRole, removesDomains } from './jobs.ts';

const { resource } = inStage('namespaces');

export default resource({
  doc: 'Gives the Jobs their role for a domain mapping.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(
    removesDomains,
    each(v.domainMappings, 'mapping', (mapping: Ref<Mapping>) => bindingOf(domainsRole(mapping), mapping.namespace)),
  ),
});
