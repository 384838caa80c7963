import type { IEnvoyFilter } from '@kubernetes-models/istio/networking.istio.io/v1alpha3/EnvoyFilter';
import { and } from '../../../gotmpl/functions.ts';
import { note, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { istio, v } from '../values.ts';

const { metadata, resource } = inStage('mesh');

/** Fields of Envoy, of which the API knows nothing. */
const connectionManager = {
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    stream_idle_timeout: note('0s means none. The default of Envoy is 300 seconds.', '0s'),
    common_http_protocol_options: { max_stream_duration: '0s' },
  },
};

const manifest: Templated<IEnvoyFilter> = {
  apiVersion: 'networking.istio.io/v1alpha3',
  kind: 'EnvoyFilter',
  metadata: metadata({ name: 'disable-stream-idle-timeout', namespace: v.mesh.namespace }),
  spec: {
    configPatches: [
      {
        applyTo: 'NETWORK_FILTER',
        match: { listener: { filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager' } } } },
        patch: {
          operation: 'MERGE',
          value: connectionManager,
        },
      },
    ],
  },
};

export default resource({
  doc: 'Lets requests be silent for more than 300 seconds, in every proxy of the mesh that they pass.',
  source: 'serverless-operator hack/lib/mesh_v3_resources/08_envoy_filter.yaml',
  documents: when(and(istio, v.gateway.disableStreamIdleTimeout), manifest),
});
