import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { Templated } from '../../../gotmpl/index.ts';
import { jobHook } from '../../script-job.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { jobSpec, waitJob, whenJobs } from './jobs.ts';

const { metadata, resource } = inStage('verification');

const manifest: Templated<IJob> = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: metadata({
    name: waitJob,
    namespace: v.mesh.namespace,
    annotations: jobHook('post-install,post-upgrade,post-rollback'),
  }),
  spec: jobSpec(waitJob),
};

export default resource({
  doc: 'After install, upgrade and rollback: ends when everything is ready, and fails saying what is not.',
  source: 'base document 1.4.2 and 1.4.3: the order of their steps',
  documents: whenJobs(manifest),
});
