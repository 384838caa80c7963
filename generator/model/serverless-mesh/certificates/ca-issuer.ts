import type { IIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Issuer';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { gatewayNamespace } from '../values.ts';
import { caName, makesIssuer } from './cert-manager.ts';

const { metadata, resource } = inStage('certificates');

const manifest: Templated<IIssuer> = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Issuer',
  metadata: metadata({ name: caName, namespace: gatewayNamespace }),
  spec: { ca: { secretName: caName } },
};

export default resource({
  doc: 'Signs the wildcard certificate with the root, where no issuer is given.',
  source: 'https://cert-manager.io/docs/configuration/ca/',
  documents: when(makesIssuer, manifest),
});
