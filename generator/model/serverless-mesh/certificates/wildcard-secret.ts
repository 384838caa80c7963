import type { ISecret } from 'kubernetes-models/v1/Secret';
import { and, base64, eq } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { filterLabel, inStage } from '../metadata.ts';
import { gatewayNamespace, gatewaysWanted, v } from '../values.ts';

const { metadata, resource } = inStage('certificates');

const manifest: Templated<ISecret> = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: metadata({ name: v.gateway.tls.secretName, namespace: gatewayNamespace, labels: filterLabel }),
  type: 'kubernetes.io/tls',
  data: {
    'tls.crt': base64(v.gateway.tls.inline.certificate),
    'tls.key': base64(v.gateway.tls.inline.privateKey),
  },
};

export default resource({
  doc: 'The wildcard certificate that the ingress gateway serves, in the namespace of the gateway pods, which read it.',
  source: 'base document 1.3 step 4',
  documents: when(and(gatewaysWanted, eq(v.gateway.tls.source, 'inline')), manifest),
});
