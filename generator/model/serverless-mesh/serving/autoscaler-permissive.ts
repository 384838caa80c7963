import type { IPeerAuthentication } from '@kubernetes-models/istio/security.istio.io/v1beta1/PeerAuthentication';
import { and } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { knativeServing } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewaysWanted, v3 } from '../values.ts';

const { metadata, resource } = inStage('serving');

const manifest: Templated<IPeerAuthentication> = {
  apiVersion: 'security.istio.io/v1beta1',
  kind: 'PeerAuthentication',
  metadata: metadata({ name: 'autoscaler-permissive', namespace: knativeServing }),
  spec: { selector: { matchLabels: { app: 'autoscaler' } }, mtls: { mode: 'PERMISSIVE' } },
};

export default resource({
  doc: 'Lets an activator whose proxy is not ready yet report to the autoscaler, without which it never becomes ready itself.',
  source:
    'serverless-operator hack/lib/mesh_v3_resources, and https://github.com/knative/serving/issues/14089; the documentation of Service Mesh 3 lacks it',
  documents: when(and(v3, gatewaysWanted), manifest),
});
