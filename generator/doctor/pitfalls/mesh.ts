/** The control plane, who is in the mesh, and what protects it. */

import { seconds } from '../../checks/control-plane-settings.ts';
import { selects } from '../../checks/discovery.ts';
import { at, type KubeObject, listAt, mapAt, namespaceOf, textAt, titleOf } from '../../cluster/fields.ts';
import {
  knativeEventing,
  knativeServing,
  knativeServingIngress,
  metricsPort,
  waitForDrainPort,
} from '../../model/facts/names.ts';
import { shellQuote as shell } from '../../shell.ts';
import {
  addressesOf,
  eventingOf,
  injects,
  isMember,
  knativeInMesh,
  listedMembers,
  type Mesh,
  servingOf,
  usesIstio,
} from '../mesh.ts';
import { annotationsOf, append, type Found, isOn, labelsOf, oc, patch, type Row, show } from '../row.ts';
import type { Seen } from '../seen.ts';

const maistra = 'github.com/maistra/istio-operator';
const operator = 'github.com/openshift-knative/serverless-operator';
const control = ['ServiceMeshControlPlane', 'Istio', 'KnativeServing', 'KnativeEventing'] as const;
const drain = '35s';

const paths = {
  v2: {
    drain: ['techPreview', 'meshConfig', 'defaultConfig', 'terminationDrainDuration'],
    ports: ['proxy', 'networking', 'trafficControl', 'inbound', 'excludedPorts'],
  },
  v3: {
    drain: ['values', 'meshConfig', 'defaultConfig', 'terminationDrainDuration'],
    ports: ['values', 'global', 'proxy', 'excludeInboundPorts'],
  },
} as const;

/** A patch that sets one field. */
export const setField = (path: readonly string[], value: unknown): object =>
  path.toReversed().reduce<unknown>((inner, key) => ({ [key]: inner }), value) as object;

/** Namespaces of Knative that must be in the mesh. */
const knativesOf = (seen: Seen): string[] => [
  ...(usesIstio(servingOf(seen)) ? [knativeServing] : []),
  ...(eventingOf(seen) === undefined ? [] : [knativeEventing]),
];

function* drained({ controlPlane, generation }: Mesh): Iterable<Found> {
  const path = paths[generation].drain;
  const has = textAt(controlPlane, 'spec', ...path);
  if (seconds(has) >= seconds(drain)) return;
  const field = ['spec', ...path].join('.');
  yield {
    object: controlPlane,
    field,
    what: `it is ${show(has || undefined)}`,
    remedy: patch(controlPlane, setField(['spec', ...path], drain)),
  };
}

function* excludedPorts({ controlPlane, generation }: Mesh): Iterable<Found> {
  const path = paths[generation].ports;
  const given = at(controlPlane, 'spec', ...path);
  const has = Array.isArray(given) ? given.map(String) : String(given ?? '').split(/\s*,\s*/);
  // 9090 is of Service Mesh 3 only, and the tests of the Serverless operator.
  const wanted = [waitForDrainPort, metricsPort].map(String);
  const lacks = wanted.filter(port => !has.includes(port) && !has.includes('*'));
  if (lacks.length === 0) return;
  const all = [...has.filter(Boolean), ...lacks];
  yield {
    object: controlPlane,
    field: ['spec', ...path].join('.'),
    what: `it lacks ${lacks.join(' and ')}`,
    remedy: patch(controlPlane, setField(['spec', ...path], generation === 'v2' ? all.map(Number) : all.join(','))),
  };
}

function* strict(seen: Seen, { controlPlane, generation, namespace }: Mesh): Iterable<Found> {
  if (generation === 'v2') {
    if (isOn(controlPlane, 'spec', 'security', 'dataPlane', 'mtls')) return;
    yield {
      object: controlPlane,
      field: 'spec.security.dataPlane.mtls',
      what: `it is ${show(at(controlPlane, 'spec', 'security', 'dataPlane', 'mtls'))}`,
      remedy: patch(controlPlane, setField(['spec', 'security', 'dataPlane', 'mtls'], true)),
    };
    return;
  }
  const whole = seen
    .all('PeerAuthentication')
    .filter(p => namespaceOf(p) === namespace && at(p, 'spec', 'selector') === undefined)
    .toSorted((a, b) => (age(a) < age(b) ? -1 : age(a) > age(b) ? 1 : 0));
  if (whole.length > 0 && textAt(whole[0], 'spec', 'mtls', 'mode') === 'STRICT') return;
  const yaml = `{apiVersion: security.istio.io/v1beta1, kind: PeerAuthentication, metadata: {name: mesh-mtls, namespace: ${namespace}}, spec: {mtls: {mode: STRICT}}}`;
  yield {
    object: whole[0] ?? `PeerAuthentication ${namespace}/mesh-mtls`,
    field: whole[0] ? 'spec.mtls.mode' : '',
    what: whole[0]
      ? `the oldest for the whole mesh is ${show(textAt(whole[0], 'spec', 'mtls', 'mode') || undefined)}`
      : 'no PeerAuthentication asks for STRICT in the whole mesh',
    remedy: whole[0] ? patch(whole[0], { spec: { mtls: { mode: 'STRICT' } } }) : `create ${yaml}`,
    severity: 'risk',
  };
}
const age = (object: unknown) => textAt(object, 'metadata', 'creationTimestamp');

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

