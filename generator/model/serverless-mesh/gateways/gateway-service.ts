import type { IService } from 'kubernetes-models/v1/Service';
import { and } from '../../../gotmpl/functions.ts';
import { note, type Templated, when } from '../../../gotmpl/index.ts';
import { gatewaySelector, knativeGateway, knativeServingIngress } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewaysWanted, v3 } from '../values.ts';

const { metadata, resource } = inStage('gateways');

const manifest: Templated<IService> = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata({ name: knativeGateway, namespace: knativeServingIngress, labels: gatewaySelector }),
  spec: {
    type: 'ClusterIP',
    selector: gatewaySelector,
    ports: note('The routes that the Serverless operator makes point to these names.', [
      { name: 'http2', port: 80, targetPort: 8080 },
      { name: 'https', port: 443, targetPort: 8443 },
    ]),
  },
};

export default resource({
  doc: 'Address of the ingress gateway. By its label net-istio finds it, and so calls the gateway before a Knative Service is called ready.',
  source:
    'openshift-docs modules/serverless-ossm-installing-and-configuring-openshift-service-mesh-3-x.adoc; the label: net-istio pkg/reconciler/ingress/lister.go',
  documents: when(and(v3, gatewaysWanted), manifest),
});
