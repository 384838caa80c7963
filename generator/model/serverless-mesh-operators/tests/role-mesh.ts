import { meshPackage } from '../values.ts';
import { meshRole, rulesFor, test } from './test.ts';

export default test.role({
  ...meshRole,
  rules: rulesFor(meshPackage),
  doc: 'helm test: lets its Job read the Subscription to OpenShift Service Mesh, and the version that it has installed.',
});