/** With discoverySelectors an Istio sees the namespaces only that they select. */
function* undiscovered(seen: Seen, { controlPlane, generation, namespace }: Mesh): Iterable<Found> {
  const path = ['spec', 'values', 'meshConfig', 'discoverySelectors'];
  const selectors = listAt(controlPlane, ...path);
  if (generation !== 'v3' || selectors.length === 0) return;
  for (const name of new Set([namespace, knativeServingIngress, ...knativesOf(seen)])) {
    const found = seen.find('Namespace', name);
    if (found === undefined || selectors.some(s => selects(s, labelsOf(found)))) continue;
    yield {
      object: controlPlane,
      field: path.join('.'),
      what: `none of them selects namespace ${name}`,
      remedy: `give the namespace a label that they name: ${show(selectors)}`,
    };
  }
}

/** The activator asks the autoscaler while one of them has no certificate yet. */
function* strictAutoscaler(seen: Seen, { generation }: Mesh): Iterable<Found> {
  if (generation !== 'v3' || !usesIstio(servingOf(seen))) return;
  const policies = seen.all('PeerAuthentication').filter(p => namespaceOf(p) === knativeServing);
  const own = policies.find(p => mapAt(p, 'spec', 'selector', 'matchLabels').app === 'autoscaler');
  const mode = textAt(own, 'spec', 'mtls', 'mode');
  if (mode === 'PERMISSIVE') return;
  yield {
    object: own ?? `PeerAuthentication ${knativeServing}/autoscaler-permissive`,
    field: own ? 'spec.mtls.mode' : '',
    what: own ? `it is ${show(mode || undefined)}` : 'it does not exist',
    remedy: own
      ? patch(own, { spec: { mtls: { mode: 'PERMISSIVE' } } })
      : `create {apiVersion: security.istio.io/v1beta1, kind: PeerAuthentication, metadata: {name: autoscaler-permissive, namespace: ${knativeServing}}, spec: {selector: {matchLabels: {app: autoscaler}}, mtls: {mode: PERMISSIVE}}}`,
  };
}

const disabling = 'serverless.openshift.io/disable-istio-net-policies-generation';
function* networkPolicies(seen: Seen, mesh: Mesh): Iterable<Found> {
  const managed =
    mesh.generation === 'v2' && textAt(mesh.controlPlane, 'spec', 'security', 'manageNetworkPolicy') !== 'false';
  const serving = usesIstio(servingOf(seen)) ? servingOf(seen) : undefined;
  const field = `metadata.annotations["${disabling}"]`;
  for (const object of [serving, eventingOf(seen)]) {
    if (object === undefined) continue;
    const disabled = annotationsOf(object)[disabling] === 'true';
    if (disabled === !managed) continue;
    yield disabled
      ? {
          object,
          field,
          what: 'it is true, so that nothing lets the API server through the NetworkPolicies of Service Mesh 2 to the webhooks',
          remedy: oc('annotate', object, `${disabling}-`),
        }
      : {
          object,
          field,
          what: `it is not true, and ${mesh.generation === 'v3' ? 'Service Mesh 3 makes no' : 'manageNetworkPolicy is false, so there are no'} NetworkPolicies: those of the operator then shut the namespace`,
          remedy: oc('annotate', object, `${disabling}=true`),
        };
  }
  if (!managed) yield* shutWebhooks(seen);
}

/** A policy for all pods shuts them to whatever no policy admits. */
function* shutWebhooks(seen: Seen): Iterable<Found> {
  for (const namespace of [knativeServing, knativeEventing]) {
    const policies = seen.all('NetworkPolicy').filter(p => namespaceOf(p) === namespace && takesIngress(p));
    const shut = policies.find(p => Object.keys(mapAt(p, 'spec', 'podSelector')).length === 0);
    const opens = policies.some(p => listAt(p, 'spec', 'ingress').some(rule => listAt(rule, 'from').length === 0));
    if (shut === undefined || opens) continue;
    yield {
      object: shut,
      field: 'spec.podSelector',
      what: `it is for all pods of ${namespace}, and no NetworkPolicy lets the API server to the webhooks`,
      remedy: `create {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: webhooks, namespace: ${namespace}}, spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [webhook, net-istio-webhook, eventing-webhook, kafka-webhook-eventing]}]}, ingress: [{}]}}`,
    };
  }
}
const takesIngress = (policy: KubeObject) => {
  const types = listAt(policy, 'spec', 'policyTypes');
  return types.length === 0 || types.includes('Ingress');
};

