import type { IJob } from 'kubernetes-models/batch/v1/Job';
import { fmt, note, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { release, v } from '../values.ts';
import { gatewayJob, healsGateway, jobSpec } from './jobs.ts';

const { metadata, resource } = inStage('gateways');

const manifest: Templated<IJob> = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: metadata({
    name: fmt`${gatewayJob}-${release.Revision}`,
    namespace: v.mesh.namespace,
    // For Argo CD each render is revision 1, and a Job cannot be changed.
    annotations: { 'argocd.argoproj.io/sync-options': when(v.argocd.syncWaves, 'Force=true,Replace=true') },
  }),
  spec: {
    ...jobSpec(gatewayJob),
    ttlSecondsAfterFinished: note(
      'Ten years: Helm removes it with the next revision, and Argo CD would miss it.',
      315360000,
    ),
  },
};

export default resource({
  doc: 'Restarts a gateway that started before Istio. No hook: with --wait, Helm waits for the gateway first.',
  source: 'https://github.com/istio/istio/issues/46307',
  documents: when(healsGateway, manifest),
});
