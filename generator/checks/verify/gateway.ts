/** The ingress gateway: with Service Mesh 2 that of the control plane, with Service Mesh 3 our own. */
import { listAt, mapAt, nameOf, textAt } from '../../cluster/fields.ts';
import { gatewaySelector, knativeServing, localGateway } from '../../model/facts/names.ts';
import type { Check, Said } from '../check.ts';
import { gatewayName, gatewayNamespace, hasGateways, isV3, type Plan } from '../plan.ts';
import { existing, installAgain, readiness } from '../ready.ts';
import { lives } from './pods.ts';

/** What to do where the gateway is not as it must be: who makes it, and what says how. */
const maker = (plan: Plan) =>
  isV3(plan)
    ? {
        of: installAgain,
        ports: installAgain,
        type: installAgain,
        labels: installAgain,
        pods: 'knative=ingressgateway',
      }
    : {
        of: 'see the control plane, whose operator makes it',
        ports: 'name its ports http2 and https in the control plane',
        type: 'make it ClusterIP in the control plane',
        labels: 'set this label in spec.gateways.ingress.service.metadata.labels of the control plane',
        pods: 'istio=ingressgateway',
      };

const ready = (slices: readonly unknown[]) =>
  slices.some(s => listAt(s, 'endpoints').some(e => textAt(e, 'conditions', 'ready') !== 'false'));

export const ingressGateway: Check = {
  id: 'ingress-gateway',
  title: 'the ingress gateway runs, and its Service is what Knative and the routes need',
  looksAt: 'Deployment, pods and Services of the ingress gateway in its namespace, and their EndpointSlices',
  source:
    'base document 1.4.1 step 2 and 1.4.2 step 4; github.com/openshift-knative/serverless-operator serving/ingress/pkg/reconciler/ingress/resources/route.go (port names)',
  settles: true,
  concerns: hasGateways,
  run: async function* (cluster, plan): AsyncIterable<Said> {
    const [namespace, gateway, make] = [gatewayNamespace(plan), gatewayName(plan), maker(plan)];
    const deployment = yield* existing(cluster, 'apps/v1/Deployment', gateway, namespace, make.of);
    if (deployment !== undefined) yield* readiness(deployment, 'Available');
    const service = yield* existing(cluster, 'v1/Service', gateway, namespace, make.of);
    if (service !== undefined) {
      const names = listAt(service, 'spec', 'ports').map(p => textAt(p, 'name'));
      const missing = ['http2', 'https'].filter(n => !names.includes(n));
      if (missing.length > 0)
        yield {
          finding: `Service ${namespace}/${gateway} has no port named ${missing.join(' and ')}, which the routes need`,
          remedy: make.ports,
        };
      const type = textAt(service, 'spec', 'type');
      if (['NodePort', 'LoadBalancer'].includes(type))
        yield {
          finding: `Service ${namespace}/${gateway} is of type ${type}, which is not supported with Serverless`,
          remedy: make.type,
        };
    }
    for (const name of [gateway, localGateway]) {
      const labels = `kubernetes.io/service-name=${name}`;
      if (!ready(await cluster.list('discovery.k8s.io/v1/EndpointSlice', { namespace, labels })))
        yield {
          finding: `nothing answers behind Service ${namespace}/${name}`,
          remedy: `see oc get pods -n ${namespace} -l ${make.pods}`,
        };
    }
  },
};

export const gatewayPods: Check = {
  id: 'gateway-pods',
  title: 'the Gateways of Knative select the pods of the ingress gateway',
  looksAt: `Gateways in ${knativeServing}, pods in the namespace of the gateway`,
  source: 'base document 1.4.2 callout 3; github.com/knative-extensions/net-istio pkg/reconciler/ingress/lister.go',
  settles: true,
  concerns: hasGateways,
  run: async function* (cluster, plan) {
    const namespace = gatewayNamespace(plan);
    const pods = await cluster.list('v1/Pod', { namespace });
    for (const wanted of plan.objects.filter(o => o.kind === 'Gateway')) {
      const selector = Object.entries(mapAt(wanted, 'spec', 'selector'));
      const fits = pods.some(p => selector.every(([k, v]) => mapAt(p, 'metadata', 'labels')[k] === v));
      if (!fits)
        yield {
          finding: `Gateway ${nameOf(wanted)} selects ${selector.map(s => s.join('=')).join(',')}, which no pod in ${namespace} has`,
          remedy: maker(plan).labels,
        };
    }
  },
};

/** The image that the Deployment names does not exist: Istio puts its own in place of it, if it is there in time. */
export const gatewayImages: Check = {
  id: 'gateway-images',
  title: 'the pods of the ingress gateway have the image that Istio gives them',
  looksAt: 'pods of the ingress gateway in knative-serving-ingress',
  source: 'https://github.com/istio/istio/issues/46307',
  settles: true,
  concerns: plan => isV3(plan) && hasGateways(plan),
  run: async function* (cluster, plan) {
    const namespace = gatewayNamespace(plan);
    const selector = Object.entries(gatewaySelector);
    const pods = (await cluster.list('v1/Pod', { namespace })).filter(
      pod => lives(pod) && selector.every(([k, v]) => mapAt(pod, 'metadata', 'labels')[k] === v),
    );
    const late = pods.filter(pod => listAt(pod, 'spec', 'containers').some(c => textAt(c, 'image') === 'auto'));
    if (late.length === 0) return;
    yield {
      finding: `${late.map(nameOf).join(', ')} in ${namespace} started before Istio was there, and have the image auto, which does not exist`,
      remedy: `oc rollout restart -n ${namespace} deployment/${gatewayName(plan)}`,
    };
  },
};
