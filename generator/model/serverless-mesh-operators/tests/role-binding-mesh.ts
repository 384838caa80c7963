import { meshRole, test } from './test.ts';

export default test.roleBinding(meshRole);
