import { when } from '../../../gotmpl/index.ts';
import { meshOperatorNamespace } from '../../facts/operators.ts';
import { meshPackage, v } from '../values.ts';
import { resource, subscriptionTo } from './subscription.ts';

export default resource({
  doc: 'Lets OLM install the operator of OpenShift Service Mesh, and keep it up to date. Its namespace has an OperatorGroup on every OpenShift.',
  source:
    'github.com/openshift-knative/serverless-operator hack/lib/mesh_resources/subscription.yaml, mesh_v3_resources/01_subscription.yaml',
  documents: when(
    v.mesh.enabled,
    subscriptionTo({
      name: meshPackage,
      namespace: meshOperatorNamespace,
      channel: v.mesh.channel,
      startingCSV: v.mesh.startingCSV,
    }),
  ),
});
