import type { INamespace } from 'kubernetes-models/v1/Namespace';
import { and } from '../../../gotmpl/functions.ts';
import { answer, defineStatic, type Templated, when } from '../../../gotmpl/index.ts';
import { cniNamespace } from '../../facts/names.ts';
import { inStage } from '../metadata.ts';
import { makesCni, v } from '../values.ts';

const { metadata, resource } = inStage('namespaces');

export const mayCreateCniNamespace = defineStatic('serverless-mesh.mayCreateCniNamespace', 'true');

const manifest: Templated<INamespace> = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: metadata({ name: cniNamespace, annotations: { 'helm.sh/resource-policy': 'keep' } }),
};

export default resource({
  doc: 'Namespace of the CNI plugin of Service Mesh 3. Left alone where somebody else made it, and kept on uninstall.',
  source: 'openshift-docs modules/serverless-ossm-installing-and-configuring-openshift-service-mesh-3-x.adoc',
  documents: when(and(makesCni, v.namespaces.create, answer(mayCreateCniNamespace)), manifest),
});
