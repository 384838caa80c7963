import type { IDestinationRule } from '@kubernetes-models/istio/networking.istio.io/v1beta1/DestinationRule';
import { grammar } from '../../../../values-schema/index.ts';
import { and, hasSuffix, hostsOf } from '../../../gotmpl/functions.ts';
import { each, fmt, note, type Ref, type Templated, when } from '../../../gotmpl/index.ts';
import { knativeEventing } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { istio, v } from '../values.ts';

const { metadata, resource } = inStage('kafka');

const manifest = (host: Ref<string>): Templated<IDestinationRule> => ({
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'DestinationRule',
  metadata: metadata({ name: host, namespace: knativeEventing }),
  spec: {
    host,
    exportTo: ['.'],
    trafficPolicy: {
      tls: { mode: note('The control plane sets ISTIO_MUTUAL for the whole cluster domain.', 'DISABLE') },
    },
  },
});

export default resource({
  doc: 'Keeps sidecars from speaking mTLS to Kafka brokers of this cluster, which have no sidecar.',
  source: 'maistra/istio-operator resources/helm/v2.5/mesh-config/templates/enable-mesh-mtls.yaml',
  documents: when(
    and(v.kafka.enabled, istio),
    each(hostsOf(v.kafka.bootstrapServers, { type: 'string', ...grammar.dnsName }), 'host', host =>
      when(hasSuffix(host, fmt`.${v.cluster.dnsDomain}`), manifest(host)),
    ),
  ),
});
