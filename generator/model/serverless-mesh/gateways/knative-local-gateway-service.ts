import type { IService } from 'kubernetes-models/v1/Service';
import { not } from '../../../gotmpl/functions.ts';
import { note, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage, noPortTranslation } from '../metadata.ts';
import { gatewayNamespace, gatewaysWanted, plainLocalGateway, v2, v3 } from '../values.ts';

const { metadata, resource } = inStage('gateways');

const manifest: Templated<IService> = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata({
    name: 'knative-local-gateway',
    namespace: gatewayNamespace,
    labels: { [noPortTranslation]: 'true' },
  }),
  spec: {
    type: 'ClusterIP',
    selector: { istio: when(v2, 'ingressgateway'), knative: when(v3, 'ingressgateway') },
    ports: note('The port of Gateway knative-local-gateway.', [
      when(plainLocalGateway, { name: 'http2', port: 80, targetPort: 8080 }),
      when(not(plainLocalGateway), { name: 'http2', port: 80, targetPort: 8081 }),
    ]),
  },
};

export default resource({
  doc: 'Address of the local gateway; net-istio points cluster-local URLs to it.',
  source: 'base document 1.4.2 step 4',
  documents: when(gatewaysWanted, manifest),
});
