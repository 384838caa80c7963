/** Values against a cluster, and against a folder of manifests. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type DiffOptions, runDiff } from '../../generator/commands/diff.ts';
import { asWanted } from '../../generator/diff/as-wanted.ts';
import { kindsOf } from '../../generator/diff/kinds.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import type { Values } from '../../generator/values/maps.ts';
import { release as caseRelease, casesByChart, goldenText, titleOf } from '../chart/cases.ts';
import { inProcess, newFolder, put } from '../cli/project.ts';
import { startFake } from '../cluster-commands/fake.ts';
import { object, planOf, servedKinds, values, wildcardSecret } from '../cluster-commands/healthy.ts';
import type { ClusterObject } from '../support/cluster-answers.ts';

const test = suite('diff: installed');
const folder = newFolder();
let files = 0;
const file = (given: Values) => put(folder, `values-${files++}.yaml`, JSON.stringify(given));
const usual = { environments: [], requestTimeout: 5, namespace: 'default', output: 'text' as const };

type Object = ClusterObject & { spec?: Record<string, unknown>; metadata: Record<string, unknown> };
const ours = { 'meta.helm.sh/release-name': 'serverless-mesh', 'meta.helm.sh/release-namespace': 'default' };
/** The release as a cluster has it: with what Helm, the API server and operators add. */
const release = (given: Values = values): Object[] =>
  planOf(given).objects.map(o => {
    const copy = structuredClone(o) as unknown as Object;
    const annotations = copy.metadata.annotations as object | undefined;
    Object.assign(copy.metadata, {
      annotations: { ...annotations, ...ours },
      ...{ uid: 'u', generation: 3, managedFields: [{ manager: 'helm' }], creationTimestamp: '2026-01-01T00:00:00Z' },
    });
    if (copy.kind === 'Service') Object.assign(copy.spec!, { clusterIP: '10.0.0.1', sessionAffinity: 'None' });
    return { ...copy, status: { conditions: [{ type: 'Ready', status: 'True' }] } };
  });
const find = (objects: readonly Object[], kind: string, name?: string) =>
  objects.find(o => o.kind === kind && (name === undefined || o.metadata.name === name))!;

interface Asked {
  readonly given?: Values;
  readonly forbidden?: readonly string[];
  readonly served?: readonly string[];
  readonly more?: Partial<DiffOptions>;
}
async function against(
  objects: readonly ClusterObject[],
  { given = values, forbidden = [], served = servedKinds, more = {} }: Asked = {},
) {
  const fake = await startFake({ kinds: served, objects, forbidden });
  try {
    const options = { ...usual, files: [file(given)], cluster: true, kubeconfig: fake.kubeconfig, ...more };
    return { ...(await inProcess(io => runDiff(options, io))), requests: fake.requests };
  } finally {
    await fake.stop();
  }
}

test('a release as it was installed: no difference, whatever was added to it; nothing is asked but GET', async () => {
  const { status, out, talk, requests } = await against(release());
  assert.equal([status, out], [0, '']);
  assert.match(talk, /^test \(https:\S+\) -> values: no difference\n$/);
  assert.ok(requests.length > 20 && requests.every(r => r.startsWith('GET ')));
});

test('fields that differ, by value; objects that lack, and those that these values make no more', async () => {
  const objects = release();
  Object.assign(find(objects, 'ServiceMeshMemberRoll').spec!, {
    members: ['knative-serving', 'knative-eventing', 'shop', 'old'],
  });
  const control = find(objects, 'ServiceMeshControlPlane').spec as { techPreview: object };
  control.techPreview = { meshConfig: { defaultConfig: { terminationDrainDuration: '5s' } } };
  const left = object('networking.istio.io/v1beta1/ServiceEntry', 'left', 'shop', {
    metadata: { annotations: ours, labels: find(objects, 'Gateway').metadata.labels },
  });
  const foreign = object('networking.istio.io/v1beta1/ServiceEntry', 'theirs', 'shop');
  const lacks = objects.filter(o => o.kind !== 'KnativeKafka');
  const { status, out } = await against([...lacks, left, foreign]);
  assert.is(status, 1);
  const lines = out
    .trimEnd()
    .split('\n')
    .filter(l => !l.startsWith('effect: '));
  assert.equal(lines, [
    'added: KnativeKafka knative-eventing/knative-kafka <- kafka.enabled',
    'removed: ServiceEntry shop/left',
    'changed: ServiceMeshControlPlane istio-system/basic: spec.techPreview.meshConfig.defaultConfig.terminationDrainDuration: "5s" -> "35s" <- mesh.controlPlane.terminationDrainDuration',
    'changed: ServiceMeshMemberRoll istio-system/default: spec.members[3]: "old" -> (nothing) <- mesh.members, serving.ingress',
  ]);
  assert.match(out, /^effect: membership: ServiceMeshMemberRoll istio-system\/default: old leaves the mesh:/);
});

