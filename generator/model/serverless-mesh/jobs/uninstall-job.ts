import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { Templated } from '../../../gotmpl/index.ts';
import { jobHook } from '../../script-job.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { jobSpec, uninstallJob, whenJobs } from './jobs.ts';

const { metadata, resource } = inStage('verification');

const manifest: Templated<IJob> = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: metadata({
    name: uninstallJob,
    namespace: v.mesh.namespace,
    annotations: jobHook('pre-delete'),
  }),
  spec: jobSpec(uninstallJob),
};

export default resource({
  doc: 'Before uninstall: refuses while Knative is in use, then deletes its resources and waits for their finalizers.',
  source: 'https://github.com/knative/operator/issues/1950',
  documents: whenJobs(manifest),
});
