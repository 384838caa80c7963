import type { IJob } from 'kubernetes-models/batch/v1/Job';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { jobHook } from '../../script-job.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';
import { certificateJob, copiesCertificate, jobSpec } from './jobs.ts';

const { metadata, resource } = inStage('verification');

const manifest: Templated<IJob> = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: metadata({
    name: certificateJob,
    namespace: v.mesh.namespace,
    // Before the Job that waits: its gateway needs the certificate.
    annotations: jobHook('post-install,post-upgrade,post-rollback', -1),
  }),
  spec: jobSpec(certificateJob),
};

export default resource({
  doc: "Copies the router's certificate, after install, upgrade and rollback.",
  source:
    'https://docs.openshift.com/container-platform/4.18/security/certificates/replacing-default-ingress-certificate.html',
  documents: when(copiesCertificate, manifest),
});
