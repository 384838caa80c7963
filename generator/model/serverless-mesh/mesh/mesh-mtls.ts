import type { IPeerAuthentication } from '@kubernetes-models/istio/security.istio.io/v1beta1/PeerAuthentication';
import { and } from '../../../gotmpl/functions.ts';
import { note, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { v, v3 } from '../values.ts';

const { metadata, resource } = inStage('mesh');

const manifest: Templated<IPeerAuthentication> = {
  apiVersion: 'security.istio.io/v1beta1',
  kind: 'PeerAuthentication',
  metadata: metadata({ name: 'mesh-mtls', namespace: v.mesh.namespace }),
  spec: { mtls: { mode: note('Strict mTLS: only calls with a valid client certificate are allowed.', 'STRICT') } },
};

export default resource({
  doc: 'mTLS for the whole mesh, for it is in the namespace of the control plane.',
  source: 'openshift-docs modules/serverless-ossm-installing-and-configuring-openshift-service-mesh-3-x.adoc',
  documents: when(and(v3, v.mesh.controlPlane.create), manifest),
});
