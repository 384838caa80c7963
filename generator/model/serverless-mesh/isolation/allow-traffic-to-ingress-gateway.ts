import { and, not } from '../../../gotmpl/functions.ts';
import { note, when } from '../../../gotmpl/index.ts';
import { gatewaySelector, knativeServing, knativeServingIngress } from '../../facts/names.ts';
import { gatewaysWanted, plainLocalGateway, v3 } from '../values.ts';
import { allow } from './policies.ts';

export default allow({
  name: 'allow-traffic-to-ingress-gateway',
  namespace: knativeServingIngress,
  pods: gatewaySelector,
  rules: [
    { from: [{ source: { namespaces: [knativeServing, knativeServingIngress] } }] },
    {
      to: [
        {
          operation: {
            ports: note('8443 is for requests from outside the cluster, the other one is the local gateway.', [
              '8443',
              when(plainLocalGateway, '8080'),
              when(not(plainLocalGateway), '8081'),
            ]),
          },
        },
      ],
    },
  ],
  doc: 'Lets everyone call the ports of the gateways, and only these; what a request may reach behind them, other policies say.',
  source:
    'serverless-operator hack/lib/mesh_v3_resources/authorization-policies/setup; with gateway.local.tls mutual, the local gateway has the port of base document 1.4.2 step 4',
  where: and(v3, gatewaysWanted),
});
