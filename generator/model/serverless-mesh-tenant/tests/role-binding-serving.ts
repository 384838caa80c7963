import { servingRole, test } from './test.ts';

export default test.roleBinding(servingRole);
