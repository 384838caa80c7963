import { and } from '../../../gotmpl/functions.ts';
import { v, verifyNamespace, verifyWanted } from '../values.ts';
import { roleBinding } from './binding.ts';
import { verifyRole } from './jobs.ts';

export default roleBinding({
  name: verifyRole,
  namespace: verifyNamespace,
  wanted: and(v.jobs.enabled, verifyWanted),
  doc: 'Gives the Jobs their role where helm test runs.',
});
