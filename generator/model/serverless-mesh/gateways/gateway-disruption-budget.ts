import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { and, or } from '../../../gotmpl/functions.ts';
import { note, type Templated, when } from '../../../gotmpl/index.ts';
import { gatewaySelector, knativeGateway } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { gatewayNamespace, gatewaysWanted, v, v3 } from '../values.ts';

const { metadata, resource } = inStage('gateways');

const manifest: Templated<IPodDisruptionBudget> = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: metadata({ name: knativeGateway, namespace: gatewayNamespace }),
  spec: {
    maxUnavailable: note('Not the number that must stay: with a single pod, no node could ever be drained.', 1),
    selector: { matchLabels: gatewaySelector },
  },
};

export default resource({
  doc: 'When nodes are drained, as in an update of the cluster, the pods of the ingress gateway move one after the other.',
  source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  documents: when(and(gatewaysWanted, or(v3, v.mesh.controlPlane.create)), manifest),
});
