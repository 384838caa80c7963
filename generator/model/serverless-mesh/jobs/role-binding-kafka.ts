import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { and } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { knativeEventing } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { kafkaRole, subjects } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IRoleBinding> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: metadata({ name: kafkaRole, namespace: knativeEventing }),
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: kafkaRole },
  subjects,
};

export default resource({
  doc: 'Gives the Jobs their role for Knative Kafka.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(and(v.jobs.enabled, v.kafka.enabled), manifest),
});
