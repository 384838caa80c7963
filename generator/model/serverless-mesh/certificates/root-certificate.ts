import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import { note, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { gatewayNamespace } from '../values.ts';
import { caName, makesIssuer, selfSignedName } from './cert-manager.ts';

const { metadata, resource } = inStage('certificates');

const manifest: Templated<ICertificate> = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: metadata({ name: caName, namespace: gatewayNamespace }),
  spec: {
    isCA: true,
    commonName: caName,
    secretName: caName,
    duration: note('Ten years. Each client must trust this root, so it should seldom change.', '87600h'),
    privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
    issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: selfSignedName },
  },
};

export default resource({
  doc: 'The root that signs the wildcard certificate, where no issuer is given. Its public part is what your clients must trust.',
  source: 'https://cert-manager.io/docs/configuration/selfsigned/#bootstrapping-ca-issuers',
  documents: when(makesIssuer, manifest),
});
