import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { jobsName, seesUse } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IClusterRole> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: metadata({ name: jobsName }),
  rules: [
    when(v.serving.enabled, { apiGroups: ['serving.knative.dev'], resources: ['services'], verbs: ['list'] }),
    when(v.eventing.enabled, { apiGroups: ['eventing.knative.dev'], resources: ['brokers'], verbs: ['list'] }),
  ],
};

export default resource({
  doc: 'Lets the Job before uninstall see whether Knative is in use, in whatever namespace.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(seesUse, manifest),
});
