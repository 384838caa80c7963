/** The command, over a folder and against an API server. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type DoctorOptions, runDoctor } from '../../generator/commands/doctor.ts';
import type { Diagnosis } from '../../generator/doctor/diagnose.ts';
import { inProcess, newFolder, put, type Result } from '../cli/project.ts';
import { certificates, type FakeOptions, startFake, token } from '../cluster-commands/fake.ts';
import { object, servedKinds } from '../cluster-commands/healthy.ts';
import type { ClusterObject } from '../support/cluster-answers.ts';
import { good, type Loose, linesOf, type Objects } from './good.ts';

const test = suite('doctor: command');

const files = (objects: Objects): string => {
  const folder = newFolder();
  for (const [i, o] of objects.entries()) put(folder, `${String(i).padStart(3, '0')}.json`, JSON.stringify(o, null, 1));
  return folder;
};
const onFolder = (from: string, output: 'text' | 'json' = 'text') =>
  inProcess(io => runDoctor({ from, requestTimeout: 5, output }, io));
const kafkaOf = (objects: Objects): Loose => objects.find(o => o.kind === 'KnativeKafka');

test('a folder without a mistake', async () => {
  const said = await onFolder(files(await good('v2')));
  assert.is(said.out, 'not looked at, for only a cluster shows it: S1, P12, P13, P26, S6, P10, P11, S15\n');
  assert.is(said.status, 0);
  assert.match(said.talk, /: Service Mesh 2 in istio-system: 0 breaks, 0 risk, 0 note\n$/);
});

test('one paragraph for each finding, worst first, with its place', async () => {
  const objects = await good('v2');
  kafkaOf(objects).spec.broker.sink = { enabled: true };
  delete kafkaOf(objects).spec.sink;
  objects.find(o => o.kind === 'ServiceMeshControlPlane').metadata.ownerReferences = [
    { kind: 'Team', name: 'a\u001b[31m' },
  ];
  const folder = files(objects);
  const said = await onFolder(folder);
  const at = objects.indexOf(kafkaOf(objects));
  const [first, , third] = said.out.split('\n\n');
  assert.is(
    first,
    [
      `breaks: E1: KnativeKafka knative-eventing/knative-kafka (${folder}/${String(at).padStart(3, '0')}.json:1): spec.broker.sink: the API has no such field`,
      '  The API server drops the field without an error, and KafkaSink is never installed',
      `  do: oc patch knativekafka -n knative-eventing knative-kafka --type merge -p '{"spec":{"sink":{"enabled":true}}}'`,
      '  source: github.com/openshift-knative/serverless-operator olm-catalog/serverless-operator/manifests/operator_v1alpha1_knativekafka_crd.yaml (base document 1.4.3 step 5 is wrong)',
    ].join('\n'),
  );
  assert.match(said.out, /\nnote: S5: ServiceMeshControlPlane istio-system\/basic .*: it belongs to Team a\?\[31m\n/);
  assert.match(third ?? '', /^not looked at/);
  assert.is(said.status, 1);
});

test('what cannot be read is told, and is not nothing', async () => {
  const folder = files(await good('v3'));
  put(folder, 'values.yaml', 'mesh: {}\n');
  const said = await onFolder(folder);
  assert.match(said.out, /could not read: .*values\.yaml:1: is no object of Kubernetes/);
  assert.is(said.status, 1);
});

test('names in commands are words for a shell', async () => {
  const objects = await good('v2');
  const roll = objects.find(o => o.kind === 'ServiceMeshMemberRoll');
  roll.spec.members.shift();
  roll.metadata.name = 'default; reboot';
  const { out } = await onFolder(files(objects), 'json');
  const { findings } = JSON.parse(out) as Diagnosis;
  assert.equal(
    findings.map(f => f.remedy.includes("-n istio-system 'default; reboot' ")),
    [true],
  );
});

const usage: readonly (readonly [Partial<DoctorOptions>, RegExp])[] = [
  [{ from: '/no/such/folder' }, /^\/no\/such\/folder: there is no such folder/],
  [{ from: '' }, /^--from is empty; name a folder of manifests, or one file\.$/m],
  [{ from: '.', context: 'prod' }, /^--from names a folder, and --kubeconfig or --context a cluster; leave one/],
  [{ from: '.', requestTimeout: 0 }, /^--request-timeout is 0; write seconds/],
];
for (const [options, message] of usage)
  test(`wrong usage: ${JSON.stringify(options)}`, async () => {
    const said = await inProcess(io => runDoctor({ requestTimeout: 5, output: 'text', ...options }, io));
    assert.is(said.status, 2);
    assert.is(said.out, '');
    assert.match(said.talk, message);
  });

interface Told extends Result, Diagnosis {
  readonly requests: readonly string[];
  readonly mesh: { readonly namespace: string } | null;
}
async function onCluster(options: FakeOptions): Promise<Told> {
  const fake = await startFake({ kinds: servedKinds, ...options });
  try {
    const said = await inProcess(io =>
      runDoctor({ kubeconfig: fake.kubeconfig, requestTimeout: 5, output: 'json' }, io),
    );
    return { ...said, ...JSON.parse(said.out), status: said.status, requests: fake.requests };
  } finally {
    await fake.stop();
  }
}
const all = async (generation: 'v2' | 'v3' = 'v2') => (await good(generation)) as ClusterObject[];

for (const generation of ['v2', 'v3'] as const)
  test(`a cluster of ${generation} without a mistake, which is only read, and shows no key`, async () => {
    const said = await onCluster({ objects: await all(generation) });
    assert.equal(linesOf(said), []);
    assert.equal(said.unseen, []);
    assert.equal(said.needCluster, []);
    assert.is(said.status, 0);
    assert.equal(
      said.requests.filter(r => !r.startsWith('GET ')),
      [],
    );
    const { wildcard } = await certificates();
    const printed = said.out + said.talk;
    for (const line of [token, ...wildcard.privateKey.split('\n').filter(l => l.length > 30)])
      assert.not.ok(printed.includes(line));
  });

test('permission denied: the kind, and the rows that say nothing', async () => {
  const objects = await all();
  const spoilt = objects.map(o => (o.kind === 'KnativeKafka' ? { ...o, spec: { broker: { sink: {} } } } : o));
  const said = await onCluster({
    objects: spoilt,
    forbidden: ['/apis/networking.istio.io/v1beta1/gateways', '/api/v1/namespaces/istio-system/secrets/wildcard-certs'],
  });
  assert.equal(
    said.unseen.map(u => [u.kind, u.rows.join()]),
    [['Gateway', 'S3,S5,P1,P5,P4,P3,P6,P2,P28,E10,S19']],
  );
  assert.match(said.unseen[0]?.unseen ?? '', /^forbidden/);
  assert.ok(linesOf(said).some(l => l.startsWith('E1 breaks KnativeKafka')));
  assert.not.ok(linesOf(said).some(l => /^P[1-6] /.test(l)));
  assert.is(said.status, 1);
});

test('permission denied: the Secret alone', async () => {
  const said = await onCluster({
    objects: await all(),
    forbidden: ['/api/v1/namespaces/istio-system/secrets/wildcard-certs'],
  });
  assert.equal(
    said.unseen.map(u => [u.kind, u.rows.join()]),
    [['Secret', 'P4,P3,P6,P2,S16']],
  );
  assert.equal(linesOf(said), []);
  assert.is(said.status, 1);
});

test('permission denied: a Secret where it should not be is a hint only', async () => {
  const objects = (await all()).filter(o => !(o.kind === 'Secret' && o.metadata.name === 'wildcard-certs'));
  const said = await onCluster({ objects, forbidden: ['/api/v1/namespaces/openshift-ingress/secrets/wildcard-certs'] });
  assert.equal(said.unseen, []);
  assert.equal(linesOf(said), [
    'P3 breaks Gateway knative-serving/knative-ingress-gateway: spec.servers[0].tls.credentialName',
  ]);
});

test('APIs that the cluster lacks are no failure: no such objects are there', async () => {
  const objects = (await all()).filter(
    o => !/^(sources|eventing)\.knative\.dev|^serving\.knative\.dev\/v1beta1/.test(o.apiVersion),
  );
  const said = await onCluster({ objects, kinds: [] });
  assert.equal(said.unseen, []);
  assert.equal(linesOf(said), []);
});

test('a version that is not known is told by its definition', async () => {
  const definition = object(
    'apiextensions.k8s.io/v1/CustomResourceDefinition',
    'knativekafkas.operator.serverless.openshift.io',
    undefined,
    {
      spec: {
        versions: [
          { name: 'v1', served: true },
          { name: 'v1beta1', served: false },
        ],
      },
    },
  );
  const objects = (await all()).filter(o => o.kind !== 'KnativeKafka');
  const kinds = servedKinds.filter(k => !k.endsWith('/KnativeKafka'));
  const said = await onCluster({ objects: [...objects, definition], kinds });
  assert.equal(linesOf(said), ['S2 risk kind KnativeKafka: apiVersion']);
  assert.is(said.findings[0]?.what, 'version operator.serverless.openshift.io/v1 is not known');
});

test('two meshes: the one of the gateways, and none where they do not say', async () => {
  const objects = await all();
  const other = object('maistra.io/v2/ServiceMeshControlPlane', 'other', 'other-mesh', {
    spec: {},
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  });
  const told = await onCluster({ objects: [...objects, other] });
  assert.is(told.mesh?.namespace, 'istio-system');
  assert.equal(linesOf(told), []);
  const silent = objects.map(o =>
    o.kind === 'KnativeServing' ? { ...o, spec: { ...(o.spec as object), config: {} } } : o,
  );
  const said = await onCluster({ objects: [...silent, other] });
  assert.is(said.mesh, null);
  assert.equal(linesOf(said), ['S4 breaks KnativeServing knative-serving/knative-serving: spec.config.istio']);
});

test('credentials that the cluster does not accept: nothing is judged', async () => {
  const said = await onCluster({ objects: await all(), user: { token: 'sha256~of-somebody-else' } });
  assert.is(said.status, 1);
  assert.ok(said.unseen.length > 0);
  assert.match(said.unseen[0]?.unseen ?? '', /does not accept the credentials \(401\)/);
  assert.equal(linesOf(said), []);
});

test.run();
