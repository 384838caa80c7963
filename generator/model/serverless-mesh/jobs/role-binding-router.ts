import { routerNamespace } from '../../facts/names.ts';
import { roleBinding } from './binding.ts';
import { certificateRole, copiesCertificate } from './jobs.ts';

export default roleBinding({
  name: certificateRole,
  namespace: routerNamespace,
  wanted: copiesCertificate,
  doc: 'Gives the Jobs their role for the certificate of the router.',
});
