import type { IDestinationRule } from '@kubernetes-models/istio/networking.istio.io/v1beta1/DestinationRule';
import { and, not } from '../../../gotmpl/functions.ts';
import { fmt, note, type Templated, when } from '../../../gotmpl/index.ts';
import { knativeServingIngress, localGateway } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewaysWanted, plainLocalGateway, v, v3 } from '../values.ts';

const { metadata, resource } = inStage('gateways');

const manifest: Templated<IDestinationRule> = {
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'DestinationRule',
  metadata: metadata({ name: localGateway, namespace: knativeServingIngress }),
  spec: {
    host: fmt`${localGateway}.${knativeServingIngress}.svc.${v.cluster.dnsDomain}`,
    trafficPolicy: {
      tls: {
        mode: note(
          'Istio would send plain text: the pods of a gateway do not say that they understand its mTLS.',
          'ISTIO_MUTUAL',
        ),
      },
    },
  },
};

export default resource({
  doc: 'Lets sidecars send the certificate of the mesh to the local gateway, with gateway.local.tls mutual.',
  source:
    'istio manifests/charts/istio-control/istio-discovery/files: the gateway template lacks the label security.istio.io/tlsMode of the sidecar template',
  documents: when(and(v3, gatewaysWanted, not(plainLocalGateway)), manifest),
});
