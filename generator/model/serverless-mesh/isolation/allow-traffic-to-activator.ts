import { knativeServing } from '../../facts/names.ts';
import { gatewayNamespace, v } from '../values.ts';
import { allow } from './policies.ts';

export default allow({
  name: 'allow-traffic-to-activator',
  namespace: knativeServing,
  pods: { app: 'activator' },
  rules: [{ from: [{ source: { namespaces: [knativeServing, gatewayNamespace] } }] }],
  doc: 'Lets Knative Serving and the ingress gateway call the activator. For calls of a team, it has a policy of its own.',
  where: v.serving.enabled,
});
