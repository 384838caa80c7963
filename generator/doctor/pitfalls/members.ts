import { listAt, namespaceOf, textAt } from '../../cluster/fields.ts';
import { knativeEventing, knativeServing } from '../../model/facts/names.ts';
import { shellQuote as shell } from '../../shell.ts';
import { ofMembers } from '../kinds.ts';
import { injects, isMember, knativesOf, listedMembers, type Mesh } from '../mesh.ts';
import { append, type Found, labelsOf, oc, type Row } from '../row.ts';
import type { Seen } from '../seen.ts';
import { ofKnative, within } from '../within.ts';

const maistra = 'github.com/maistra/istio-operator';
const operator = 'github.com/openshift-knative/serverless-operator';
const _drain = '35s';

function* unlisted(seen: Seen, mesh: Mesh): Iterable<Found> {
  if (mesh.generation !== 'v2') return;
  const roll = seen.all('ServiceMeshMemberRoll').find(r => namespaceOf(r) === mesh.namespace);
  for (const namespace of knativesOf(seen)) {
    if (isMember(seen, mesh, namespace) !== false) continue;
    yield {
      object: roll ?? `ServiceMeshMemberRoll ${mesh.namespace}/default`,
      field: 'spec.members',
      what: roll ? `it does not list ${namespace}` : `there is none, so that ${namespace} is outside the mesh`,
      remedy: roll
        ? append(roll, '/spec/members/-', namespace)
        : `create {apiVersion: maistra.io/v1, kind: ServiceMeshMemberRoll, metadata: {name: default, namespace: ${mesh.namespace}}, spec: {members: [${knativesOf(seen).join(', ')}]}}`,
    };
  }
}

const sidecar = 'istio-proxy';
function* withoutProxy(seen: Seen): Iterable<Found> {
  for (const pod of seen.all('Pod')) {
    const asks = labelsOf(pod)['sidecar.istio.io/inject'] === 'true';
    const containers = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')];
    const ended = ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase'));
    const leaves = textAt(pod, 'metadata', 'deletionTimestamp') !== '';
    if (!asks || ended || leaves || containers.some(c => textAt(c, 'name') === sidecar)) continue;
    yield {
      object: pod,
      field: 'spec.containers',
      what: `it asks for a proxy, and has none: it is older than the membership of ${namespaceOf(pod)}, or no Istio injects there`,
      remedy: `once the namespace is in the mesh: ${oc('delete', pod)}`,
    };
  }
}

function* missingMembers(seen: Seen, mesh: Mesh): Iterable<Found> {
  for (const roll of seen.all('ServiceMeshMemberRoll').filter(r => namespaceOf(r) === mesh.namespace))
    for (const member of listAt(roll, 'spec', 'members').map(String)) {
      if (member === '*' || seen.find('Namespace', member) !== undefined) continue;
      yield {
        object: roll,
        field: 'spec.members',
        what: `namespace ${member} does not exist`,
        remedy: `oc create namespace ${shell(member)}, or take it off the list`,
      };
    }
}

function* claimedTwice(seen: Seen): Iterable<Found> {
  const rolls = seen.all('ServiceMeshMemberRoll');
  const istio = seen.meshes.some(m => m.generation === 'v3');
  const names = new Set(rolls.flatMap(r => [...listedMembers(seen, namespaceOf(r))]).filter(n => n !== '*'));
  for (const name of names) {
    const by = rolls.filter(r => listedMembers(seen, namespaceOf(r)).has(name));
    const object = seen.find('Namespace', name) ?? `Namespace ${name}`;
    if (by.length > 1)
      yield {
        object: by[1]!,
        field: 'spec.members',
        what: `namespace ${name} is on the roll of ${by.map(namespaceOf).join(' and of ')}`,
        remedy: 'take it off one of them',
      };
    const labels = labelsOf(object);
    if (istio && injects(labels) && labels['maistra.io/ignore-namespace'] !== 'true')
      yield {
        object,
        field: 'metadata.labels',
        what: `it is on the roll of ${by.map(namespaceOf).join(', ')}, and labelled for Service Mesh 3: both inject its pods`,
        remedy: `take it off the roll, or oc label namespace ${shell(name)} maistra.io/ignore-namespace=true`,
      };
  }
}

/** Service Mesh 3 injects Knative's own pods by their labels: a label of the namespace would take all of them. */
function* namespaceLabels(seen: Seen, { generation }: Mesh): Iterable<Found> {
  if (generation !== 'v3') return;
  for (const name of [knativeServing, knativeEventing]) {
    const object = seen.find('Namespace', name);
    const labels = labelsOf(object);
    if (object === undefined) continue;
    const field = 'metadata.labels';
    if (labels['istio-injection'] === 'disabled')
      yield {
        object,
        field,
        what: 'istio-injection=disabled keeps the proxy out of every pod',
        remedy: oc('label', object, 'istio-injection-'),
      };
    else if (injects(labels))
      yield {
        object,
        field,
        what: 'it is labelled for injection, also of its pods that talk to the API server',
        remedy: oc('label', object, 'istio-injection-', 'istio.io/rev-'),
        severity: 'risk',
      };
  }
}

export const members: readonly Row[] = [
  {
    id: 'P10',
    title: 'the namespaces of Knative are in the mesh',
    severity: 'breaks',
    consequence: 'Its pods have no proxy, and cannot talk to those of the mesh.',
    source: 'base document 1.4.2 step 2; https://github.com/openshift/openshift-docs/pull/16551',
    looksAt: ofMembers,
    look: ofKnative(unlisted),
  },
  {
    id: 'P10',
    title: 'every pod that asks for a proxy has one',
    severity: 'breaks',
    consequence: 'The pod is outside the mesh, and cannot talk to those in it.',
    source: 'base document 1.4.2 step 2; https://github.com/openshift/openshift-docs/pull/16551',
    looksAt: ['Pod'],
    running: true,
    look: withoutProxy,
  },
  {
    id: 'P11',
    title: 'every member of the roll exists',
    severity: 'breaks',
    consequence: 'The member roll is not Ready while one of its namespaces is missing.',
    source: `${operator} docs/full-mesh.md`,
    looksAt: ['ServiceMeshControlPlane', 'ServiceMeshMemberRoll', 'Namespace'],
    running: true,
    look: within(missingMembers),
  },
  {
    id: 'S10',
    title: 'no namespace is in two meshes',
    severity: 'breaks',
    consequence: 'Two control planes claim the same pods, and which one injects them is a matter of chance.',
    source: `${maistra} pkg/controller/servicemesh/webhooks/validation; migrating from Service Mesh 2 to 3`,
    looksAt: ofMembers,
    look: claimedTwice,
  },
  {
    id: 'S13',
    title: 'the labels of the namespaces of Knative leave the choice to its pods',
    severity: 'breaks',
    consequence:
      'Either no pod has a proxy, or also those that the API server calls without the certificate of the mesh.',
    source: `${operator} hack/lib/mesh_v3_resources (no injection label on them)`,
    looksAt: ['Istio', 'Namespace'],
    look: ofKnative(namespaceLabels),
  },
];
