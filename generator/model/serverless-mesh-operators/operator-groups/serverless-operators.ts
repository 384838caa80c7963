import { and } from '../../../gotmpl/functions.ts';
import { answer, defineStatic, type Templated, when } from '../../../gotmpl/index.ts';
import { serverlessOperatorNamespace } from '../../facts/operators.ts';
import type { OperatorGroup } from '../../kinds/olm.ts';
import { inStage, kept } from '../metadata.ts';
import { v } from '../values.ts';

const { metadata, resource } = inStage('operator groups');

export const mayCreateOperatorGroup = defineStatic('serverless-mesh-operators.mayCreateOperatorGroup', 'true');

const manifest: Templated<OperatorGroup> = {
  apiVersion: 'operators.coreos.com/v1',
  kind: 'OperatorGroup',
  metadata: metadata({ name: 'serverless-operators', namespace: serverlessOperatorNamespace, annotations: kept }),
  // No target namespaces: the operator watches all of them, and supports nothing else.
  spec: {},
};

export default resource({
  doc: 'Lets OLM install the operator of OpenShift Serverless, for all namespaces. Left out where the namespace has an OperatorGroup that is not of this release: with two, OLM installs nothing. Kept on uninstall.',
  source: 'documentation of OpenShift Serverless 1.34, Installing the OpenShift Serverless Operator from the CLI',
  documents: when(and(v.serverless.enabled, v.operatorGroup.create, answer(mayCreateOperatorGroup)), manifest),
});
