import type { IIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Issuer';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { gatewayNamespace } from '../values.ts';
import { makesIssuer, selfSignedName } from './cert-manager.ts';

const { metadata, resource } = inStage('certificates');

const manifest: Templated<IIssuer> = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Issuer',
  metadata: metadata({ name: selfSignedName, namespace: gatewayNamespace }),
  spec: { selfSigned: {} },
};

export default resource({
  doc: 'Makes the root certificate, where no issuer is given.',
  source: 'https://cert-manager.io/docs/configuration/selfsigned/',
  documents: when(makesIssuer, manifest),
});
