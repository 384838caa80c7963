/** The mesh: control plane and members. */
import type { Cluster } from '../../cluster/cluster.ts';
import { listAt, mapAt, nameOf, namespaceOf } from '../../cluster/fields.ts';
import { type Check, part, type Said } from '../check.ts';
import { controlPlaneOf, settingsFindings } from '../control-plane-settings.ts';
import { istioAfter } from '../istio-settings.ts';
import { controlPlaneName, isV3, membersOf, meshNamespace, type Plan, planned } from '../plan.ts';
import { existing, installAgain, readiness } from '../ready.ts';

async function* controlPlane2(cluster: Cluster, plan: Plan): AsyncIterable<Said> {
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
}

export const controlPlane: Check = {
  id: 'control-plane',
  title: 'the control plane is Ready, with the settings of the document',
  looksAt: 'ServiceMeshControlPlane in mesh.namespace; with Service Mesh 3 the Istio of mesh.controlPlane.name',
  source:
    'base document 1.4.2 step 1 and 2; github.com/maistra/istio-operator pkg/apis/maistra/v2; opendatahub-operator (status.readiness.components); github.com/istio-ecosystem/sail-operator api/v1/istio_types.go',
  settles: true,
  run: (cluster, plan) => (isV3(plan) ? istioAfter(cluster, plan) : controlPlane2(cluster, plan)),
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

/** The label by which Istio injects the pods of a namespace. That of injection, where there is one, counts alone. */
export function isLabelled(namespace: unknown, plan: Plan): boolean {
  const { 'istio-injection': injection, 'istio.io/rev': revision } = mapAt(namespace, 'metadata', 'labels');
  if (injection === undefined) return revision === controlPlaneName(plan);
  return injection === 'enabled' && controlPlaneName(plan) === 'default';
}

export const memberLabels: Check = {
  id: 'member-labels',
  title: 'the namespaces of mesh.members are labelled for injection by Istio',
  looksAt: 'Namespaces of mesh.members',
  source: 'https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/',
  settles: true,
  concerns: plan => isV3(plan) && plan.values.mesh.members.length > 0,
  run: async function* (cluster, plan) {
    const name = controlPlaneName(plan);
    const label = name === 'default' ? 'istio-injection=enabled' : `istio.io/rev=${name}`;
    const others = name === 'default' ? '' : ' istio-injection-';
    for (const member of plan.values.mesh.members)
      yield* part(`namespace ${member}`, async function* (): AsyncIterable<Said> {
        const found = await cluster.get('v1/Namespace', member);
        if (found === undefined)
          yield {
            finding: `namespace ${member} of mesh.members does not exist`,
            remedy: `oc create namespace ${member}, then ${installAgain}`,
          };
        else if (!isLabelled(found, plan))
          yield {
            finding: `namespace ${member} is not labelled ${label}, so that Istio injects no pod for it`,
            remedy: `oc label namespace ${member} --overwrite ${label}${others}, and start its pods again`,
          };
      });
  },
};
