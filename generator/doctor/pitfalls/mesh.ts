/** The control plane, who is in the mesh, and what protects it. */

import { seconds } from '../../checks/control-plane-settings.ts';
import { selects } from '../../checks/discovery.ts';
import { at, listAt, mapAt, namespaceOf, textAt, titleOf } from '../../cluster/fields.ts';
import { knativeServing, knativeServingIngress, metricsPort, waitForDrainPort } from '../../model/facts/names.ts';
import { ofMesh } from '../kinds.ts';
import { addressesOf, knativesOf, type Mesh, servingOf, usesIstio } from '../mesh.ts';
import { type Found, isOn, labelsOf, patch, type Row, show } from '../row.ts';
import type { Seen } from '../seen.ts';
import { ofKnative } from '../within.ts';

const maistra = 'github.com/maistra/istio-operator';
const operator = 'github.com/openshift-knative/serverless-operator';
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

export const mesh: readonly Row[] = [
  {
    id: 'S7',
    title: 'the mesh takes no plain text',
    severity: 'breaks',
    consequence:
      'Without strict mTLS anybody in the cluster can call the workloads in plain text; and with Service Mesh 2 the local gateway, which asks for the certificate of the mesh, gets none.',
    source: `base document 1.4.2 step 1; ${maistra} resources/helm/v2.5/mesh-config/templates/enable-mesh-mtls.yaml`,
    looksAt: [...ofMesh, 'PeerAuthentication'],
    look: ofKnative(strict),
  },
  {
    id: 'P16',
    title: 'Kubernetes and Prometheus reach the ports that they call in plain text',
    severity: 'breaks',
    consequence:
      'The preStop call to 8022 fails under strict mTLS, so that requests are dropped when pods stop, and metrics on 8444 are lost.',
    source: `base document 1.4.2 step 1; ${operator} hack/lib/mesh_v3_resources/02_istio.yaml (E7: the document of Service Mesh 3 lacks them)`,
    looksAt: ofMesh,
    look: ofKnative((_, m) => excludedPorts(m)),
  },
  {
    id: 'S8',
    title: 'proxies stop after the pods of Knative',
    severity: 'risk',
    consequence: 'A proxy that stops within the 30 seconds in which Knative stops a pod drops open requests.',
    source: 'base document 1.4.2 step 1',
    looksAt: ofMesh,
    look: ofKnative((_, m) => drained(m)),
  },
  {
    id: 'S12',
    title: 'the control plane sees the namespaces of Knative',
    severity: 'breaks',
    consequence: 'Istio knows no Services, policies and pods of that namespace.',
    source: 'https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig (discoverySelectors)',
    looksAt: [...ofMesh, 'Namespace'],
    look: ofKnative(undiscovered),
  },
  {
    id: 'P9',
    title: 'the autoscaler takes calls without the certificate of the mesh',
    severity: 'risk',
    consequence:
      'The websocket of the activator to the autoscaler may be reset at their start, and the activator does not become Ready.',
    source: `${operator} hack/lib/mesh_v3_resources (autoscaler-permissive); https://github.com/knative/serving/issues/14089`,
    looksAt: [...ofMesh, 'PeerAuthentication'],
    look: ofKnative(strictAutoscaler),
  },
  {
    id: 'P34',
    title: 'Knative is in the mesh that it was installed in',
    severity: 'breaks',
    consequence: 'Its routes lead to the gateways of another mesh; moving between meshes is not supported.',
    source: 'base document 1.4',
    looksAt: ofMesh,
    look: movedMesh,
  },
];
