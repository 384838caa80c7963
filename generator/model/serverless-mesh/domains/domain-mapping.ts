import type { IDomainMapping } from '@kubernetes-models/knative/serving.knative.dev/v1beta1/DomainMapping';
import { each, note, type Ref, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { type Mapping, mappingsKnown } from './mappings.ts';

const { metadata, resource } = inStage('domains');

const manifest = (mapping: Ref<Mapping>): Templated<IDomainMapping> => ({
  apiVersion: 'serving.knative.dev/v1beta1',
  kind: 'DomainMapping',
  metadata: metadata({
    name: mapping.host,
    namespace: mapping.namespace,
    annotations: {
      // Argo CD looks at all objects before the first wave, when Knative's definitions are not there yet.
      'argocd.argoproj.io/sync-options': when(v.argocd.syncWaves, 'SkipDryRunOnMissingResource=true'),
    },
  }),
  spec: {
    ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: mapping.service },
    tls: { secretName: note('net-istio copies it to the gateways, if it may see it.', mapping.secretName) },
  },
});

export default resource({
  doc: 'Leads a domain outside the apps domain of the cluster to a Knative Service, with a certificate of its own.',
  source: 'base document 1.1; openshift-docs modules/serverless-domain-mapping-custom-tls-cert.adoc',
  documents: when(mappingsKnown, each(v.domainMappings, 'mapping', manifest)),
});
