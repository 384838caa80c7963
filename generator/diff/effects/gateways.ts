/** Where requests come in: Gateways, their Services, and the pods behind them. */
import { controlPlane2, type EffectRow } from './row.ts';

const gateway = ['Gateway.networking.istio.io'];
const change = 'changed' as const;
const istioGateway = 'https://istio.io/latest/docs/reference/config/networking/gateway/';
const apiServer = 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates';
const service = 'https://kubernetes.io/docs/concepts/services-networking/service/';
const rollout = 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#updating-a-deployment';
const maistraGateway =
  'maistra/istio-operator resources/helm/v2.5/gateways/istio-ingress/templates/{deployment,service}.yaml';
const autoscaler = 'https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/';

export const gatewayRows: readonly EffectRow[] = [
  {
    ...{ id: 'recreates-deployment', severity: 'refused', kinds: ['Deployment.apps'], change },
    field: /^spec\.selector\./,
    what: () =>
      'spec.selector cannot be changed: recreate the Deployment, during which its pods serve nothing, or give it another name',
    source: apiServer,
  },
  {
    ...{ id: 'fixed-address', severity: 'refused', kinds: ['Service'], change },
    field: /^spec\.clusterIPs?(\.|$)/,
    what: () => 'the IP address of a Service cannot be changed: delete it, and make it anew',
    source: `${service} (kubernetes pkg/apis/core/validation: field is immutable)`,
  },
  {
    ...{ id: 'deployment-removed', severity: 'interrupts', kinds: ['Deployment.apps'], change: 'removed' },
    what: s =>
      `its pods end: whatever ${s.namespace}/${s.name} serves is served no more, unless another Deployment is ready first`,
    source: rollout,
  },
  {
    ...{ id: 'service-removed', severity: 'interrupts', kinds: ['Service'], change: 'removed' },
    what: () => 'its name and address are gone: Routes and callers that use them get no answer',
    source: service,
  },
  {
    ...{ id: 'gateway-removed', severity: 'interrupts', kinds: gateway, change: 'removed' },
    what: () => 'the gateway pods close its ports: hosts that only it has get no answer',
    source: istioGateway,
  },
  {
    ...{ id: 'gateway-selector', severity: 'interrupts', kinds: gateway, change },
    field: /^spec\.selector\./,
    what: () => 'other pods serve it: those of before close its ports at once, and Routes must lead to the new ones',
    source: istioGateway,
  },
  {
    ...{ id: 'gateway-listener', severity: 'interrupts', kinds: gateway, change },
    field: /^spec\.servers\.\d+\.(port\.|tls\.mode$)/,
    what: () => 'its listener is another one: Service, Routes and clients must speak to that port, and in that way',
    source: istioGateway,
  },
  {
    ...{ id: 'service-selector', severity: 'interrupts', kinds: ['Service'], change },
    field: /^spec\.selector\./,
    what: () => 'sends requests to other pods at once',
    source: service,
  },
  {
    ...{ id: 'service-ports', severity: 'interrupts', kinds: ['Service'], change },
    field: /^spec\.ports\./,
    what: () => 'Routes and callers find other ports; Routes of Knative want ports named http2 and https',
    source: 'serverless-operator serving/ingress/pkg/reconciler/ingress/resources/route.go',
  },
  {
    ...{ id: 'gateway-labels', severity: 'interrupts', kinds: [controlPlane2], change },
    field: /^spec\.gateways\.ingress\.service\.metadata\.labels\./,
    what: () => 'its pods get other labels: Gateways find them by these',
    source: maistraGateway,
  },
  {
    ...{ id: 'gateway-added', severity: 'traffic', kinds: gateway, change: 'added' },
    what: () => 'the gateway pods open its ports; another Gateway with the same port and host takes turns with it',
    source: 'base document 1.4.1; https://istio.io/latest/docs/ops/common-problems/network-issues/',
  },
  {
    ...{ id: 'gateway-certificate', severity: 'certificate', kinds: gateway, change },
    field: /^spec\.servers\.\d+\.tls\.credentialName$/,
    what: () =>
      'clients get the certificate in another Secret, whose CA they must trust; while there is none, the gateway ends connections',
    source: 'https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/',
  },
  {
    ...{ id: 'gateway-hosts', severity: 'address', kinds: gateway, change },
    field: /^spec\.servers\.\d+\.hosts(\.|$)/,
    what: () => 'it serves other hosts: those that are in it no more get 404, if no other Gateway has them',
    source: istioGateway,
  },
  {
    ...{ id: 'restarts-gateway', severity: 'restart', kinds: ['Deployment.apps'], change },
    field: /^spec\.template\./,
    what: s => `restarts the pods of ${s.name} one after the other`,
    source: rollout,
  },
  {
    ...{ id: 'restarts-ingress', severity: 'restart', kinds: [controlPlane2], change },
    field: /^spec\.gateways\.ingress\.runtime\.(container|pod)\./,
    what: () => 'restarts istio-ingressgateway, one pod after the other',
    source: maistraGateway,
  },
  {
    ...{ id: 'scales-ingress', severity: 'scale', kinds: [controlPlane2], change },
    field: /^spec\.gateways\.ingress\.runtime\.deployment\./,
    what: () => 'istio-ingressgateway gets more or fewer pods',
    source: autoscaler,
  },
  {
    ...{ id: 'scales-gateway', severity: 'scale', kinds: ['HorizontalPodAutoscaler.autoscaling'], change },
    field: /^spec\.(minReplicas|maxReplicas|metrics\.)/,
    what: s => `${s.name} gets more or fewer pods`,
    source: autoscaler,
  },
  {
    ...{ id: 'deployment-replicas', severity: 'scale', kinds: ['Deployment.apps'], change },
    field: /^spec\.replicas$/,
    what: s => `${s.name} gets more or fewer pods`,
    source: rollout,
  },
  {
    ...{ id: 'disruption-budget', severity: 'scale', kinds: ['PodDisruptionBudget.policy'], change },
    field: /^spec\./,
    what: () => 'a node that is drained may take another number of pods at once',
    source: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  },
];