function* movedMesh(seen: Seen): Iterable<Found> {
  const object = servingOf(seen);
  const mesh = seen.mesh;
  if (mesh === undefined || object === undefined || !usesIstio(object)) return;
  for (const { key, host, namespace, service } of addressesOf(object)) {
    if (namespace === '' || namespace === mesh.gatewayNamespace) continue;
    // That of Service Mesh 2 in Service Mesh 3 is an error of the document: E5.
    if (mesh.generation === 'v3' && /^(istio-ingressgateway|knative-local-gateway)$/.test(service)) continue;
    yield {
      object,
      field: `spec.config.istio["${key}"]`,
      what: `${show(host)} is in ${namespace}, and the mesh is that of ${titleOf(mesh.controlPlane)}`,
      remedy: `to stay in this mesh, write a Service of ${mesh.gatewayNamespace}; to move Knative to another one, uninstall it and install it again`,
    };
  }
}

const within = (look: (seen: Seen, mesh: Mesh) => Iterable<Found>) => (seen: Seen) =>
  seen.mesh === undefined ? [] : look(seen, seen.mesh);
const ofKnative = (look: (seen: Seen, mesh: Mesh) => Iterable<Found>) => (seen: Seen) =>
  seen.mesh === undefined || !knativeInMesh(seen) ? [] : look(seen, seen.mesh);
const ofMembers = [
  ...control,
  'ServiceMeshMemberRoll',
  'ServiceMeshMember',
  'KnativeServing',
  'KnativeEventing',
] as const;

export const mesh: readonly Row[] = [
  {
    id: 'S7',
    title: 'the mesh takes no plain text',
    severity: 'breaks',
    consequence:
      'Without strict mTLS anybody in the cluster can call the workloads in plain text; and with Service Mesh 2 the local gateway, which asks for the certificate of the mesh, gets none.',
    source: `base document 1.4.2 step 1; ${maistra} resources/helm/v2.5/mesh-config/templates/enable-mesh-mtls.yaml`,
    looksAt: [...control, 'PeerAuthentication'],
    look: ofKnative(strict),
  },
  {
    id: 'P16',
    title: 'Kubernetes and Prometheus reach the ports that they call in plain text',
    severity: 'breaks',
    consequence:
      'The preStop call to 8022 fails under strict mTLS, so that requests are dropped when pods stop, and metrics on 8444 are lost.',
    source: `base document 1.4.2 step 1; ${operator} hack/lib/mesh_v3_resources/02_istio.yaml (E7: the document of Service Mesh 3 lacks them)`,
    looksAt: control,
    look: ofKnative((_, m) => excludedPorts(m)),
  },
  {
    id: 'S8',
    title: 'proxies stop after the pods of Knative',
    severity: 'risk',
    consequence: 'A proxy that stops within the 30 seconds in which Knative stops a pod drops open requests.',
    source: 'base document 1.4.2 step 1',
    looksAt: control,
    look: ofKnative((_, m) => drained(m)),
  },
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
    looksAt: [...control, 'ServiceMeshMemberRoll', 'ServiceMeshMember', 'Namespace'],
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
  {
    id: 'S12',
    title: 'the control plane sees the namespaces of Knative',
    severity: 'breaks',
    consequence: 'Istio knows no Services, policies and pods of that namespace.',
    source: 'https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig (discoverySelectors)',
    looksAt: [...control, 'Namespace'],
    look: ofKnative(undiscovered),
  },
  {
    id: 'P9',
    title: 'the autoscaler takes calls without the certificate of the mesh',
    severity: 'risk',
    consequence:
      'The websocket of the activator to the autoscaler may be reset at their start, and the activator does not become Ready.',
    source: `${operator} hack/lib/mesh_v3_resources (autoscaler-permissive); https://github.com/knative/serving/issues/14089`,
    looksAt: [...control, 'PeerAuthentication'],
    look: ofKnative(strictAutoscaler),
  },
  {
    id: 'P14',
    title: 'NetworkPolicies let the API server to the webhooks, and the mesh to Knative',
    severity: 'breaks',
    consequence:
      'Calls time out: of the API server to the webhooks, so that nothing can be created, or of the mesh to Knative.',
    source:
      'https://github.com/openshift/openshift-docs/pull/76398; https://github.com/opendatahub-io/opendatahub-operator/pull/809',
    looksAt: [...control, 'NetworkPolicy'],
    look: ofKnative(networkPolicies),
  },
  {
    id: 'P34',
    title: 'Knative is in the mesh that it was installed in',
    severity: 'breaks',
    consequence: 'Its routes lead to the gateways of another mesh; moving between meshes is not supported.',
    source: 'base document 1.4',
    looksAt: control,
    look: movedMesh,
  },
];
