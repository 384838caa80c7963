import type { IDestinationRule } from '@kubernetes-models/istio/networking.istio.io/v1beta1/DestinationRule';
import { and, hasSuffix } from '../../../gotmpl/functions.ts';
import { each, fmt, note, type Ref, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { istio, v, v2 } from '../values.ts';
import { brokerHosts, clientNamespaces } from './brokers.ts';

const { metadata, resource } = inStage('kafka');

const manifest = (host: Ref<string>, namespace: Ref<string>): Templated<IDestinationRule> => ({
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'DestinationRule',
  metadata: metadata({ name: host, namespace }),
  spec: {
    host,
    exportTo: ['.'],
    trafficPolicy: {
      tls: { mode: note('The control plane sets ISTIO_MUTUAL for the whole cluster domain.', 'DISABLE') },
    },
  },
});

export default resource({
  doc: 'Keeps sidecars from speaking mTLS to Kafka brokers of this cluster, which have no sidecar. Service Mesh 3 finds that out by itself.',
  source: 'maistra/istio-operator resources/helm/v2.5/mesh-config/templates/enable-mesh-mtls.yaml',
  documents: when(
    and(v2, v.kafka.enabled, istio),
    each(clientNamespaces, 'namespace', namespace =>
      each(brokerHosts, 'host', host => when(hasSuffix(host, fmt`.${v.cluster.dnsDomain}`), manifest(host, namespace))),
    ),
  ),
});
