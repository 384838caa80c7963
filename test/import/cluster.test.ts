/** import against an API server: what it asks for, what it may not see, and what operators add to objects. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type RunImportOptions, runImport } from '../../generator/commands/import.ts';
import { inProcess } from '../cli/project.ts';
import { type Fake, type FakeOptions, startFake } from '../cluster-commands/fake.ts';
import { afterInstall, csv, object, servedKinds, values } from '../cluster-commands/healthy.ts';
import { afterInstall3, servedKinds3, values3 } from '../cluster-commands/healthy-v3.ts';
import { withObjects, without } from '../cluster-commands/run.ts';
import { failure } from '../support/cluster-answers.ts';

const test = suite('import: cluster');

const owner = 'serverless-mesh';
const run = async (options: FakeOptions, more: Partial<RunImportOptions> = {}) => {
  const fake: Fake = await startFake({ kinds: servedKinds, ...options });
  try {
    const result = await inProcess(io =>
      runImport(
        {
          kubeconfig: fake.kubeconfig,
          requestTimeout: 5,
          releaseName: owner,
          namespace: 'default',
          output: 'json',
          ...more,
        },
        io,
      ),
    );
    return { ...result, json: result.out.startsWith('{') ? JSON.parse(result.out) : {}, requests: fake.requests };
  } finally {
    await fake.stop();
  }
};

test('Service Mesh 2: the values of the release, the operator and the domain of the cluster; only GET', async () => {
  const { json, status, requests, talk } = await run({ objects: await afterInstall() });
  assert.is(status, 0, talk);
  assert.equal(json.values, values);
  assert.is(json.readFrom['serverless.release'], 'ClusterServiceVersion serverless-operator.v1.37.2');
  assert.equal(json.fields, []);
  assert.ok(requests.length > 20);
  assert.equal(
    requests.filter(r => !r.startsWith('GET ') || /\/secrets/.test(r)),
    [],
  );
});

test('Service Mesh 3: members by the labels of their namespaces', async () => {
  const { json, status, talk } = await run({ kinds: servedKinds3, objects: await afterInstall3() });
  assert.is(status, 0, talk);
  assert.equal(json.values, values3);
  assert.is(json.readFrom['mesh.members'], 'labels of these namespaces');
});

test('what operators and the API server fill in is no difference', async () => {
  const objects = (await afterInstall()).map(o => {
    const spec = (o as { spec?: Record<string, unknown> }).spec ?? {};
    if (o.kind === 'KnativeServing')
      return { ...o, spec: { ...spec, 'controller-custom-certs': { name: '', type: '' } } };
    if (o.kind === 'Service' && o.metadata.name === 'knative-local-gateway')
      return { ...o, spec: { ...spec, clusterIP: '10.0.0.1', sessionAffinity: 'None', ipFamilies: ['IPv4'] } };
    return o;
  });
  const { json, status } = await run({ objects });
  assert.is(status, 0);
  assert.equal(json.fields, []);
});

test('what no value says: exit status 1, in the JSON too, and the values all the same', async () => {
  const objects = (await afterInstall()).map(o =>
    o.kind === 'KnativeServing'
      ? { ...o, spec: { ...(o as { spec?: object }).spec, registry: { default: 'mirror/image' } } }
      : o,
  );
  const { json, status } = await run({ objects });
  assert.equal([status, json.status], [1, 1]);
  assert.equal(
    json.fields.map((f: { meaning: string }) => f.meaning),
    ['kept'],
  );
  assert.equal(json.values, values);
});

test('permission denied is said, and nothing is printed', async () => {
  const at: FakeOptions['at'] = (request, response) => {
    if (!request.url?.includes('/servicemeshcontrolplanes')) return false;
    response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify(failure(403, request.url).body));
    return true;
  };
  const { out, status, talk } = await run({ objects: await afterInstall(), at });
  assert.is(status, 1);
  assert.is(out, '');
  assert.match(talk, /ServiceMeshControlPlane: forbidden/);
});

test('no control plane in a cluster whose Knative is in a mesh: half an installation', async () => {
  const { status, talk } = await run({ objects: without(await afterInstall(), 'ServiceMeshControlPlane') });
  assert.is(status, 1);
  assert.match(talk, 'there is no control plane, although Knative is part of a mesh: half an installation');
});

test('an operator of a release that the chart does not know', async () => {
  const old = csv('serverless-operator.v1.29.0', 'openshift-serverless');
  const objects = [...without(await afterInstall(), 'ClusterServiceVersion', 'serverless-operator.v1.37.2'), old];
  const { status, talk } = await run({ objects });
  assert.is(status, 1);
  assert.match(talk, 'OpenShift Serverless "1.29.0" is installed, of which the chart knows nothing');
});

test('text: groups, steps and values', async () => {
  const gateway = object('networking.istio.io/v1beta1/Gateway', 'x', 'istio-system', { spec: {} });
  const { out, status } = await run({ objects: withObjects(await afterInstall(), gateway) }, { output: 'text' });
  assert.is(status, 0);
  for (const part of [
    'Objects of yours that the release leaves alone:\n- Gateway istio-system/x',
    'helm install serverless-mesh -n default dist/serverless-mesh-0.1.0.tgz -f values.yaml --timeout 1200s --take-ownership --force-conflicts\n',
    'The values, values.yaml:\n\n# Values of the chart serverless-mesh',
    'mesh:\n  # ServiceMeshMemberRoll istio-system/default spec.members\n  members:\n    - shop\n',
  ])
    assert.ok(out.includes(part), part);
});

test.run();
