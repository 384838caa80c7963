import { test } from './test.ts';

export default test.serviceAccount();
