import type { IServiceEntry } from '@kubernetes-models/istio/networking.istio.io/v1beta1/ServiceEntry';
import { and } from '../../../gotmpl/functions.ts';
import { each, note, type Ref, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { istio, v } from '../values.ts';
import { brokerHosts, clientNamespaces } from './brokers.ts';

const { metadata, resource } = inStage('kafka');

const manifest = (namespace: Ref<string>): Templated<IServiceEntry> => ({
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'ServiceEntry',
  metadata: metadata({ name: 'kafka-cluster', namespace }),
  spec: {
    hosts: note('The bootstrap servers without their ports, and further brokers.', [
      each(brokerHosts, 'host', host => host),
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
});

export default resource({
  doc: 'Lets Knative Kafka, and your own clients, reach the Kafka cluster, which is outside the mesh.',
  source: 'base document 1.4.3 step 7; one in each namespace with clients: serverless-operator hack/lib/mesh.bash',
  documents: when(and(v.kafka.enabled, istio), each(clientNamespaces, 'namespace', manifest)),
});
