import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { Templated } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { jobsName, whenJobs } from './jobs.ts';

const { metadata, resource } = inStage('namespaces');

const manifest: Templated<IServiceAccount> = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: metadata({ name: jobsName, namespace: v.mesh.namespace }),
};

export default resource({
  doc: 'Whom the Jobs act as.',
  source: 'https://kubernetes.io/docs/concepts/security/service-accounts/',
  documents: whenJobs(manifest),
});
