/** Verify with Service Mesh 3: the mesh, its gateway and the routes. */
import { csv, namespace, object, slice } from './healthy.ts';
import { gateway, gatewayPod, ingress, istio, route3, strict } from './healthy-v3.ts';
import { add, change, type Row, remove } from './rows.ts';
import { withObjects, without } from './run.ts';

const upgrade = 'run helm upgrade with these values';
const service = `Service ${ingress}/${gateway}`;
const named = { mesh: { controlPlane: { name: 'apps' } } };
const unlabelled = (member: string, label: string, others = '') =>
  `namespace ${member} is not labelled ${label}, so that Istio injects no pod for it; oc label namespace ${member} --overwrite ${label}${others}, and start its pods again`;
const hello = (labels: object) =>
  object('serving.knative.dev/v1/Service', 'hello', 'shop', { spec: { template: { metadata: { labels } } } });
const askFor =
  'Knative Service shop/hello has no label sidecar.istio.io/inject: "true" in spec.template.metadata.labels; add it: without a proxy, its pods are outside the mesh';
const claimed = (place: string) =>
  `Route ${ingress}/route-1 (hello-shop.cluster.test) is not admitted: HostAlreadyClaimed; ${place}`;

export const meshRows3: readonly Row[] = [
  {
    name: 'an operator that fails',
    check: 'mesh-operator',
    spoil: add(csv('servicemeshoperator3.v3.3.1', 'openshift-operators', 'Failed')),
    want: [
      'servicemeshoperator3.v3.3.1 is Failed; wait, or see oc describe csv -n openshift-operators servicemeshoperator3.v3.3.1',
    ],
  },
  {
    name: 'no Istio',
    check: 'control-plane',
    spoil: remove('Istio'),
    want: [`Istio default does not exist; ${upgrade}`],
  },
  {
    name: 'an Istio that is not Ready, and lost its ports',
    check: 'control-plane',
    spoil: change('Istio', 'default', o => {
      o.status = {
        state: 'IstiodNotReady',
        conditions: [{ type: 'Ready', status: 'False', reason: 'IstiodNotReady' }],
      };
      o.spec.values.global.proxy.excludeInboundPorts = '8022';
    }),
    want: [
      'Istio default is not Ready: Ready IstiodNotReady; wait, or see oc describe istio default',
      'Istio default: spec.values.global.proxy.excludeInboundPorts lacks 8444, 9090; add 8444 and 9090 to the list',
    ],
  },
  {
    name: 'an Istio that is Ready, but not what it depends on',
    check: 'control-plane',
    spoil: change('Istio', 'default', o => {
      o.status = {
        state: 'IstioCNINotFound',
        conditions: [
          { type: 'Ready', status: 'True' },
          { type: 'DependenciesHealthy', status: 'False', reason: 'IstioCNINotFound' },
        ],
      };
    }),
    want: [
      'Istio default is not DependenciesHealthy: DependenciesHealthy IstioCNINotFound; wait, or see oc describe istio default',
    ],
  },
  {
    name: 'an Istio in another state',
    check: 'control-plane',
    spoil: change('Istio', 'default', o => {
      o.status.state = 'RemediationNeeded';
    }),
    want: ['Istio default is in state RemediationNeeded; see oc describe istio default'],
  },
  {
    name: 'an existing Istio that is gone',
    check: 'control-plane',
    values: { mesh: { controlPlane: { create: false } } },
    want: ['Istio default does not exist; correct mesh.controlPlane.name'],
  },
  {
    name: 'an existing Istio, which is updated by revisions',
    check: 'control-plane',
    values: { mesh: { controlPlane: { create: false } } },
    spoil: add(
      istio('default', {
        updateStrategy: { type: 'RevisionBased' },
        values: {
          meshConfig: { defaultConfig: { terminationDrainDuration: '35s' } },
          global: { proxy: { excludeInboundPorts: '8022,8444,9090' } },
        },
      }),
    ),
    want: [
      'Istio default is updated by revisions (spec.updateStrategy), so that the labels of the chart inject nothing; make an IstioRevisionTag default for it, or set spec.updateStrategy.type to InPlace',
    ],
  },
  {
    name: 'a CNI plugin that is not Ready',
    check: 'istio-cni',
    spoil: change('IstioCNI', 'default', o => {
      o.status = {};
    }),
    want: ['IstioCNI default is not Ready: it has no status yet; wait, or see oc describe istiocni default'],
  },
  {
    name: 'no CNI plugin of somebody else',
    check: 'istio-cni',
    values: { mesh: { controlPlane: { create: false } } },
    spoil: add(strict('STRICT')),
    want: ['IstioCNI default does not exist; make one, or ask the owner of the mesh'],
  },
  {
    name: 'no PeerAuthentication',
    check: 'strict-mtls',
    spoil: remove('PeerAuthentication', 'mesh-mtls'),
    want: [`no PeerAuthentication of istio-system asks for STRICT in the whole mesh; ${upgrade}`],
  },
  {
    name: 'a PeerAuthentication that takes plain text',
    check: 'strict-mtls',
    spoil: change('PeerAuthentication', 'mesh-mtls', o => {
      o.spec.mtls.mode = 'PERMISSIVE';
    }),
    want: [
      'no PeerAuthentication of istio-system asks for STRICT in the whole mesh (mesh-mtls is PERMISSIVE); set spec.mtls.mode of mesh-mtls to STRICT',
    ],
  },
  {
    name: 'members without the label, with it off, or gone',
    check: 'member-labels',
    values: { mesh: { members: ['shop', 'billing', 'gone'] } },
    spoil: add(namespace('shop'), namespace('billing', { 'istio-injection': 'disabled', 'istio.io/rev': 'default' })),
    want: [
      unlabelled('shop', 'istio-injection=enabled'),
      unlabelled('billing', 'istio-injection=enabled'),
      `namespace gone of mesh.members does not exist; oc create namespace gone, then ${upgrade}`,
    ],
  },
  {
    name: 'members of an Istio of another name: the label of the default one takes them away',
    check: 'member-labels',
    values: named,
    spoil: add(
      namespace('shop', { 'istio.io/rev': 'apps', 'istio-injection': 'enabled' }),
      namespace('billing', { 'istio.io/rev': 'apps' }),
    ),
    want: [unlabelled('shop', 'istio.io/rev=apps', ' istio-injection-')],
  },
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
