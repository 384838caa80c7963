/** What the objects of `helm test` share. */
import { hook } from '../../script-job.ts';

export const verifyName = 'mesh-verify';
export const page = 'Hello OpenShift!';

export const testHook = (weight: number) => hook('test', weight);
