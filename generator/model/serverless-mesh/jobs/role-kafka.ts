import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { and } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { kafkaWorkloads, knativeEventing } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { istio, v } from '../values.ts';
import { kafkaRole } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IRole> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: metadata({ name: kafkaRole, namespace: knativeEventing }),
  rules: [
    {
      apiGroups: ['operator.serverless.openshift.io'],
      resources: ['knativekafkas'],
      resourceNames: ['knative-kafka'],
      verbs: ['get', 'delete'],
    },
    // Dispatchers are StatefulSets, the others Deployments.
    when(istio, {
      apiGroups: ['apps'],
      resources: ['deployments', 'statefulsets'],
      resourceNames: kafkaWorkloads,
      verbs: ['get', 'patch'],
    }),
  ],
};

export default resource({
  doc: 'Lets the Jobs wait for Knative Kafka, restart its control and data plane, and delete it before uninstall.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  documents: when(and(v.jobs.enabled, v.kafka.enabled), manifest),
});
