/** Verify with Service Mesh 3. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { verifyChecks } from '../../generator/checks/verify/index.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { assertAllOk, silentChecks } from './coverage.ts';
import { certificates } from './fake.ts';
import {
  afterInstall3,
  beforeInstall3,
  fromRouter,
  issuedBy,
  servedKinds3,
  situations3,
  values3,
} from './healthy-v3.ts';
import { untouched } from './rows.ts';
import { findingsOf, stateOf, unseenOf, verify, withObjects } from './run.ts';
import { meshRows } from './verify-mesh-rows.ts';
import { releaseRows } from './verify-release-rows.ts';
import { gatewayRows3 } from './verify-v3-gateway-rows.ts';
import { meshRows3 } from './verify-v3-mesh-rows.ts';
import { releaseRows3 } from './verify-v3-rows.ts';

const test = suite('cluster commands: verify, Service Mesh 3');

/** What is the same with both generations. */
const either = ['serverless-operator', 'knative-serving', 'knative-eventing', 'knative-kafka', 'eventing-istio'];
const proxies = ['proxies-knative-serving', 'proxies-knative-eventing', 'knative-eventing-config'];
const shared = [...releaseRows, ...meshRows].filter(row => [...either, ...proxies].includes(row.check));
const rows = [...shared, ...releaseRows3, ...meshRows3, ...gatewayRows3];
const verify3 = (options: object, values = {}) =>
  verify({ kinds: servedKinds3, ...options }, mergeValues(values3, values));
const after = (values = {}) => afterInstall3(mergeValues(values3, values));

for (const [name, [values, others]] of Object.entries(situations3))
  test(`an install that works, ${name}: every check is ok, and nothing is changed`, async () => {
    const objects = withObjects(await after(values), ...others);
    assertAllOk(await verify3({ objects }, values), verifyChecks, mergeValues(values3, values) as Values);
  });

for (const { name, check, spoil = untouched, want, values = {} } of rows)
  test(name, async () => {
    const told = await verify3({ objects: await spoil(await after(values)) }, values);
    assert.equal(findingsOf(told, check), want);
    assert.is(stateOf(told, check), want.length > 0 ? 'finding' : 'ok');
    if (want.length > 0) assert.is(told.status, 1);
  });

test('every check has a row that makes it speak', () => {
  assert.equal(silentChecks(verifyChecks, rows, values3), ['activator-log']);
});

test('nothing is installed: findings, and no failure of ours', async () => {
  const told = await verify3({ objects: await beforeInstall3() });
  assert.is(told.status, 1);
  for (const id of ['release-objects', 'control-plane', 'istio-cni', 'strict-mtls', 'member-labels', 'ingress-gateway'])
    assert.is(stateOf(told, id), 'finding', id);
});

test('everything is forbidden: no check is ok', async () => {
  const at = (request: { url?: string }, response: { writeHead(code: number): { end(text: string): void } }) => {
    if (/^\/(version|api\/v1|apis\/[^/]+\/[^/]+)$/.test(request.url ?? '')) return false;
    response.writeHead(403).end('{"message":"no"}');
    return true;
  };
  for (const values of [{}, fromRouter, issuedBy({ name: 'company' })]) {
    const told = await verify3({ objects: await after(values), at }, values);
    for (const { id, state } of told.checks) assert.is(state, 'could not look', id);
    assert.is(told.status, 1);
  }
});

test('no API of Service Mesh 3: its checks could not look', async () => {
  const objects = (await after()).filter(o => !o.apiVersion.startsWith('sailoperator.io/'));
  const kinds = servedKinds3.filter(kind => !kind.startsWith('sailoperator.io/'));
  const told = await verify3({ objects, kinds });
  for (const id of ['control-plane', 'istio-cni']) assert.is(stateOf(told, id), 'could not look', id);
});

test("a router's Secret that may not be seen is no failure, and of no Secret the key is told", async () => {
  const path = '/api/v1/namespaces/openshift-ingress/secrets/router-certs-default';
  const objects = await after(fromRouter);
  const told = await verify3({ objects, forbidden: [path] }, fromRouter);
  assert.equal(unseenOf(told, 'copied-certificate'), [
    `forbidden: ${path}: Forbidden; let this user read Secret router-certs-default, or ask one who may`,
  ]);
  assert.is(told.status, 0);
  const { wildcard } = await certificates();
  const encoded = Buffer.from(wildcard.privateKey).toString('base64');
  const row = releaseRows3.find(({ check }) => check === 'copied-certificate')!;
  for (const each of [told, await verify3({ objects: await row.spoil!(objects) }, fromRouter)])
    for (const secret of [encoded, ...wildcard.privateKey.split('\n').filter(line => line.length > 20)])
      assert.not.match(each.out + each.talk, secret);
});

test('Secrets without their data could not be compared', async () => {
  const objects = (await after(fromRouter)).map(o =>
    o.metadata.name === 'router-certs-default' ? { ...o, data: undefined } : o,
  );
  assert.equal(unseenOf(await verify3({ objects }, fromRouter), 'copied-certificate'), [
    'a Secret was shown without its data; let this user read it',
  ]);
});

test.run();
