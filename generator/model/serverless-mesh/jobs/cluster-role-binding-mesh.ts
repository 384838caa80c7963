import { clusterRoleBinding } from './binding.ts';
import { meshRole, meshWide } from './jobs.ts';

export default clusterRoleBinding({
  name: meshRole,
  wanted: meshWide,
  doc: 'Gives the Jobs their cluster role for Service Mesh 3.',
});
