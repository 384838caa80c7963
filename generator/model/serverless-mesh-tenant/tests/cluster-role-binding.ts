import { roleName, test } from './test.ts';

export default test.clusterRoleBinding(roleName);
