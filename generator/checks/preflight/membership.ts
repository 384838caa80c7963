/** The namespaces that must be in the mesh: there, and in no other mesh. */
import type { Cluster } from '../../cluster/cluster.ts';
import { listAt, mapAt, nameOf, namespaceOf, textAt } from '../../cluster/fields.ts';
import { type Check, part, type Said } from '../check.ts';
import { isV3, membersOf, meshNamespace, namespacesInMesh, type Plan, planned } from '../plan.ts';

const rollKind = 'maistra.io/v1/ServiceMeshMemberRoll';
const memberKind = 'maistra.io/v1/ServiceMeshMember';

export const memberNamespaces: Check = {
  id: 'member-namespaces',
  title: 'the namespaces of mesh.members and kafka.consumerNamespaces exist',
  looksAt: 'Namespaces of mesh.members and kafka.consumerNamespaces',
  source:
    'github.com/openshift-knative/serverless-operator docs/full-mesh.md (a member roll is not Ready while a member is missing)',
  concerns: ({ values }) => namespacesOf(values).size > 0,
  run: async function* (cluster, { values }) {
    for (const [namespace, path] of namespacesOf(values))
      yield* part(`namespace ${namespace}`, async function* (): AsyncIterable<Said> {
        if ((await cluster.get('v1/Namespace', namespace)) !== undefined) return;
        yield {
          finding: `namespace ${namespace} of ${path} does not exist`,
          remedy: `oc create namespace ${namespace}`,
        };
      });
  },
};
/** Those of the user, each with the path that names it. */
const namespacesOf = ({ mesh, kafka }: Plan['values']) =>
  new Map([
    ...(kafka.enabled ? kafka.consumerNamespaces.map(n => [n, 'kafka.consumerNamespaces'] as const) : []),
    ...mesh.members.map(n => [n, 'mesh.members'] as const),
  ]);

/** Who claims a namespace for a mesh of Service Mesh 2 other than `mesh`: `the member roll of b`. */
async function claims(cluster: Cluster, mesh?: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const roll of await cluster.list(rollKind))
    if (namespaceOf(roll) !== mesh)
      for (const member of [...listAt(roll, 'spec', 'members'), ...listAt(roll, 'status', 'configuredMembers')])
        found.set(String(member), `the member roll of ${namespaceOf(roll)}`);
  for (const member of await cluster.list(memberKind)) {
    const other = textAt(member, 'spec', 'controlPlaneRef', 'namespace');
    if (other !== mesh)
      found.set(namespaceOf(member), `its ServiceMeshMember ${nameOf(member)} in the mesh of ${other}`);
  }
  return found;
}

/** The webhooks of both generations would inject its pods: migrating from Service Mesh 2 to 3 has a label for that. */
async function* inServiceMesh2(cluster: Cluster, plan: Plan): AsyncIterable<Said> {
  if (!(await cluster.serves(rollKind))) return;
  const claimed = await claims(cluster);
  for (const namespace of namespacesInMesh(plan))
    yield* part(`labels of namespace ${namespace}`, async function* (): AsyncIterable<Said> {
      const labels = mapAt(await cluster.get('v1/Namespace', namespace), 'metadata', 'labels');
      const current = labels['maistra.io/member-of'];
      const by = claimed.get(namespace) ?? (current === undefined ? undefined : `the mesh of ${current}`);
      if (by === undefined || labels['maistra.io/ignore-namespace'] === 'true') return;
      yield {
        finding: `namespace ${namespace} is in Service Mesh 2, by ${by}: both generations would inject its pods`,
        remedy: `take it out there, or oc label namespace ${namespace} maistra.io/ignore-namespace=true`,
      };
    });
}

async function* inOtherMesh2(cluster: Cluster, plan: Plan): AsyncIterable<Said> {
  const mesh = meshNamespace(plan);
  const claimed = await claims(cluster, mesh);
  for (const member of membersOf(plan)) {
    const by = claimed.get(member);
    if (by !== undefined)
      yield {
        finding: `namespace ${member} is claimed by ${by}`,
        remedy: 'take it out there first, or leave it out here',
      };
    yield* part(`labels of namespace ${member}`, async function* (): AsyncIterable<Said> {
      const labels = mapAt(await cluster.get('v1/Namespace', member), 'metadata', 'labels');
      const current = labels['maistra.io/member-of'];
      if (by === undefined && current !== undefined && current !== mesh)
        yield {
          finding: `namespace ${member} is a member of the mesh of ${current}`,
          remedy: 'take it out there first, or leave it out here',
        };
      const third = labels['istio.io/rev'] ?? (labels['istio-injection'] === 'enabled' ? 'istio-injection' : undefined);
      if (third !== undefined && labels['maistra.io/ignore-namespace'] !== 'true')
        yield {
          finding: `namespace ${member} is labelled for Service Mesh 3 (${third})`,
          remedy: `oc label namespace ${member} istio.io/rev- istio-injection-, or leave it out of mesh.members`,
        };
    });
  }
}

export const otherMesh: Check = {
  id: 'other-mesh',
  title: 'the namespaces of the mesh are in no other mesh',
  looksAt: 'ServiceMeshMemberRolls and ServiceMeshMembers in all namespaces, and the labels of the namespaces',
  source:
    'github.com/maistra/istio-operator pkg/controller/servicemesh/webhooks/validation (a namespace is in one mesh); migrating from Service Mesh 2 to 3: labels istio.io/rev and maistra.io/ignore-namespace',
  concerns: plan => namespacesInMesh(plan).length > 0,
  run: (cluster, plan) => (isV3(plan) ? inServiceMesh2(cluster, plan) : inOtherMesh2(cluster, plan)),
};

/** A roll that the chart does not make must list everybody. */
export const existingRoll: Check = {
  id: 'member-roll',
  title: 'the existing member roll lists every namespace that must be in the mesh',
  looksAt: 'ServiceMeshMemberRoll default in mesh.namespace',
  source: 'base document 1.4.2 step 2',
  concerns: plan =>
    membersOf(plan).length > 0 &&
    planned(plan, 'ServiceMeshMemberRoll') === undefined &&
    planned(plan, 'ServiceMeshMember') === undefined,
  run: async function* (cluster, plan) {
    const roll = await cluster.get(rollKind, 'default', meshNamespace(plan));
    if (roll === undefined) {
      yield {
        finding: `mesh.memberRoll.create is false, but ${meshNamespace(plan)} has no ServiceMeshMemberRoll default`,
        remedy: 'set mesh.memberRoll.create to true, or ask the owner of the mesh for one',
      };
      return;
    }
    const listed = new Set(
      [...listAt(roll, 'spec', 'members'), ...listAt(roll, 'status', 'configuredMembers')].map(String),
    );
    const missing = membersOf(plan).filter(m => !listed.has(m) && !listed.has('*'));
    if (missing.length > 0)
      yield {
        finding: `ServiceMeshMemberRoll ${meshNamespace(plan)}/default does not list ${missing.join(', ')}`,
        remedy: 'add what is missing to spec.members, or set mesh.serviceMeshMembers.create to true',
      };
  },
};
