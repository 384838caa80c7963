import { type Templated, when } from '../../../gotmpl/index.ts';
import { cniNamespace } from '../../facts/names.ts';
import type { IstioCNI } from '../../kinds/sail.ts';
import { inStage } from '../metadata.ts';
import { makesCni, v } from '../values.ts';
import { version } from './istio.ts';

const { metadata, resource } = inStage('mesh');

const manifest: Templated<IstioCNI> = {
  apiVersion: 'sailoperator.io/v1',
  kind: 'IstioCNI',
  metadata: metadata({ name: 'default' }),
  spec: {
    namespace: cniNamespace,
    version,
    values: when(v.imagePullSecrets, { global: { imagePullSecrets: v.imagePullSecrets } }),
  },
};

export default resource({
  doc: 'The CNI plugin that leads the traffic of a pod through its proxy. A cluster has one, and Service Mesh 3 needs it on OpenShift.',
  source: 'openshift-docs modules/serverless-ossm-installing-and-configuring-openshift-service-mesh-3-x.adoc',
  documents: when(makesCni, manifest),
});
