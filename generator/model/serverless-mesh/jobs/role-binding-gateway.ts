import { knativeServingIngress } from '../../facts/names.ts';
import { roleBinding } from './binding.ts';
import { gatewayRole, healsGateway } from './jobs.ts';

export default roleBinding({
  name: gatewayRole,
  namespace: knativeServingIngress,
  wanted: healsGateway,
  doc: 'Gives the Jobs their role for the ingress gateway.',
});
