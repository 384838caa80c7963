import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  broker,
  controlPlane,
  eventing,
  gateway,
  istio,
  kafka,
  knativeService,
  memberRoll,
  server,
  serviceEntry,
  serving,
} from './base-document.ts';
import { withSpec, withUnknownField } from './broken-objects.ts';
import { crdFolders } from './crd-files.ts';
import { crdValidator, findingLine, foldersFor, type Rendered, strictValidator, type Validator } from './strict.ts';

const test = suite('support/strict-crd');
const haveCrds = crdFolders().length > 0;
const lines = (validate: Validator, ...objects: Rendered[]) => validate(objects).findings.map(findingLine);

const mesh2: Rendered[] = [controlPlane, memberRoll, gateway, serviceEntry, serving, eventing, kafka, knativeService];
const mesh3: Rendered[] = [istio, gateway, serviceEntry, serving];

const crdRows: [name: string, object: Rendered, finding: string][] = [
  [
    'sink below broker (erratum E1)',
    withSpec(kafka, { broker: { ...broker, sink: { enabled: true } } }),
    'KnativeKafka knative-eventing/knative-kafka: spec.broker.sink: unknown field',
  ],
  [
    'a typo where the CRD keeps unknown fields',
    withSpec(serving, { ingres: {} }),
    'KnativeServing knative-serving/knative-serving: spec.ingres: unknown field',
  ],
  [
    'a typo below ingress, which keeps unknown fields too',
    withSpec(serving, { ingress: { isto: { enabled: true } } }),
    'KnativeServing knative-serving/knative-serving: spec.ingress.isto: unknown field',
  ],
  [
    'a lower-case letter too many',
    withSpec(controlPlane, { security: { dataplane: { mtls: true } } }),
    'ServiceMeshControlPlane istio-system/basic: spec.security.dataplane: unknown field',
  ],
  [
    'a port number as a string',
    withSpec(serviceEntry, { ports: [{ number: '9092', name: 'tcp-plain', protocol: 'TCP' }] }),
    'ServiceEntry knative-eventing/kafka-cluster: spec.ports[0].number: must be integer',
  ],
  [
    'a Gateway port without a name',
    withSpec(gateway, { servers: [{ ...server, port: { number: 443, protocol: 'HTTPS' } }] }),
    'Gateway knative-serving/knative-ingress-gateway: spec.servers[0].port.name: missing',
  ],
  [
    'a value that is not in the enum',
    withSpec(gateway, { servers: [{ ...server, tls: { mode: 'MTLS' } }] }),
    'Gateway knative-serving/knative-ingress-gateway: spec.servers[0].tls.mode: must be one of ' +
      'PASSTHROUGH, SIMPLE, MUTUAL, AUTO_PASSTHROUGH, ISTIO_MUTUAL, OPTIONAL_MUTUAL',
  ],
  [
    'a null',
    withSpec(memberRoll, { members: [null] }),
    'ServiceMeshMemberRoll istio-system/default: spec.members[0]: must be string',
  ],
  [
    'an annotation that is no string',
    withSpec(eventing, { workloads: [{ name: 'x', annotations: { 'sidecar.istio.io/inject': true } }] }),
    'KnativeEventing knative-eventing/knative-eventing: spec.workloads[0].annotations["sidecar.istio.io/inject"]: ' +
      'must be string',
  ],
];
for (const [name, object, finding] of crdRows) {
  test(`finds in a custom resource: ${name}`, () => {
    if (!haveCrds) return console.log('SKIPPED: no shared/crds');
    assert.equal(lines(crdValidator(foldersFor('v2')), object), [finding]);
  });
}

test('accepts the corrected objects of the base document, and never changes them', () => {
  if (!haveCrds) return console.log('SKIPPED: no shared/crds');
  const before = JSON.stringify([mesh2, mesh3]);
  assert.equal(lines(strictValidator(foldersFor('v2')), ...mesh2), []);
  assert.equal(lines(strictValidator(foldersFor('v3')), ...mesh3), []);
  assert.is(JSON.stringify([mesh2, mesh3]), before);
});

test('finds an unknown field at every depth, but below techPreview', () => {
  if (!haveCrds) return console.log('SKIPPED: no shared/crds');
  const found = crdValidator(foldersFor('v2'));
  const missed = mesh2.flatMap(withUnknownField).filter(({ broken }) => lines(found, broken).length === 0);
  assert.equal(
    missed.map(({ path }) => path),
    ['spec.techPreview', 'spec.techPreview.meshConfig', 'spec.techPreview.meshConfig.defaultConfig'],
  );
});

test('knows one generation of the mesh at a time', () => {
  if (!haveCrds) return console.log('SKIPPED: no shared/crds');
  const [v2, v3] = [crdValidator(foldersFor('v2')), crdValidator(foldersFor('v3'))];
  const newGateway = { ...gateway, apiVersion: 'networking.istio.io/v1' };
  const unknown = 'Gateway knative-serving/knative-ingress-gateway: no schema for networking.istio.io/v1 Gateway';
  assert.equal(lines(v2, newGateway), [unknown]);
  assert.equal(lines(v3, newGateway), []);
  assert.equal(lines(v2, istio), ['Istio default: no schema for sailoperator.io/v1 Istio']);
  const namespaced = { ...istio, metadata: { name: 'default', namespace: 'x' } };
  assert.equal(lines(v3, namespaced), ['Istio x/default: metadata.namespace: the kind is cluster-scoped']);
});

test('says what it cannot check', () => {
  if (!haveCrds) return console.log('SKIPPED: no shared/crds');
  const typo = withSpec(controlPlane, { techPreview: { meshConfg: {} } });
  const v2 = crdValidator(foldersFor('v2'))([typo, gateway, knativeService]);
  assert.equal(v2, {
    findings: [],
    unchecked: ['maistra.io/v2 ServiceMeshControlPlane: spec.techPreview is free-form'],
  });
  const v3 = crdValidator(foldersFor('v3'))([gateway, gateway]);
  assert.equal(v3.unchecked, ['networking.istio.io/v1beta1 Gateway: 3 CEL rules are not run']);
});

test('without CRDs, Istio and Knative are checked against their npm packages, and it says so', () => {
  const { findings, unchecked } = strictValidator([])([gateway, serviceEntry, knativeService, memberRoll]);
  assert.equal(
    findings.map(({ object, message }) => `${object}: ${message}`),
    ['ServiceMeshMemberRoll istio-system/default: no schema for maistra.io/v1 ServiceMeshMemberRoll'],
  );
  assert.is(unchecked.length, 3);
  assert.match(unchecked[0] ?? '', /Gateway: no CRD here, checked against the npm package @kubernetes-models\/istio/);
  const typo = withSpec(gateway, { servers: [{ ...server, host: 'x' }] });
  assert.equal(lines(strictValidator([]), typo), [
    'Gateway knative-serving/knative-ingress-gateway: spec.servers[0].host: unknown field',
  ]);
});

test.run();
