/** Steps that look whether all of it works. */
import { helmTest, nothing, onCluster } from '../commands.ts';
import type { Row } from '../step.ts';

export const verify: Row = {
  id: 'verify',
  title: 'Look whether everything works',
  source: 'base document 1.4.4',
  step: m => ({
    why:
      m.method === 'in-place'
        ? 'Before anything of Service Mesh 2 is deleted, all that is served must be served by the new mesh.'
        : 'Only now does the maintenance window end.',
    commands: [`${onCluster(m, 'verify', [m.newFile])} --timeout 1200`, ...(m.tested ? [helmTest(m)] : [])],
    check: {
      command: m.after.serving.enabled
        ? 'oc get services.serving.knative.dev -A --no-headers -o custom-columns=NAMESPACE:.metadata.namespace,NAME:.metadata.name,READY:\'.status.conditions[?(@.type=="Ready")].status\' | grep -v True'
        : 'oc get brokers.eventing.knative.dev -A --no-headers | grep -v True',
      shows: 'nothing: each is ready, as it was before.',
    },
    back: nothing,
  }),
};

export const verifyAgain: Row = {
  ...verify,
  id: 'verify-again',
  title: 'Look once more, without Service Mesh 2',
  step: m => ({ ...verify.step(m), why: 'What still leaned on the old mesh shows only now.' }),
};
