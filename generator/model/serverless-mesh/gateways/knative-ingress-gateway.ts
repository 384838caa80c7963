import type { IGateway } from '@kubernetes-models/istio/networking.istio.io/v1beta1/Gateway';
import { each, type Templated, when } from '../../../gotmpl/index.ts';
import { gatewaySelector, knativeServing } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewaysWanted, v } from '../values.ts';

const { metadata, resource } = inStage('gateways');

const manifest: Templated<IGateway> = {
  apiVersion: 'networking.istio.io/v1beta1',
  kind: 'Gateway',
  metadata: metadata({ name: 'knative-ingress-gateway', namespace: knativeServing }),
  spec: {
    selector: gatewaySelector,
    servers: [
      {
        port: { number: 443, name: 'https', protocol: 'HTTPS' },
        hosts: [each(v.gateway.hosts, 'host', host => host)],
        tls: { mode: 'SIMPLE', credentialName: v.gateway.tls.secretName },
      },
    ],
  },
};

export default resource({
  doc: 'Serves requests from outside the cluster with the wildcard certificate.',
  source: 'base document 1.4.2 step 4',
  documents: when(gatewaysWanted, manifest),
});
