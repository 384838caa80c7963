import type { INamespace } from 'kubernetes-models/v1/Namespace';
import { and } from '../../../gotmpl/functions.ts';
import { answer, defineStatic, type Templated, when } from '../../../gotmpl/index.ts';
import { serverlessOperatorNamespace } from '../../facts/operators.ts';
import { inStage, kept } from '../metadata.ts';
import { v } from '../values.ts';

const { metadata, resource } = inStage('namespaces');

export const mayCreateNamespace = defineStatic('serverless-mesh-operators.mayCreateNamespace', 'true');

const manifest: Templated<INamespace> = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: metadata({ name: serverlessOperatorNamespace, annotations: kept }),
};

export default resource({
  doc: 'Namespace of the operator of OpenShift Serverless. Left alone where somebody else made it, and kept on uninstall.',
  source: 'documentation of OpenShift Serverless 1.34, Installing the OpenShift Serverless Operator from the CLI',
  documents: when(and(v.serverless.enabled, v.namespaces.create, answer(mayCreateNamespace)), manifest),
});
