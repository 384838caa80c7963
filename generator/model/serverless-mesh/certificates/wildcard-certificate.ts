import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import { orElse, pick } from '../../../gotmpl/functions.ts';
import { fmt, note, type Templated, when } from '../../../gotmpl/index.ts';
import { filterLabel, inStage } from '../metadata.ts';
import { gatewayNamespace, v } from '../values.ts';
import { byCertManager, caName, ownIssuer } from './cert-manager.ts';

const { metadata, resource } = inStage('certificates');

const { secretName, certManager } = v.gateway.tls;

const manifest: Templated<ICertificate> = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: metadata({ name: secretName, namespace: gatewayNamespace }),
  spec: {
    secretName,
    secretTemplate: { labels: filterLabel },
    dnsNames: [fmt`*.${v.cluster.appsDomain}`],
    usages: ['digital signature', 'key encipherment', 'server auth'],
    privateKey: { rotationPolicy: note('A new key with each renewal.', 'Always') },
    issuerRef: {
      group: pick(ownIssuer, 'cert-manager.io', certManager.issuer.group),
      kind: pick(ownIssuer, 'Issuer', certManager.issuer.kind),
      name: orElse(certManager.issuer.name, caName),
    },
  },
};

export default resource({
  doc: 'The wildcard certificate that the ingress gateway serves. cert-manager renews it, and the gateway takes up the new one by itself.',
  source: 'https://cert-manager.io/docs/usage/certificate/',
  documents: when(byCertManager, manifest),
});
