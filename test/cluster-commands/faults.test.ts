/** A cluster that does not show what it has: a check says so, and is never ok. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runPreflight } from '../../generator/commands/preflight.ts';
import { inProcess } from '../cli/project.ts';
import { type At, startFake, token } from './fake.ts';
import { beforeInstall, servedKinds } from './healthy.ts';
import { optionsFor, preflight, stateOf, unseenOf } from './run.ts';

const test = suite('cluster commands: faults');

const status =
  (code: number, text = '{"kind":"Status","message":"no"}', headers = {}) =>
  (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(code, headers).end(text);
    return true;
  };
/** `/version` and discovery answer as usual; the rest as given. */
const butDiscovery =
  (at: At): At =>
  (request, ...rest) =>
    /^\/(version|api\/v1|apis\/[^/]+\/[^/]+)$/.test(request.url ?? '') ? false : at(request, ...rest);
const butVersion =
  (at: At): At =>
  (request, ...rest) =>
    request.url === '/version' ? false : at(request, ...rest);

const faults: readonly (readonly [string, At, readonly string[], RegExp])[] = [
  ['everything is forbidden', butDiscovery(status(403)), ['kubernetes', 'apis'], /forbidden: no; let this user read /],
  ['discovery is forbidden, too', butVersion(status(403)), ['kubernetes'], /forbidden: no; let this user read /],
  ['no credentials are accepted', status(401), [], /does not accept the credentials \(401\); log in again/],
  ['the API server fails', butVersion(status(500)), ['kubernetes'], /the server answers 500 for .*: no; try again/],
  [
    'a proxy answers in its place',
    butVersion(status(200, '<html>')),
    ['kubernetes'],
    /the answer is not JSON; check that/,
  ],
  [
    'everything is redirected',
    butVersion(status(302, '', { location: 'https://elsewhere' })),
    ['kubernetes'],
    /redirects \(302\)/,
  ],
  [
    'there is no answer',
    butVersion(() => true),
    ['kubernetes'],
    /(no answer within 1 s|not asked, as 6 requests in a row had no answer within 1 s); try again, or raise --request-timeout/,
  ],
  [
    'the connection breaks in the middle of an answer',
    butVersion((_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{');
      setTimeout(() => response.destroy(), 5);
      return true;
    }),
    ['kubernetes'],
    /the connection broke/,
  ],
  [
    'an answer never ends',
    butVersion((_, response) => {
      response.writeHead(200).write('{');
      return true;
    }),
    ['kubernetes'],
    /no answer within 1 s; /,
  ],
];
for (const [name, at, seen, why] of faults)
  test(name, async () => {
    const told = await preflight({ objects: await beforeInstall(), at }, undefined, { requestTimeout: 1 });
    assert.is(told.status, 1);
    for (const { id, state, unseen } of told.checks) {
      assert.is(state, seen.includes(id) ? 'ok' : 'could not look', id);
      for (const { unseen: what, remedy } of unseen) assert.match(`${what}; ${remedy}`, why);
    }
  });

test('a server that knows its kinds and hangs for all else, as without its etcd: it is waited for once', async () => {
  const began = Date.now();
  const at = butDiscovery(() => true);
  const told = await preflight({ objects: await beforeInstall(), at }, undefined, { requestTimeout: 1 });
  assert.ok(Date.now() - began < 4000, `${Date.now() - began} ms`);
  // Each that gives up lets one in that was waiting, until all have.
  const reads = told.requests.filter(r => !/ \/(version|api\/v1|apis\/[^/]+\/[^/]+)$/.test(r));
  assert.ok(reads.length < 12, reads.join('\n'));
  assert.equal(
    told.checks.filter(c => c.state !== 'could not look').map(c => c.id),
    ['kubernetes', 'apis'],
  );
});

test('one forbidden list: the others are seen, and the exit status is 1', async () => {
  const forbidden = ['/apis/networking.istio.io/v1beta1/gateways'];
  const told = await preflight({ objects: await beforeInstall(), forbidden });
  assert.is(told.status, 1);
  assert.equal(
    told.checks.filter(c => c.state !== 'ok').map(c => c.id),
    ['gateway-conflict'],
  );
  assert.equal(unseenOf(told, 'gateway-conflict'), [
    'forbidden: /apis/networking.istio.io/v1beta1/gateways: Forbidden; let this user read Gateway objects, or ask one who may',
  ]);
});

test('what is not essential may be forbidden', async () => {
  const forbidden = ['clusterversions/version', 'infrastructures/cluster', 'ingresses/cluster'];
  const told = await preflight({
    objects: await beforeInstall(),
    forbidden: forbidden.map(p => `/apis/config.openshift.io/v1/${p}`),
  });
  assert.equal(
    told.checks.filter(c => c.state === 'could not look').map(c => c.id),
    ['openshift', 'identity', 'apps-domain'],
  );
  assert.is(told.status, 0);
  assert.match(told.talk, /15 ok, 0 findings, 3 could not be looked at\n$/);
});

test('a busy server is asked again, as it wishes', async () => {
  let busy = 2;
  const at: At = (request, response) => {
    if (!request.url?.includes('/gateways') || busy === 0) return false;
    busy -= 1;
    return status(429, '{}', { 'retry-after': '1' })(request, response);
  };
  const told = await preflight({ objects: await beforeInstall(), at });
  assert.is(stateOf(told, 'gateway-conflict'), 'ok');
});

test('a slow server: nothing is lost, and few requests are under way at a time', async () => {
  let [now, most] = [0, 0];
  const at: At = (_, response) => {
    now += 1;
    most = Math.max(most, now);
    response.on('close', () => {
      now -= 1;
    });
    const until = Date.now() + 15;
    while (Date.now() < until);
    return false;
  };
  const told = await preflight({ objects: await beforeInstall(), at });
  assert.is(told.status, 0);
  assert.ok(most <= 6, `${most}`);
});

test('no connection: each check says so, with nothing asked of a server that is not there', async () => {
  const fake = await startFake({ kinds: servedKinds });
  const options = optionsFor(fake);
  fake.server.closeAllConnections();
  await new Promise(resolve => fake.server.close(resolve));
  const { status, out } = await inProcess(io => runPreflight({ ...options, output: 'text' }, io));
  assert.is(status, 1);
  for (const line of out.trimEnd().split('\n'))
    assert.match(line, /^could not look: [\w-]+: .*the connection is refused; check the server in the kubeconfig/);
  await fake.stop().catch(() => undefined);
});

test('a certificate that the kubeconfig does not know', async () => {
  const fake = await startFake({ kinds: servedKinds, user: { token } });
  try {
    const { readFileSync, writeFileSync } = await import('node:fs');
    const config = JSON.parse(readFileSync(fake.kubeconfig, 'utf8'));
    delete config.clusters[0].cluster['certificate-authority-data'];
    writeFileSync(fake.kubeconfig, JSON.stringify(config));
    const { status, out } = await inProcess(io => runPreflight({ ...optionsFor(fake), output: 'text' }, io));
    assert.is(status, 1);
    assert.match(out, 'the TLS connection failed (');
    assert.equal(fake.requests, []);
  } finally {
    await fake.stop();
  }
});

test.run();
