import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { verifyChecks } from '../../generator/checks/verify/index.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { assertAllOk, silentChecks } from './coverage.ts';
import type { At } from './fake.ts';
import { afterInstall, beforeInstall, values } from './healthy.ts';
import { untouched } from './rows.ts';
import { findingsOf, stateOf, unseenOf, verify } from './run.ts';
import { meshRows } from './verify-mesh-rows.ts';
import { releaseRows } from './verify-release-rows.ts';

const test = suite('cluster commands: verify');
const rows = [...releaseRows, ...meshRows];

test('an install that works: every check is ok, and nothing is changed', async () => {
  const told = await verify({ objects: await afterInstall() });
  assertAllOk(told, verifyChecks, values);
  assert.match(told.talk, /: 21 ok, 0 findings\n$/);
});

for (const { name, check, spoil = untouched, want, ...row } of rows)
  test(name, async () => {
    const given = mergeValues(values, row.values ?? {}) as Values;
    const told = await verify({ objects: await spoil(await afterInstall(given)) }, given);
    assert.equal(findingsOf(told, check), want);
    assert.is(stateOf(told, check), want.length > 0 ? 'finding' : 'ok');
    if (want.length > 0) assert.is(told.status, 1);
  });

test('every check has a row that makes it speak', () => {
  assert.equal(silentChecks(verifyChecks, rows, values), ['activator-log']);
});

test('an activator that does not reach the autoscaler says so in its log, which may be forbidden', async () => {
  const objects = await afterInstall();
  const line = '{"level":"error","msg":"Websocket connection could not be established"}\n';
  const told = await verify({ objects, logs: { 'activator-5d9c-x': line.repeat(3) } });
  assert.equal(findingsOf(told, 'activator-log'), [
    'the log of activator-5d9c-x says 3 times: Websocket connection could not be established; oc rollout restart -n knative-serving deployment/autoscaler deployment/activator',
  ]);
  const recovered = await verify({ objects, logs: { 'activator-5d9c-x': line + 'fine\n'.repeat(300) } });
  assert.is(stateOf(recovered, 'activator-log'), 'ok');
  const at: At = (request, response) => {
    if (!request.url?.includes('/log?')) return false;
    response.writeHead(403).end();
    return true;
  };
  const forbidden = await verify({ objects, at });
  assert.match(
    unseenOf(forbidden, 'activator-log').join(),
    /^activator-5d9c-x: forbidden; let this user read the log of/,
  );
  assert.is(forbidden.status, 0);
});

test('nothing is installed: findings, and no failure of ours', async () => {
  const told = await verify({ objects: await beforeInstall() });
  assert.is(told.status, 1);
  for (const id of ['release-objects', 'control-plane', 'member-roll', 'knative-serving'])
    assert.is(stateOf(told, id), 'finding', id);
});

test('everything is forbidden: no check is ok', async () => {
  const at: At = (request, response) => {
    if (/^\/(version|api\/v1|apis\/[^/]+\/[^/]+)$/.test(request.url ?? '')) return false;
    response.writeHead(403).end('{"message":"no"}');
    return true;
  };
  const told = await verify({ objects: await afterInstall(), at });
  for (const { id, state } of told.checks) assert.is(state, 'could not look', id);
  assert.is(told.status, 1);
});

test('Kourier, without Eventing: only what concerns it', async () => {
  const given = { mesh: { members: ['shop'] }, serving: { ingress: 'kourier' }, eventing: { enabled: false } };
  const told = await verify({ objects: await afterInstall(given) }, given);
  assert.equal(
    told.checks.map(c => c.id),
    [
      ...['serverless-operator', 'mesh-operator', 'release-objects', 'wait-job', 'control-plane', 'member-roll'],
      'knative-serving',
    ],
  );
  assert.equal(
    told.checks.filter(c => c.state !== 'ok'),
    [],
  );
});

test('--timeout: looks again at what is not ready, and at nothing else', async () => {
  const objects = await afterInstall();
  const late = objects.find(o => o.kind === 'KnativeServing')!;
  let asked = 0;
  const at: At = (request, response) => {
    if (!request.url?.endsWith('/knativeservings/knative-serving')) return false;
    asked += 1;
    if (asked > 3) return false;
    response.end(JSON.stringify({ ...late, status: {} }));
    return true;
  };
  const told = await verify({ objects, at }, values, { timeout: 30 });
  assert.is(told.status, 0, JSON.stringify(told.checks.filter(c => c.state !== 'ok')));
  assert.is(asked, 4);
  assert.is(told.requests.filter(r => r.includes('/servicemeshcontrolplanes')).length, 2);
});

test('--timeout: ends when the time is up', async () => {
  const began = Date.now();
  const told = await verify({ objects: await beforeInstall() }, values, { timeout: 1 });
  assert.is(told.status, 1);
  assert.ok(Date.now() - began < 8000);
});

test.run();
