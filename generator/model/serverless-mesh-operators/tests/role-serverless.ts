import { serverlessPackage } from '../../facts/operators.ts';
import { rulesFor, serverlessRole, test } from './test.ts';

export default test.role({
  ...serverlessRole,
  rules: rulesFor(serverlessPackage),
  doc: 'helm test: lets its Job read the Subscription to OpenShift Serverless, and the version that it has installed.',
});
