import { knativeServing } from '../../facts/names.ts';
import { v } from '../values.ts';
import { allow } from './policies.ts';

export default allow({
  name: 'allow-traffic-to-autoscaler',
  namespace: knativeServing,
  pods: { app: 'autoscaler' },
  rules: [{ from: [{ source: { namespaces: [knativeServing] } }] }],
  doc: 'Lets the activator report to the autoscaler.',
  where: v.serving.enabled,
});
