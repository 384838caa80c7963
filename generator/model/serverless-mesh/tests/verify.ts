/** What the objects of `helm test` share. */
export const verifyName = 'mesh-verify';
export const page = 'Hello OpenShift!';

/** Kept after a failure, so that one can look; removed after a success, and before the next run. */
export const testHook = (weight: number) => ({
  'helm.sh/hook': 'test',
  'helm.sh/hook-weight': String(weight),
  'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
});
