import { v } from '../values.ts';
import { roleBinding } from './binding.ts';
import { jobsName } from './jobs.ts';

export default roleBinding({
  name: jobsName,
  namespace: v.mesh.namespace,
  wanted: v.jobs.enabled,
  doc: 'Gives the Jobs their role in the namespace of the mesh.',
});
