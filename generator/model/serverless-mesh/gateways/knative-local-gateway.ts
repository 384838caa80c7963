import type { IGateway } from '@kubernetes-models/istio/networking.istio.io/v1beta1/Gateway';
import { not } from '../../../gotmpl/functions.ts';
import { note, type Templated, when } from '../../../gotmpl/index.ts';
import { gatewaySelector, knativeServing } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewaysWanted, plainLocalGateway } from '../values.ts';

const { metadata, resource } = inStage('gateways');

const manifest: Templated<IGateway> = {
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'Gateway',
  metadata: metadata({ name: 'knative-local-gateway', namespace: knativeServing }),
  spec: {
    selector: gatewaySelector,
    servers: [
      when(plainLocalGateway, { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }),
      when(not(plainLocalGateway), {
        port: { number: 8081, name: 'https', protocol: 'HTTPS' },
        hosts: ['*'],
        tls: {
          mode: note(
            'Clients must send the certificate of the mesh. Workloads outside the mesh use the external URL.',
            'ISTIO_MUTUAL',
          ),
        },
      }),
    ],
  },
};

export default resource({
  doc: 'Serves requests from inside the mesh to cluster-local URLs.',
  source: 'base document 1.4.2 step 4; plain text with Service Mesh 3: serverless-operator hack/lib/mesh_v3_resources',
  documents: when(gatewaysWanted, manifest),
});
