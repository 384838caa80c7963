import type { IClusterDomainClaim } from '@kubernetes-models/knative/networking.internal.knative.dev/v1alpha1/ClusterDomainClaim';
import { each, type Ref, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { claimsWanted, type Mapping } from './mappings.ts';

const { metadata, resource } = inStage('domains');

const manifest = (mapping: Ref<Mapping>): Templated<IClusterDomainClaim> => ({
  apiVersion: 'networking.internal.knative.dev/v1alpha1',
  kind: 'ClusterDomainClaim',
  metadata: metadata({
    name: mapping.host,
    annotations: {
      'argocd.argoproj.io/sync-options': when(v.argocd.syncWaves, 'SkipDryRunOnMissingResource=true'),
    },
  }),
  spec: { namespace: mapping.namespace },
});

export default resource({
  doc: 'Says which namespace may map a domain, where serving.config keeps Knative from claiming domains by itself.',
  source:
    'openshift-docs modules/serverless-domain-mapping-odc-admin.adoc; knative/serving pkg/reconciler/domainmapping/reconciler.go',
  documents: when(claimsWanted, each(v.domainMappings, 'mapping', manifest)),
});