test('the members of a roll in another order are the same roll', async () => {
  const objects = release();
  const roll = find(objects, 'ServiceMeshMemberRoll').spec as { members: string[] };
  roll.members.reverse();
  const { status, out } = await against(objects);
  assert.equal([status, out], [0, '']);
});

test('an object of somebody else is compared, and its owner named; a namespace that others made is left alone', async () => {
  const objects = release();
  for (const o of objects.filter(o => o.kind === 'Namespace')) o.metadata = { name: 'istio-system' };
  const gateway = find(objects, 'Gateway', 'knative-ingress-gateway');
  const annotations = { ...ours, 'meta.helm.sh/release-name': 'other' };
  gateway.metadata = { ...gateway.metadata, annotations };
  const { status, out } = await against(objects);
  assert.equal(
    [status, out],
    [
      0,
      'note: Gateway knative-serving/knative-ingress-gateway belongs to Helm release default/other: Helm refuses to change it; preflight says how to adopt it.\n',
    ],
  );
  const { out: json } = await against(objects, { more: { output: 'json' } });
  assert.is(JSON.parse(json).notes.length, 1);
});

test('what could not be looked at is told for each object, and is no "no difference"', async () => {
  const objects = release().filter(o => o.kind !== 'KnativeKafka');
  const path = '/apis/networking.istio.io/v1beta1/namespaces/knative-serving/gateways/knative-local-gateway';
  const served = servedKinds.filter(k => !k.endsWith('/KnativeKafka'));
  const { status, out } = await against(objects, { forbidden: [path], served });
  assert.is(status, 1);
  const lines = out.trimEnd().split('\n');
  assert.is(lines.length, 2);
  assert.match(
    lines[0]!,
    /^could not look: Gateway knative-serving\/knative-local-gateway: forbidden.*; let this user read Gateway knative-local-gateway/,
  );
  assert.match(
    lines[1]!,
    /^could not look: KnativeKafka knative-eventing\/knative-kafka: the cluster has no API operator\.serverless\.openshift\.io\/v1alpha1 KnativeKafka; install the operator/,
  );
});

test('a server that knows nobody is told of once, and every object in JSON', async () => {
  const at = (_: unknown, response: { writeHead(status: number): { end(): void } }) => {
    response.writeHead(401).end();
    return true;
  };
  const fake = await startFake({ kinds: servedKinds, objects: [], at });
  const options = { ...usual, files: [file(values)], cluster: true, kubeconfig: fake.kubeconfig };
  const text = await inProcess(io => runDiff(options, io));
  const json = await inProcess(io => runDiff({ ...options, output: 'json' }, io)).finally(() => fake.stop());
  assert.is(text.status, 1);
  assert.match(
    text.out,
    /^could not look: \d\d objects: the cluster does not accept the credentials \(401\); log in again, as with oc login\n$/,
  );
  const { unlooked } = JSON.parse(json.out);
  assert.ok(unlooked.length > 30);
  assert.equal(Object.keys(unlooked[0]), ['object', 'why', 'remedy']);
});

