import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { job, localGateway, networkPolicy } from './base-document.ts';
import { withSpec, withUnknownField } from './broken-objects.ts';
import { coreValidator, findingLine, type Rendered } from './strict.ts';

const test = suite('support/strict-core');
const validate = coreValidator();
const lines = (...objects: Rendered[]) => validate(objects).findings.map(findingLine);
const meta = (change: object): Rendered => ({ ...localGateway, metadata: { ...localGateway.metadata, ...change } });

const plain = (kind: string, rest: object, apiVersion = 'v1') => ({
  apiVersion,
  kind,
  metadata: { name: 'x' },
  ...rest,
});
const rbac = 'rbac.authorization.k8s.io/v1';
const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' };
const pods = { matchLabels: { a: 'b' } };

const core: Rendered[] = [
  localGateway,
  job,
  networkPolicy,
  plain('Namespace', {}),
  plain('Secret', { type: 'kubernetes.io/tls', data: { 'tls.crt': 'YQ==' }, stringData: { 'tls.key': 'b' } }),
  plain('ConfigMap', { data: { a: 'b' } }),
  plain('ServiceAccount', { automountServiceAccountToken: false }),
  plain('Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: ['a'] }] }, rbac),
  plain('RoleBinding', { roleRef: role, subjects: [{ kind: 'ServiceAccount', name: 'x', namespace: 'y' }] }, rbac),
  plain(
    'Deployment',
    { spec: { selector: pods, template: { metadata: { labels: pods.matchLabels }, spec: job.spec.template.spec } } },
    'apps/v1',
  ),
  plain(
    'HorizontalPodAutoscaler',
    { spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' } } },
    'autoscaling/v2',
  ),
  plain('PodDisruptionBudget', { spec: { minAvailable: 1, selector: pods } }, 'policy/v1'),
];
const local = 'Service istio-system/knative-local-gateway';
const coreRows: [name: string, object: Rendered, ...findings: string[]][] = [
  ['an unknown field', withSpec(localGateway, { typ: 'ClusterIP' }), `${local}: spec.typ: unknown field`],
  [
    'an unknown field deep down',
    withSpec(job, { template: { spec: { ...job.spec.template.spec, containers: [{ name: 'oc', imag: 'x' }] } } }),
    'Job istio-system/ready: spec.template.spec.containers[0].imag: unknown field',
  ],
  [
    'a wrong type',
    withSpec(localGateway, { ports: [{ port: '80' }] }),
    `${local}: spec.ports[0].port: must be integer`,
  ],
  ['a missing field', withSpec(job, { template: undefined }), 'Job istio-system/ready: spec.template: missing'],
  ['a null', withSpec(localGateway, { selector: null }), `${local}: spec.selector: must not be null`],
  ['a status', { ...localGateway, status: {} }, `${local}: status: belongs to the controller`],
  ['a field of metadata that is not ours', meta({ uid: 'x' }), `${local}: metadata.uid: unknown field`],
  [
    'a label that Kubernetes refuses',
    meta({ labels: { 'a b': 'c', d: 'e f' } }),
    `${local}: metadata.labels["a b"]: not a valid key`,
    `${local}: metadata.labels.d: must match pattern "^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$"`,
  ],
  ['no name', { ...localGateway, metadata: {} }, 'Service ?: metadata.name: missing'],
  ['no kind', { apiVersion: 'v1', metadata: { name: 'a' } }, '? a: no apiVersion or no kind'],
  ['an unknown kind', plain('Sevice', {}), 'Sevice x: no schema for v1 Sevice'],
  ['a type that is no kind', plain('Container', {}), 'Container x: no schema for v1 Container'],
];
for (const [name, object, ...findings] of coreRows) {
  test(`finds in a kind of Kubernetes: ${name}`, () => assert.equal(lines(object), findings));
}

test('accepts every kind of Kubernetes that we make', () => assert.equal(lines(...core), []));

test('finds an unknown field at every depth', () => {
  for (const { path, broken } of core.flatMap(withUnknownField)) assert.ok(lines(broken).length > 0, path);
});

test.run();
