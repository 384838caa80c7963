/** Verify: the mesh, its gateways and proxies. */
import { object, pod, route, slice } from './healthy.ts';
import { add, change, type Row, remove } from './rows.ts';
import { withObjects, without } from './run.ts';

const failing = (reason: string) => [
  { type: 'Ready', status: 'False', reason, message: 'line one\nline two' },
  { type: 'Installed', status: 'True' },
];
const upgrade = 'run helm upgrade with these values';

export const meshRows: readonly Row[] = [
  {
    name: 'no control plane',
    check: 'control-plane',
    spoil: remove('ServiceMeshControlPlane'),
    want: [`istio-system has no ServiceMeshControlPlane basic; ${upgrade}`],
  },
  {
    name: 'a control plane that is not Ready, has components that are not, and lost a setting',
    check: 'control-plane',
    spoil: change('ServiceMeshControlPlane', 'basic', o => {
      o.status.conditions = failing('ComponentsNotReady');
      o.status.readiness.components = { pending: ['wasm'], unready: ['istiod'] };
      o.spec.security.dataPlane.mtls = false;
    }),
    want: [
      'ServiceMeshControlPlane istio-system/basic is not Ready: Ready ComponentsNotReady line one line two; wait, or see oc describe -n istio-system servicemeshcontrolplane basic',
      'components of the control plane are pending: wasm; see oc get pods -n istio-system',
      'components of the control plane are unready: istiod; see oc get pods -n istio-system',
      'ServiceMeshControlPlane istio-system/basic: spec.security.dataPlane.mtls is false; set it to true',
    ],
  },
  {
    name: 'a control plane whose Ready is that of before',
    check: 'control-plane',
    spoil: change('ServiceMeshControlPlane', 'basic', o => {
      o.metadata.generation = 3;
      o.status.observedGeneration = 2;
    }),
    want: [
      'ServiceMeshControlPlane istio-system/basic has changed, and its operator has not looked yet; wait, or see whether the operator runs',
    ],
  },
  {
    name: 'a mesh that takes plain text',
    check: 'strict-mtls',
    spoil: add(
      object('security.istio.io/v1beta1/PeerAuthentication', 'default', 'istio-system', {
        spec: { mtls: { mode: 'PERMISSIVE' } },
      }),
    ),
    want: [
      'no PeerAuthentication of istio-system asks for STRICT in the whole mesh (default is PERMISSIVE); set spec.security.dataPlane.mtls of the control plane to true, and wait',
    ],
  },
  {
    name: 'no member roll',
    check: 'member-roll',
    spoil: remove('ServiceMeshMemberRoll'),
    want: [`ServiceMeshMemberRoll istio-system/default does not exist; ${upgrade}`],
  },
  {
    name: 'members that are not configured, or pending',
    check: 'member-roll',
    spoil: change('ServiceMeshMemberRoll', 'default', o => {
      o.status.configuredMembers = ['knative-serving', 'knative-eventing'];
      o.status.pendingMembers = ['shop'];
    }),
    want: [
      'ServiceMeshMemberRoll istio-system/default does not list as configured: shop; see whether these namespaces exist, and add them to the member roll',
      'ServiceMeshMemberRoll istio-system/default has pendingMembers: shop; see whether these namespaces exist',
    ],
  },
  {
    name: 'a ServiceMeshMember without a status',
    check: 'service-mesh-members',
    values: { mesh: { serviceMeshMembers: { create: true } } },
    spoil: all =>
      all.map(o =>
        o.kind !== 'ServiceMeshMember' || o.metadata.namespace === 'shop'
          ? o
          : { ...o, status: { conditions: [{ type: 'Ready', status: 'True' }] } },
      ),
    want: [
      'ServiceMeshMember shop/default is not Ready: it has no status yet; wait, or see oc describe -n shop servicemeshmember default',
    ],
  },
  {
    name: 'no Secret',
    check: 'certificate',
    spoil: remove('Secret'),
    want: [
      'Secret istio-system/wildcard-certs does not exist, so the ingress gateway has no certificate; oc create secret tls wildcard-certs -n istio-system --cert=wildcard.crt --key=wildcard.key',
    ],
  },
  {
    name: 'an ingress gateway that does not run',
    check: 'ingress-gateway',
    spoil: all =>
      withObjects(
        remove('Deployment', 'istio-ingressgateway')(all),
        slice('istio-ingressgateway', 'istio-system', false),
      ),
    want: [
      'Deployment istio-system/istio-ingressgateway does not exist; see the control plane, whose operator makes it',
      'nothing answers behind Service istio-system/istio-ingressgateway; see oc get pods -n istio-system -l istio=ingressgateway',
    ],
  },
  {
    name: 'an ingress gateway that is exposed, with a port of another name',
    check: 'ingress-gateway',
    spoil: change('Service', 'istio-ingressgateway', o => {
      o.spec = { type: 'NodePort', ports: [{ name: 'http2' }, { name: 'tls' }] };
    }),
    want: [
      'Service istio-system/istio-ingressgateway has no port named https, which the routes need; name its ports http2 and https in the control plane',
      'Service istio-system/istio-ingressgateway is of type NodePort, which is not supported with Serverless; make it ClusterIP in the control plane',
    ],
  },
  {
    name: 'a gateway whose pods lack the label',
    check: 'gateway-pods',
    spoil: change('Pod', 'istio-ingressgateway-5d9c-x', o => {
      o.metadata.labels = { istio: 'ingressgateway' };
    }),
    want: ['knative-ingress-gateway', 'knative-local-gateway'].map(
      name =>
        `Gateway ${name} selects knative=ingressgateway, which no pod in istio-system has; set this label in spec.gateways.ingress.service.metadata.labels of the control plane`,
    ),
  },
  {
    name: 'pods without a proxy, and some with one that must not',
    check: 'proxies-knative-serving',
    spoil: add(
      pod('activator', 'knative-serving', ['activator']),
      pod('controller', 'knative-serving', ['controller', 'istio-proxy']),
    ),
    want: [
      'deployment/activator in knative-serving has pods without a proxy; oc rollout restart -n knative-serving deployment/activator',
      'deployment/controller in knative-serving has a proxy, and talks to the API server, which has none; take the label of injection off namespace knative-serving, then oc rollout restart -n knative-serving deployment/controller',
    ],
  },
  {
    name: 'a native sidecar is a proxy; a pod that ends does not count; a workload without pods does',
    check: 'proxies-knative-serving',
    spoil: all =>
      withObjects(
        without(all, 'Pod', 'autoscaler-5d9c-x'),
        pod('activator', 'knative-serving', ['activator'], {
          spec: { containers: [{ name: 'activator' }], initContainers: [{ name: 'istio-proxy' }] },
        }),
        pod('autoscaler', 'knative-serving', ['autoscaler'], { status: { phase: 'Failed' } }),
      ),
    want: ['knative-serving has no pod of autoscaler; see oc describe deployment -n knative-serving autoscaler'],
  },
  {
    name: 'a StatefulSet without a proxy, and a pod that is not ready',
    check: 'proxies-knative-eventing',
    spoil: add(
      pod('kafka-broker-dispatcher', 'knative-eventing', ['dispatcher'], {
        metadata: {
          name: 'kafka-broker-dispatcher-0',
          namespace: 'knative-eventing',
          ownerReferences: [{ kind: 'StatefulSet', name: 'kafka-broker-dispatcher' }],
        },
      }),
      pod('imc-dispatcher', 'knative-eventing', ['dispatcher', 'istio-proxy'], {
        status: { conditions: [{ type: 'Ready', status: 'False' }] },
      }),
    ),
    want: [
      'statefulset/kafka-broker-dispatcher in knative-eventing has pods without a proxy; oc rollout restart -n knative-eventing statefulset/kafka-broker-dispatcher',
      'pod imc-dispatcher-5d9c-x in knative-eventing is not ready; see oc describe pod -n knative-eventing imc-dispatcher-5d9c-x',
    ],
  },
  {
    name: 'a route that is not admitted, and leads past the gateway',
    check: 'routes',
    spoil: add(route({ port: { targetPort: 'http2' } }, 'False')),
    want: [
      'Route istio-system/route-1 (hello-shop.cluster.test) is not admitted: HostAlreadyClaimed; see whether another Route has this host',
      'Route istio-system/route-1 (hello-shop.cluster.test) leads to istio-ingressgateway:http2 (passthrough), not to the ingress gateway; see config-istio in knative-serving, which decides it',
    ],
  },
  {
    name: 'a Knative Service outside the mesh, without a route',
    check: 'knative-services',
    spoil: add(
      object('serving.knative.dev/v1/Service', 'hello', 'shop', {
        spec: { template: { metadata: { annotations: { 'sidecar.istio.io/inject': 'true' } } } },
        status: { conditions: [{ type: 'RoutesReady', status: 'False', reason: 'IngressNotConfigured' }] },
      }),
    ),
    want: [
      'Knative Service shop/hello has no label sidecar.istio.io/inject: "true" in spec.template.metadata.labels; add it: without a proxy, its pods are outside the mesh',
      'Knative Service shop/hello has no working route: IngressNotConfigured; see oc describe ksvc -n shop hello',
    ],
  },
];