const pem = (body: string) => `-----BEGIN PRIVATE KEY-----\n${body.repeat(16)}\n-----END PRIVATE KEY-----\n`;
test('a Secret in the cluster is compared, and not shown', async () => {
  const text = Buffer.from(
    ((await wildcardSecret()) as unknown as { data: Record<string, string> }).data['tls.crt']!,
    'base64',
  ).toString();
  const given = {
    ...values,
    gateway: { tls: { source: 'inline', inline: { certificate: text, privateKey: pem('QUJD') } } },
  };
  const same = await against(release(given), { given });
  assert.equal([same.status, same.out], [0, '']);
  const objects = release(given);
  const secret = find(objects, 'Secret') as unknown as { data: Record<string, string> };
  secret.data['tls.key'] = Buffer.from(pem('REVG')).toString('base64');
  for (const output of ['text', 'json'] as const) {
    const { status, out, talk } = await against(objects, { given, more: { output } });
    assert.is(status, 1);
    assert.match(out, output === 'text' ? 'data["tls.key"]: differs (not shown)' : '"shown": false');
    for (const body of [pem('QUJD'), pem('REVG')])
      for (const hidden of [body.slice(30, 60), Buffer.from(body).toString('base64').slice(48, 80)])
        assert.not.match(out + talk, hidden);
  }
});

test('what a cluster says reaches no terminal as it is', async () => {
  const objects = release();
  Object.assign(find(objects, 'Gateway').spec!, { selector: { knative: 'a\u001b[31mb\u202e' } });
  for (const io of [{}, { columns: 100 }]) {
    const fake = await startFake({ kinds: servedKinds, objects });
    const options = { ...usual, files: [file(values)], cluster: true, kubeconfig: fake.kubeconfig, color: false };
    const { out } = await inProcess(given => runDiff(options, { ...given, ...io })).finally(() => fake.stop());
    assert.match(out, 'spec.selector');
    assert.not.match(out, '\u001b');
    assert.not.match(out, '\u202e');
  }
});

const manifests = (objects: readonly object[]) => {
  const path = newFolder();
  for (const [i, o] of objects.entries()) put(path, `${String(i).padStart(3, '0')}.json`, JSON.stringify(o));
  return path;
};
const from = (path: string, output: 'text' | 'json' = 'text') =>
  inProcess(io => runDiff({ ...usual, files: [file(values)], from: path, output }, io));

test('a folder with what these values render: no difference', async () => {
  const { status, out, talk } = await from(manifests(planOf().objects));
  assert.equal([status, out], [0, '']);
  assert.match(talk, /no difference\n$/);
});

for (const c of [...casesByChart.values()].flat())
  test(`what Helm renders of ${titleOf(c)}, as a file: no difference`, async () => {
    const path = newFolder();
    put(path, 'rendered.yaml', goldenText(c));
    const { name: releaseName, namespace } = caseRelease;
    const options = {
      ...usual,
      chart: c.chart.name,
      environments: [c.file],
      files: [],
      from: path,
      releaseName,
      namespace,
    };
    const { status, out, talk } = await inProcess(io => runDiff(options, io));
    assert.equal([status, out], [0, ''], talk);
  });

test('a folder: where each object stands, what is not of these values, and what could not be read', async () => {
  const objects = planOf().objects.map(o => structuredClone(o)) as unknown as Object[];
  const service = find(objects, 'Service');
  Object.assign(service.spec!, { selector: { istio: 'other' } });
  const path = manifests([service, ...objects.filter(o => o !== service && o.kind !== 'KnativeKafka')]);
  put(path, 'x.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: theirs, namespace: shop}\n---\na: 1\n');
  const { status, out } = await from(path);
  assert.is(status, 1);
  assert.match(
    out,
    /^effect: interrupts: Service istio-system\/knative-local-gateway: sends requests to other pods at once/,
  );
  assert.match(
    out,
    `\nchanged: Service istio-system/knative-local-gateway in ${path}/000.json:1: spec.selector.istio: "other" -> "ingressgateway" <- mesh.generation\n`,
  );
  assert.match(out, '\nadded: KnativeKafka knative-eventing/knative-kafka <- kafka.enabled\n');
  assert.match(out, `\nnote: ${path}/x.yaml:1: ConfigMap shop/theirs is none of these values, and stays as it is.\n`);
  assert.match(out, /\ncould not read: \S+x\.yaml:4: is no object of Kubernetes/);
});

