/** What cannot be told is said, and nothing is guessed. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { KubeObject } from '../../generator/cluster/fields.ts';
import { runImport } from '../../generator/commands/import.ts';
import { valueAt } from '../../generator/import/setting.ts';
import { caseNamed } from '../chart/cases.ts';
import { inProcess, newFolder, put } from '../cli/project.ts';
import { folderOf, imported, installedObjects, refused } from './render.ts';

const test = suite('import: refusals');

const usual = installedObjects(caseNamed('base-document').values);
const v3 = installedObjects(caseNamed('service-mesh-3').values);
const without = (objects: readonly KubeObject[], ...kinds: readonly string[]) =>
  objects.filter(o => !kinds.includes(String(o.kind)));
// biome-ignore lint/suspicious/noExplicitAny: a row reaches into objects of every kind.
type Anything = any;
const changed = (objects: readonly KubeObject[], kind: string, change: (o: Anything) => void): KubeObject[] =>
  structuredClone(objects).map(o => {
    if (o.kind === kind) change(o);
    return o;
  });
const plane = (name: string, namespace: string): KubeObject => ({
  apiVersion: 'maistra.io/v2',
  kind: 'ServiceMeshControlPlane',
  metadata: { name, namespace },
  spec: {},
});
const istio: KubeObject = {
  apiVersion: 'sailoperator.io/v1',
  kind: 'Istio',
  metadata: { name: 'default' },
  spec: { namespace: 'istio-system' },
};
const owned = (annotations: object, labels: object = {}) =>
  changed(usual, 'KnativeServing', o => {
    o.metadata.annotations = { ...o.metadata.annotations, ...annotations };
    o.metadata.labels = { ...o.metadata.labels, ...labels };
  });

const rows: readonly (readonly [
  name: string,
  objects: readonly KubeObject[],
  sentence: string | RegExp,
  told?: object,
])[] = [
  ['nothing', [], 'there is neither a KnativeServing nor a KnativeEventing: no installation to import'],
  [
    'a mesh without Knative',
    [plane('basic', 'istio-system')],
    'only ServiceMeshControlPlane istio-system/basic: no installation',
  ],
  [
    'no gateways',
    without(usual, 'Gateway'),
    'Gateway knative-ingress-gateway and knative-local-gateway are not in knative-serving: half an installation',
  ],
  ['Kafka without Eventing', without(usual, 'KnativeEventing'), 'there is a KnativeKafka, but no KnativeEventing'],
  [
    'another namespace',
    changed(usual, 'KnativeServing', o => (o.metadata.namespace = 'apps')),
    'KnativeServing apps/knative-serving is in apps, but the operator accepts it in knative-serving only',
  ],
  [
    'two meshes',
    [...usual, plane('other', 'mesh-b')],
    'there are 2 control planes, ServiceMeshControlPlane istio-system/basic, ServiceMeshControlPlane mesh-b/other; say which with --mesh-namespace istio-system or mesh-b. KnativeServing names istio-system.',
  ],
  [
    'versions that nobody knows',
    changed(
      changed(usual, 'Gateway', o => (o.apiVersion = 'networking.istio.io/v2')),
      'ServiceMeshControlPlane',
      o => (o.apiVersion = 'maistra.io/v3'),
    ),
    /^of version maistra\.io\/v3 nothing is known, so that nothing can be told of ServiceMeshControlPlane istio-system\/basic; give it as maistra\.io\/v2, or take the newest serverless-mesh\.\nof version networking\.istio\.io\/v2 .* Gateway knative-serving\/knative-ingress-gateway, Gateway knative-serving\/knative-local-gateway; give them as networking\.istio\.io\/v1beta1, or/,
  ],
  ['both generations', [...usual, istio], 'say which with --mesh-generation v2 or v3'],
  ['two in one namespace', [...usual, plane('second', 'istio-system')], 'remove all but one'],
  [
    'a release that nobody knows',
    usual,
    '--serverless-release "v1.30" is no release that the chart knows; write v1.31, ',
    { serverlessRelease: 'v1.30' },
  ],
  [
    'Helm',
    owned({ 'meta.helm.sh/release-name': 'theirs', 'meta.helm.sh/release-namespace': 'apps' }),
    'KnativeServing knative-serving/knative-serving belongs to Helm release apps/theirs',
  ],
  ['Argo CD', owned({ 'argocd.argoproj.io/tracking-id': 'mesh:x' }), 'belongs to Argo CD (mesh)'],
  [
    'an owner',
    changed(
      usual,
      'ServiceMeshControlPlane',
      o => (o.metadata.ownerReferences = [{ kind: 'DSCInitialization', name: 'default' }]),
    ),
    'ServiceMeshControlPlane istio-system/basic belongs to DSCInitialization default',
  ],
  [
    'an immutable field',
    changed(v3, 'Deployment', o => (o.spec.selector.matchLabels = { app: 'mine' })),
    'Deployment knative-serving-ingress/knative-istio-ingressgateway spec.selector.matchLabels.knative cannot change in an object that exists',
  ],
];

const forged = (change: (o: Anything) => void) => changed(usual, 'KnativeServing', change);
for (const [what, objects] of [
  ['name', forged(o => (o.metadata.name = 'x; rm -rf .'))],
  ['namespace', forged(o => (o.metadata.namespace = 'x\n- forged'))],
  ['version', forged(o => (o.apiVersion = 'operator.knative.dev/$(id)'))],
] as const)
  test(`a ${what} that a shell would run reaches no command`, async () =>
    assert.match((await refused(folderOf(objects))).join(), '1 of the objects have a name'));

for (const [name, objects, sentence, told] of rows)
  test(name, async () => assert.match((await refused(folderOf(objects), told)).join('\n'), sentence));

test('other versions of the same shape are read', async () => {
  const objects = changed(usual, 'Gateway', o => (o.apiVersion = 'networking.istio.io/v1'));
  assert.equal((await imported(folderOf(objects))).remains.fields, (await imported(folderOf(usual))).remains.fields);
});

test('of two meshes the one that is named', async () => {
  const found = await imported(folderOf([...usual, plane('other', 'mesh-b')]), { meshNamespace: 'istio-system' });
  assert.equal(found.remains.fields, []);
  assert.equal(found.remains.alone, []);
});

test('its own release is no one else: an import after the take-over', async () => {
  const ours = owned({ 'meta.helm.sh/release-name': 'serverless-mesh', 'meta.helm.sh/release-namespace': 'default' });
  assert.equal((await imported(folderOf(ours))).problems, []);
});

const left = async (objects: readonly KubeObject[]) =>
  (await imported(folderOf(objects))).remains.fields.map(f => `${f.meaning} ${f.object} ${f.field}: ${f.why ?? ''}`);

test('a version that the chart does not know is not taken, with the sentence of the rule', async () => {
  const lines = await left(changed(usual, 'ServiceMeshControlPlane', o => (o.spec.version = 'v2.9')));
  assert.is(lines.length, 1);
  assert.match(
    lines[0]!,
    /^kept ServiceMeshControlPlane istio-system\/basic spec.version: the chart refuses .*is not one of v2.2/,
  );
});

test('a drain duration that Knative outlives is told, and not taken', async () => {
  const lines = await left(
    changed(
      usual,
      'ServiceMeshControlPlane',
      o => (o.spec.techPreview.meshConfig.defaultConfig.terminationDrainDuration = '20s'),
    ),
  );
  assert.match(
    lines.join(),
    /^changed ServiceMeshControlPlane .*terminationDrainDuration: the chart refuses .*Knative takes up to 30 seconds/,
  );
});

test('fields without a value: kept where Helm leaves them, lost in a list that it replaces', async () => {
  const objects = changed(usual, 'KnativeServing', o => {
    o.spec.registry = { default: 'mirror/image' };
    o.spec.workloads.push({ name: 'webhook', replicas: 2 });
  });
  assert.equal(
    (await left(objects)).map(line => line.replace(/: $/, '')),
    [
      'lost KnativeServing knative-serving/knative-serving spec.workloads[2].name',
      'lost KnativeServing knative-serving/knative-serving spec.workloads[2].replicas',
      'kept KnativeServing knative-serving/knative-serving spec.registry.default',
    ],
  );
});

test('a private key in a custom resource reaches neither values nor words', async () => {
  const line = 'Jc/BBSoLEo5oxv0uYejWgLACHuftOf6WXuZb/fKllFKsUprHDqBJx45qNGiYJH6l';
  const key = `-----BEGIN PRIVATE KEY-----\n${line}\n-----END PRIVATE KEY-----\n`;
  const objects = changed(usual, 'KnativeServing', o => {
    Object.assign(o.spec.config, { defaults: { a: 'b', key }, tracing: { key: line }, network: { c: 'd' } });
    o.metadata.labels = { ...o.metadata.labels, key: line };
    o.spec.registry = { override: { key } };
    o.spec.workloads[0].env = [{ container: 'activator', envVars: [{ name: 'KEY', value: key }] }];
  });
  const path = newFolder();
  for (const [i, o] of objects.entries()) put(path, `${i}.json`, JSON.stringify(o));
  for (const output of ['text', 'json'] as const) {
    const options = { from: path, requestTimeout: 5, releaseName: 'mesh', namespace: 'default', output };
    const { out, talk, status } = await inProcess(io => runImport(options, io));
    assert.is(status, 1);
    for (const part of [line, 'PRIVATE KEY']) assert.not.ok((out + talk).includes(part), output);
    assert.match(out, /spec\.config\.defaults\.key/);
    assert.match(out, '(not shown)');
  }
  const { values } = await imported(folderOf(objects));
  assert.equal(valueAt(values, 'serving.config'), { defaults: { a: 'b' }, network: { c: 'd' } });
});

test('objects of the same kinds that are not of the chart are left alone', async () => {
  const gateway: KubeObject = {
    apiVersion: 'networking.istio.io/v1beta1',
    kind: 'Gateway',
    metadata: { name: 'shop', namespace: 'istio-system' },
    spec: {},
  };
  const found = await imported(folderOf([...usual, gateway]));
  assert.equal(found.remains.alone, ['Gateway istio-system/shop']);
});

test.run();
