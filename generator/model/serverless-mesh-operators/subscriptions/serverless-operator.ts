import { when } from '../../../gotmpl/index.ts';
import { serverlessOperatorNamespace, serverlessPackage } from '../../facts/operators.ts';
import { v } from '../values.ts';
import { resource, subscriptionTo } from './subscription.ts';

export default resource({
  doc: 'Lets OLM install the operator of OpenShift Serverless, and keep it up to date.',
  source: 'documentation of OpenShift Serverless 1.34, Installing the OpenShift Serverless Operator from the CLI',
  documents: when(
    v.serverless.enabled,
    subscriptionTo({
      name: serverlessPackage,
      namespace: serverlessOperatorNamespace,
      channel: v.serverless.channel,
      startingCSV: v.serverless.startingCSV,
    }),
  ),
});