test('a folder of which something could not be read is no "no difference"', async () => {
  const path = manifests(planOf().objects);
  put(path, 'x.yaml', 'a: [\n');
  const { status, out, talk } = await from(path);
  assert.is(status, 1);
  assert.match(out, /^could not read: \S+x\.yaml:\d: cannot be read as YAML: /);
  assert.match(talk, /: 1 could not be read\n$/);
  const json = JSON.parse((await from(path, 'json')).out);
  assert.equal([json.status, json.problems.length, json.notes], [1, 1, []]);
  const page = await inProcess(io => runDiff({ ...usual, files: [file(values)], from: path }, { ...io, columns: 80 }));
  assert.match(page.out, /Could not read\S*\n {2}\S+x\.yaml:\d: cannot be/);
});

test('names out of a folder stay on their line, and move no cursor', async () => {
  const path = manifests(planOf().objects);
  const name = 'a\u001b[31m\nremoved: Gateway b';
  const gateway = (more: object) => ({
    ...{ apiVersion: 'networking.istio.io/v1beta1', kind: 'Gateway', spec: {} },
    metadata: { name, namespace: 'knative-serving', ...more },
  });
  const labels = find(planOf().objects as unknown as Object[], 'Gateway').metadata.labels;
  const service = object('v1/Service', name, 'shop');
  for (const [i, o] of [gateway({ annotations: ours, labels }), service].entries())
    put(path, `x\n${i}.json`, JSON.stringify(o));
  const said = await from(path);
  const page = await inProcess(io =>
    runDiff({ ...usual, files: [file(values)], from: path, color: false }, { ...io, columns: 200 }),
  );
  for (const text of [said.out, page.out]) {
    assert.not.match(text, '\u001b');
    assert.not.match(text, /^removed: Gateway b/m);
    assert.match(text, 'Gateway knative-serving/a?[31m removed: Gateway b');
    assert.match(text, 'Service shop/a?[31m removed: Gateway b');
  }
});

const normal: readonly (readonly [name: string, want: unknown, have: unknown, left: unknown])[] = [
  ['what only the cluster has', { a: 1 }, { a: 1, b: 2 }, { a: 1 }],
  ['what it lacks', { a: 1, b: 2 }, { a: 1 }, { a: 1 }],
  ['what is empty is dropped by the API server', { a: {}, b: [] }, {}, { a: {}, b: [] }],
  ['a list that is longer', { a: ['x'] }, { a: ['x', 'y'] }, { a: ['x', 'y'] }],
  [
    'a name several times, with more fields',
    {
      a: [
        { name: 'n', p: 1 },
        { name: 'n', q: 2 },
      ],
    },
    {
      a: [
        { name: 'n', p: 1, r: 3 },
        { name: 'n', q: 2 },
        { name: 'n', q: 4 },
      ],
    },
    {
      a: [
        { name: 'n', p: 1 },
        { name: 'n', q: 2 },
        { name: 'n', q: 4 },
      ],
    },
  ],
  ['items with more fields', { a: [{ p: 1 }] }, { a: [{ p: 1, q: 2 }] }, { a: [{ p: 1 }] }],
  [
    'a longer list without names, whole',
    { a: [{ p: 1 }] },
    { a: [{ p: 1, q: 2 }, { p: 3 }] },
    { a: [{ p: 1, q: 2 }, { p: 3 }] },
  ],
  [
    'items by name',
    { a: [{ name: 'x', p: 1 }] },
    { a: [{ name: 'y' }, { name: 'x', p: 1, q: 2 }] },
    { a: [{ name: 'y' }, { name: 'x', p: 1 }] },
  ],
  [
    'a quantity in other words',
    { resources: { limits: { cpu: '1000m' } } },
    { resources: { limits: { cpu: '1' } } },
    { resources: { limits: { cpu: '1000m' } } },
  ],
];
for (const [name, want, have, left] of normal)
  test(`what is there, as far as it is wanted: ${name}`, () => {
    assert.equal(asWanted({ spec: want }, { spec: have }), { spec: left });
  });

test('every kind that the chart renders in some case is looked for', () => {
  const known = kindsOf(serverlessMesh);
  for (const { values: given } of casesByChart.get(serverlessMesh)!)
    for (const { object: o } of evaluateChart(serverlessMesh, given, { name: 'a', namespace: 'b' }))
      assert.ok(known.includes(`${o.apiVersion}/${o.kind}`), String(o.kind));
});

test.run();
