import { eventingRole, test } from './test.ts';

export default test.roleBinding(eventingRole);
