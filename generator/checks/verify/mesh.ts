/** The mesh: control plane, members, gateways. */
import { at, listAt, mapAt, nameOf, namespaceOf, textAt } from '../../cluster/fields.ts';
import { ingressGatewayService, knativeServing } from '../../model/facts/names.ts';
import type { Check, Said } from '../check.ts';
import { controlPlaneOf, settingsFindings } from '../control-plane-settings.ts';
import { controlPlaneName, hasGateways, membersOf, meshNamespace, planned } from '../plan.ts';
import { existing, installAgain, readiness } from '../ready.ts';

export const controlPlane: Check = {
  id: 'control-plane',
  title: 'the control plane is Ready, with the settings of the document',
  looksAt: 'ServiceMeshControlPlane in mesh.namespace',
  source:
    'base document 1.4.2 step 1 and 2; github.com/maistra/istio-operator pkg/apis/maistra/v2; opendatahub-operator (status.readiness.components)',
  settles: true,
  run: async function* (cluster, plan): AsyncIterable<Said> {
    const found = await controlPlaneOf(cluster, plan);
    if (found === undefined) {
      yield {
        finding: `${meshNamespace(plan)} has no ServiceMeshControlPlane ${controlPlaneName(plan)}`,
        remedy: planned(plan, 'ServiceMeshControlPlane')
          ? installAgain
          : 'correct mesh.namespace and mesh.controlPlane.name',
      };
      return;
    }
    yield* readiness(found);
    for (const state of ['pending', 'unready']) {
      const components = listAt(found, 'status', 'readiness', 'components', state);
      if (components.length > 0)
        yield {
          finding: `components of the control plane are ${state}: ${components.join(', ')}`,
          remedy: `see oc get pods -n ${meshNamespace(plan)}`,
        };
    }
    yield* settingsFindings(found, plan);
  },
};

/** What `mtls: true` of the control plane is made of. */
export const strictMtls: Check = {
  id: 'strict-mtls',
  title: 'the mesh takes no plain text: PeerAuthentication STRICT',
  looksAt: 'PeerAuthentications in mesh.namespace',
  source: 'github.com/maistra/istio-operator resources/helm/v2.5/mesh-config/templates/enable-mesh-mtls.yaml',
  settles: true,
  concerns: ({ values }) => values.serving.ingress === 'istio',
  run: async function* (cluster, plan) {
    const namespace = meshNamespace(plan);
    const all = await cluster.list('security.istio.io/v1beta1/PeerAuthentication', { namespace });
    // The one of the whole mesh has no selector.
    const whole = all.filter(p => at(p, 'spec', 'selector') === undefined);
    if (whole.some(p => textAt(p, 'spec', 'mtls', 'mode') === 'STRICT')) return;
    const modes = whole.map(p => `${nameOf(p)} is ${textAt(p, 'spec', 'mtls', 'mode') || 'unset'}`).join(', ');
    yield {
      finding: `no PeerAuthentication of ${namespace} asks for STRICT in the whole mesh${modes === '' ? '' : ` (${modes})`}`,
      remedy: 'set spec.security.dataPlane.mtls of the control plane to true, and wait',
    };
  },
};

export const memberRoll: Check = {
  id: 'member-roll',
  title: 'every namespace that must be in the mesh is configured as a member',
  looksAt: 'ServiceMeshMemberRoll default in mesh.namespace',
  source: 'github.com/maistra/istio-operator pkg/apis/maistra/v1/servicemeshmemberroll_types.go',
  settles: true,
  concerns: plan => membersOf(plan).length > 0,
  run: async function* (cluster, plan): AsyncIterable<Said> {
    const namespace = meshNamespace(plan);
    const kind = 'maistra.io/v1/ServiceMeshMemberRoll';
    const roll = yield* existing(
      cluster,
      kind,
      'default',
      namespace,
      planned(plan, 'ServiceMeshMemberRoll') ? installAgain : 'make one, or set mesh.memberRoll.create',
    );
    if (roll === undefined) return;
    yield* readiness(roll);
    const configured = listAt(roll, 'status', 'configuredMembers');
    const missing = membersOf(plan).filter(m => !configured.includes(m));
    if (missing.length > 0)
      yield {
        finding: `ServiceMeshMemberRoll ${namespace}/default does not list as configured: ${missing.join(', ')}`,
        remedy: 'see whether these namespaces exist, and add them to the member roll',
      };
    for (const state of ['pendingMembers', 'terminatingMembers']) {
      const some = listAt(roll, 'status', state);
      if (some.length > 0)
        yield {
          finding: `ServiceMeshMemberRoll ${namespace}/default has ${state}: ${some.join(', ')}`,
          remedy: 'see whether these namespaces exist',
        };
    }
  },
};

