import type { IServiceEntry } from '@kubernetes-models/istio/networking.istio.io/v1beta1/ServiceEntry';
import { grammar } from '../../../../values-schema/index.ts';
import { and, hostsOf } from '../../../gotmpl/functions.ts';
import { each, note, type Templated, when } from '../../../gotmpl/index.ts';
import { knativeEventing } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { istio, v } from '../values.ts';

const { metadata, resource } = inStage('kafka');

const manifest: Templated<IServiceEntry> = {
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'ServiceEntry',
  metadata: metadata({ name: 'kafka-cluster', namespace: knativeEventing }),
  spec: {
    hosts: note('The bootstrap servers without their ports.', [
      each(hostsOf(v.kafka.bootstrapServers, { type: 'string', ...grammar.dnsName }), 'host', host => host),
    ]),
    exportTo: ['.'],
    ports: note('The listeners of the Kafka brokers. Port names must be unique.', [
      each(v.kafka.listeners, 'listener', listener => ({
        number: listener.port,
        name: listener.name,
        protocol: 'TCP',
      })),
    ]),
    location: 'MESH_EXTERNAL',
    resolution: 'NONE',
  },
};

export default resource({
  doc: 'Lets Knative Kafka reach the Kafka cluster, which is outside the mesh.',
  source: 'base document 1.4.3 step 7',
  documents: when(and(v.kafka.enabled, istio), manifest),
});
