import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { and } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { knativeServing, servingWorkloads } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { istio, v } from '../values.ts';
import { jobsName } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IRole> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: metadata({ name: jobsName, namespace: knativeServing }),
  rules: [
    {
      apiGroups: ['operator.knative.dev'],
      resources: ['knativeservings'],
      resourceNames: ['knative-serving'],
      verbs: ['get', 'delete'],
    },
    when(istio, [
      { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
      { apiGroups: ['apps'], resources: ['deployments'], resourceNames: servingWorkloads, verbs: ['get', 'patch'] },
    ]),
  ],
};

export default resource({
  doc: 'Lets the Jobs wait for Knative Serving, restart its data plane, and delete it before uninstall.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(and(v.jobs.enabled, v.serving.enabled), manifest),
});
