import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { and } from '../../../gotmpl/functions.ts';
import { type Templated, when } from '../../../gotmpl/index.ts';
import { knativeGateway, knativeServingIngress } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewaysWanted, v3 } from '../values.ts';

const { metadata, resource } = inStage('gateways');

const manifest: Templated<IServiceAccount> = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: metadata({ name: knativeGateway, namespace: knativeServingIngress }),
};

export default resource({
  doc: 'Whom the ingress gateway acts as. Of its own, so that no other pod of the namespace may read what it may.',
  source: 'https://istio.io/latest/docs/setup/additional-setup/gateway/',
  documents: when(and(v3, gatewaysWanted), manifest),
});
