import type { IDestinationRule } from '@kubernetes-models/istio/networking.istio.io/v1beta1/DestinationRule';
import { and, hasSuffix } from '../../../gotmpl/functions.ts';
import { fmt, note, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { traced, v, v2 } from '../values.ts';

const { metadata, resource } = inStage('mesh');

const { host } = v.mesh.controlPlane.tracing.collector;

const manifest: Templated<IDestinationRule> = {
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'DestinationRule',
  metadata: metadata({ name: 'tracing-collector', namespace: v.mesh.namespace }),
  spec: {
    host,
    trafficPolicy: {
      tls: { mode: note('The control plane sets ISTIO_MUTUAL for the whole cluster domain.', 'DISABLE') },
    },
  },
};

export default resource({
  doc: 'Keeps proxies from speaking mTLS to the collector of traces, which has no sidecar. Service Mesh 3 finds that out by itself.',
  source: 'serverless-operator hack/lib/mesh_resources/destination-rules.yaml, which has one for its zipkin',
  documents: when(and(v2, traced, v.mesh.controlPlane.create, hasSuffix(host, fmt`.${v.cluster.dnsDomain}`)), manifest),
});
