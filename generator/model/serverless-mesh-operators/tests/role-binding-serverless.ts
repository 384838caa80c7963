import { serverlessRole, test } from './test.ts';

export default test.roleBinding(serverlessRole);
