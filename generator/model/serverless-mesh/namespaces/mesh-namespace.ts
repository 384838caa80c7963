import type { INamespace } from 'kubernetes-models/v1/Namespace';
import { and } from '../../../gotmpl/functions.ts';
import { answer, defineStatic, type Templated, when } from '../../../gotmpl/index.ts';
import { inStage } from '../metadata.ts';
import { v } from '../values.ts';

const { metadata, resource } = inStage('namespaces');

export const mayCreateNamespace = defineStatic('serverless-mesh.mayCreateNamespace', 'true');

const manifest: Templated<INamespace> = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: metadata({ name: v.mesh.namespace, annotations: { 'helm.sh/resource-policy': 'keep' } }),
};

export default resource({
  doc: 'Namespace of the control plane and its gateways. Left alone where somebody else made it, and kept on uninstall.',
  source: 'base document 1.4.2',
  documents: when(and(v.namespaces.create, answer(mayCreateNamespace)), manifest),
});
