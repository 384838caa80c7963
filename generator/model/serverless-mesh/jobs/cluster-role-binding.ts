import { clusterRoleBinding } from './binding.ts';
import { jobsName, seesUse } from './jobs.ts';

export default clusterRoleBinding({
  name: jobsName,
  wanted: seesUse,
  doc: 'Gives the Jobs their cluster role.',
});
