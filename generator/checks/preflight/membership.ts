/** The namespaces that must be in the mesh: there, and in no other mesh. */
import type { Cluster } from '../../cluster/cluster.ts';
import { listAt, mapAt, nameOf, namespaceOf, textAt } from '../../cluster/fields.ts';
import { knativeEventing, knativeServing } from '../../model/facts/names.ts';
import { type Check, part, type Said } from '../check.ts';
import { membersOf, meshNamespace, planned } from '../plan.ts';

const rollKind = 'maistra.io/v1/ServiceMeshMemberRoll';
const memberKind = 'maistra.io/v1/ServiceMeshMember';

export const memberNamespaces: Check = {
  id: 'member-namespaces',
  title: 'the namespaces of mesh.members exist',
  looksAt: 'Namespaces of mesh.members',
  source:
    'github.com/openshift-knative/serverless-operator docs/full-mesh.md (a member roll is not Ready while a member is missing)',
  concerns: ({ values }) => values.mesh.members.length > 0,
  run: async function* (cluster, { values }) {
    for (const member of values.mesh.members)
      yield* part(`namespace ${member}`, async function* (): AsyncIterable<Said> {
        if ((await cluster.get('v1/Namespace', member)) !== undefined) return;
        yield {
          finding: `namespace ${member} of mesh.members does not exist`,
          remedy: `oc create namespace ${member}`,
        };
      });
  },
};

/** Who else claims a namespace: `member roll b/default`. */
async function claims(cluster: Cluster, mesh: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const roll of await cluster.list(rollKind))
    if (namespaceOf(roll) !== mesh)
      for (const member of listAt(roll, 'spec', 'members'))
        found.set(String(member), `the member roll of ${namespaceOf(roll)}`);
  for (const member of await cluster.list(memberKind)) {
    const other = textAt(member, 'spec', 'controlPlaneRef', 'namespace');
    if (other !== mesh)
      found.set(namespaceOf(member), `its ServiceMeshMember ${nameOf(member)} in the mesh of ${other}`);
  }
  return found;
}

export const otherMesh: Check = {
  id: 'other-mesh',
  title: 'the namespaces of the mesh are in no other mesh',
  looksAt: 'ServiceMeshMemberRolls and ServiceMeshMembers in all namespaces, and the labels of the namespaces',
  source:
    'github.com/maistra/istio-operator pkg/controller/servicemesh/webhooks/validation (a namespace is in one mesh); migrating from Service Mesh 2 to 3: label istio.io/rev',
  concerns: plan => membersOf(plan).length > 0,
  run: async function* (cluster, plan) {
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
        const third =
          labels['istio.io/rev'] ?? (labels['istio-injection'] === 'enabled' ? 'istio-injection' : undefined);
        if (third !== undefined && labels['maistra.io/ignore-namespace'] !== 'true')
          yield {
            finding: `namespace ${member} is labelled for Service Mesh 3 (${third})`,
            remedy: `oc label namespace ${member} istio.io/rev- istio-injection-, or leave it out of mesh.members`,
          };
      });
    }
  },
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

const knative = [
  ['operator.knative.dev/v1beta1/KnativeServing', knativeServing, 'knative-serving'],
  ['operator.knative.dev/v1beta1/KnativeEventing', knativeEventing, 'knative-eventing'],
  ['operator.serverless.openshift.io/v1alpha1/KnativeKafka', knativeEventing, 'knative-kafka'],
] as const;

export const otherKnative: Check = {
  id: 'other-knative',
  title: 'there is no other Knative, and none that belongs to another mesh',
  looksAt: 'KnativeServings, KnativeEventings and KnativeKafkas in all namespaces',
  source:
    'github.com/openshift-knative/serverless-operator, validating webhooks (one of each, in its namespace); base document 1.4 (moving to another mesh is unsupported)',
  run: async function* (cluster, plan) {
    for (const [kind, namespace, name] of knative) {
      const short = kind.replace(/.*\//, '');
      if (planned(plan, short) === undefined) continue;
      yield* part(short, async function* (): AsyncIterable<Said> {
        for (const object of await cluster.list(kind)) {
          if (namespaceOf(object) === namespace && nameOf(object) === name) {
            yield* elsewhere(object, meshNamespace(plan));
            continue;
          }
          yield {
            finding: `${short} ${namespaceOf(object)}/${nameOf(object)} exists, and there may only be ${namespace}/${name}`,
            remedy: `oc delete ${short.toLowerCase()} -n ${namespaceOf(object)} ${nameOf(object)}, and wait until it is gone`,
          };
        }
      });
    }
  },
};

function* elsewhere(serving: unknown, mesh: string): Iterable<Said> {
  for (const [key, value] of Object.entries(mapAt(serving, 'spec', 'config', 'istio'))) {
    const [, namespace] = /^[^.]+\.([^.]+)\.svc\b/.exec(String(value)) ?? [];
    if (!/^(local-)?gateway\./.test(key) || namespace === undefined || namespace === mesh) continue;
    yield {
      finding: `Knative Serving belongs to the mesh of ${namespace} (spec.config.istio), and mesh.namespace is ${mesh}`,
      remedy: `set mesh.namespace to ${namespace}; to move, uninstall and install again`,
    };
    return;
  }
}
