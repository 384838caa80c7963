/** Verify with Service Mesh 3: the ingress gateway, its routes, and what they lead to. */
import { namespace, object, slice } from './healthy.ts';
import { gateway, gatewayPod, ingress, route3 } from './healthy-v3.ts';
import { add, change, type Row, remove } from './rows.ts';
import { withObjects, without } from './run.ts';

const upgrade = 'run helm upgrade with these values';
const service = `Service ${ingress}/${gateway}`;
const hello = (labels: object) =>
  object('serving.knative.dev/v1/Service', 'hello', 'shop', { spec: { template: { metadata: { labels } } } });
const askFor =
  'Knative Service shop/hello has no label sidecar.istio.io/inject: "true" in spec.template.metadata.labels; add it: without a proxy, its pods are outside the mesh';
const claimed = (place: string) =>
  `Route ${ingress}/route-1 (hello-shop.cluster.test) is not admitted: HostAlreadyClaimed; ${place}`;

export const gatewayRows3: readonly Row[] = [
  {
    name: 'a gateway that does not run',
    check: 'ingress-gateway',
    spoil: all => withObjects(without(all, 'Deployment', gateway), slice(gateway, ingress, false)),
    want: [
      `Deployment ${ingress}/${gateway} does not exist; ${upgrade}`,
      `nothing answers behind ${service}; see oc get pods -n ${ingress} -l knative=ingressgateway`,
    ],
  },
  {
    name: 'a gateway that is not Available, exposed, with a port of another name',
    check: 'ingress-gateway',
    spoil: all =>
      change('Service', gateway, o => {
        o.spec.type = 'LoadBalancer';
        o.spec.ports[0].name = 'http';
      })(
        change('Deployment', gateway, o => {
          o.status.conditions = [{ type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable' }];
        })(all),
      ),
    want: [
      `Deployment ${ingress}/${gateway} is not Available: Available MinimumReplicasUnavailable; wait, or see oc describe -n ${ingress} deployment ${gateway}`,
      `${service} has no port named http2, which the routes need; ${upgrade}`,
      `${service} is of type LoadBalancer, which is not supported with Serverless; ${upgrade}`,
    ],
  },
  {
    name: 'a pod of the gateway that started too early, beside a good one and one that has ended',
    check: 'gateway-images',
    spoil: add(gatewayPod('auto', 'early'), { ...gatewayPod('auto', 'ended'), status: { phase: 'Failed' } }),
    want: [
      `early in ${ingress} started before Istio was there, and have the image auto, which does not exist; oc rollout restart -n ${ingress} deployment/${gateway}`,
    ],
  },
  {
    name: 'no pods of the gateway',
    check: 'gateway-pods',
    spoil: remove('Pod', `${gateway}-5d9c-x`),
    want: ['knative-ingress-gateway', 'knative-local-gateway'].map(
      name => `Gateway ${name} selects knative=ingressgateway, which no pod in ${ingress} has; ${upgrade}`,
    ),
  },
  {
    name: 'a route of a former mesh',
    check: 'stale-routes',
    spoil: add(route3('istio-system')),
    want: [
      `Routes of Knative in istio-system keep their hosts, so that those in ${ingress} are not admitted: route-1 (hello-shop.cluster.test); oc delete route -n istio-system -l serving.knative.openshift.io/ingressName`,
    ],
  },
  {
    name: 'a route that is not admitted, because of one of a former mesh',
    check: 'routes',
    spoil: add(route3('istio-system'), route3(ingress, {}, 'False')),
    want: [claimed('a former mesh left one with this host: oc delete route -n istio-system route-1')],
  },
  {
    name: 'a route that is not admitted, for another reason; one of a former mesh has another host',
    check: 'routes',
    spoil: add(route3('istio-system', { host: 'other.cluster.test' }), route3(ingress, {}, 'False')),
    want: [claimed('see whether another Route has this host')],
  },
  {
    name: 'a route to the gateway of Service Mesh 2',
    check: 'routes',
    spoil: add(route3(ingress, { to: { name: 'istio-ingressgateway' } })),
    want: [
      `Route ${ingress}/route-1 (hello-shop.cluster.test) leads to istio-ingressgateway:https (passthrough), not to the ingress gateway; see config-istio in knative-serving, which decides it`,
    ],
  },
  {
    name: 'a Knative Service without the label, in a namespace with its own',
    check: 'knative-services',
    spoil: add(hello({})),
    want: [],
  },
  {
    name: 'a Knative Service that wants no proxy',
    check: 'knative-services',
    spoil: add(hello({ 'sidecar.istio.io/inject': 'false' })),
    want: [askFor],
  },
  {
    name: 'a Knative Service without the label, in a namespace without',
    check: 'knative-services',
    spoil: add(hello({}), namespace('shop')),
    want: [askFor],
  },
];