export const members: Check = {
  id: 'service-mesh-members',
  title: 'each ServiceMeshMember is Ready',
  looksAt: 'ServiceMeshMembers of the release',
  source:
    'base document 1.4.2 step 2; github.com/maistra/istio-operator pkg/apis/maistra/v1/servicemeshmember_types.go',
  settles: true,
  concerns: plan => planned(plan, 'ServiceMeshMember') !== undefined,
  run: async function* (cluster, plan): AsyncIterable<Said> {
    for (const member of plan.objects.filter(o => o.kind === 'ServiceMeshMember')) {
      const kind = 'maistra.io/v1/ServiceMeshMember';
      const found = yield* existing(cluster, kind, nameOf(member), namespaceOf(member), installAgain);
      if (found !== undefined) yield* readiness(found);
    }
  },
};

const ready = (slices: readonly unknown[]) =>
  slices.some(s => listAt(s, 'endpoints').some(e => textAt(e, 'conditions', 'ready') !== 'false'));

export const ingressGateway: Check = {
  id: 'ingress-gateway',
  title: 'the ingress gateway runs, and its Service is what Knative and the routes need',
  looksAt: 'Deployment, pods and Services of the ingress gateway in mesh.namespace, and their EndpointSlices',
  source:
    'base document 1.4.1 step 2 and 1.4.2 step 4; github.com/openshift-knative/serverless-operator serving/ingress/pkg/reconciler/ingress/resources/route.go (port names)',
  settles: true,
  concerns: hasGateways,
  run: async function* (cluster, plan): AsyncIterable<Said> {
    const namespace = meshNamespace(plan);
    const of = 'see the control plane, whose operator makes it';
    const deployment = yield* existing(cluster, 'apps/v1/Deployment', ingressGatewayService, namespace, of);
    if (deployment !== undefined) yield* readiness(deployment, 'Available');
    const service = yield* existing(cluster, 'v1/Service', ingressGatewayService, namespace, of);
    if (service !== undefined) {
      const names = listAt(service, 'spec', 'ports').map(p => textAt(p, 'name'));
      const missing = ['http2', 'https'].filter(n => !names.includes(n));
      if (missing.length > 0)
        yield {
          finding: `Service ${namespace}/${ingressGatewayService} has no port named ${missing.join(' and ')}, which the routes need`,
          remedy: 'name its ports http2 and https in the control plane',
        };
      const type = textAt(service, 'spec', 'type');
      if (['NodePort', 'LoadBalancer'].includes(type))
        yield {
          finding: `Service ${namespace}/${ingressGatewayService} is of type ${type}, which is not supported with Serverless`,
          remedy: 'make it ClusterIP in the control plane',
        };
    }
    for (const name of [ingressGatewayService, 'knative-local-gateway']) {
      const labels = `kubernetes.io/service-name=${name}`;
      if (!ready(await cluster.list('discovery.k8s.io/v1/EndpointSlice', { namespace, labels })))
        yield {
          finding: `nothing answers behind Service ${namespace}/${name}`,
          remedy: `see oc get pods -n ${namespace} -l istio=ingressgateway`,
        };
    }
  },
};

export const gatewayPods: Check = {
  id: 'gateway-pods',
  title: 'the Gateways of Knative select the pods of the ingress gateway',
  looksAt: `Gateways in ${knativeServing}, pods in mesh.namespace`,
  source: 'base document 1.4.2 callout 3; github.com/knative-extensions/net-istio pkg/reconciler/ingress/lister.go',
  settles: true,
  concerns: hasGateways,
  run: async function* (cluster, plan) {
    const pods = await cluster.list('v1/Pod', { namespace: meshNamespace(plan) });
    for (const wanted of plan.objects.filter(o => o.kind === 'Gateway')) {
      const selector = Object.entries(mapAt(wanted, 'spec', 'selector'));
      const fits = pods.some(p => selector.every(([k, v]) => mapAt(p, 'metadata', 'labels')[k] === v));
      if (!fits)
        yield {
          finding: `Gateway ${nameOf(wanted)} selects ${selector.map(s => s.join('=')).join(',')}, which no pod in ${meshNamespace(plan)} has`,
          remedy: 'set this label in spec.gateways.ingress.service.metadata.labels of the control plane',
        };
    }
  },
};
