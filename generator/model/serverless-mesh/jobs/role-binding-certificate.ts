import { gatewayNamespace } from '../values.ts';
import { roleBinding } from './binding.ts';
import { certificateRole, copiesCertificate } from './jobs.ts';

export default roleBinding({
  name: certificateRole,
  namespace: gatewayNamespace,
  wanted: copiesCertificate,
  doc: 'Gives the Jobs their role for the copy of the certificate.',
});
