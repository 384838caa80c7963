/** A registry that wants credentials, and one with TLS: what is sent, and where it is never sent. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { newPath, writeRelease } from '../publish/release.ts';
import { helms, runHelm } from '../support/helm.ts';
import { type Fault, type Seen, startProxy } from './proxy.ts';
import { type RunningRegistry, startRegistry } from './registry.ts';
import { manifestIn, publish } from './run.ts';

const test = suite('registry: access');

const user = 'publisher';
const password = 'canary:pass word';
/** bcrypt, the only kind that the registry takes; of the password above. */
const htpasswd = `${user}:$2y$05$CldTdM8HEhxfHc5xL5EecOWUqPZpXQ1YD.YHVBq/nPIXBsMp5tReO\n`;

const home = newPath();
let secured: RunningRegistry;
let open: RunningRegistry;
const from = writeRelease();
test.before(async () => {
  mkdirSync(home);
  writeFileSync(join(home, 'htpasswd'), htpasswd);
  secured = await startRegistry(newPath(), { auth: `auth: {htpasswd: {realm: test, path: ${home}/htpasswd}}` });
  open = await startRegistry(newPath());
});
test.after(async () => {
  await secured.end();
  await open.end();
});

/** Runs with these environment variables, and no place for credentials of the user's own. */
async function withPlaces<T>(places: Readonly<Record<string, string>>, run: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  const none = { HOME: join(home, 'nobody'), HELM_REGISTRY_CONFIG: '', DOCKER_CONFIG: '', REGISTRY_AUTH_FILE: '' };
  Object.assign(process.env, none, { XDG_RUNTIME_DIR: '', XDG_CONFIG_HOME: '', HELM_CONFIG_HOME: '' }, places);
  try {
    return await run();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

let files = 0;
function authFile(config: object): string {
  const path = join(home, `auth-${files++}.json`);
  writeFileSync(path, JSON.stringify(config));
  return path;
}
const auth = (secret = password) => Buffer.from(`${user}:${secret}`).toString('base64');
const hasNoSecret = ({ out, talk }: { out: string; talk: string }) =>
  assert.not.match(out + talk, /canary|pass word|Y2FuYXJ5|secret-token/);

test('basic: without credentials, with wrong ones, with the right ones', async () => {
  const target = `oci://${secured.host}/basic`;
  const none = await withPlaces({}, () => publish(target, from));
  assert.equal(none, {
    status: 1,
    out: '',
    talk: `${secured.host}: asks for credentials; log in first, with helm registry login ${secured.host}.\n`,
  });
  const wrong = authFile({ auths: { [secured.host]: { auth: auth('canary-wrong') } } });
  const refused = await withPlaces({ REGISTRY_AUTH_FILE: wrong }, () => publish(target, from));
  assert.is(refused.status, 1);
  assert.match(
    refused.talk,
    /: refuses reading 1\.2\.3 in basic\/bread \(401\b.*\); check that you may push .* log in again/,
  );
  hasNoSecret(refused);
  const right = authFile({ auths: { [secured.host]: { auth: auth() } } });
  const published = await withPlaces({ REGISTRY_AUTH_FILE: right }, () => publish(target, from));
  assert.is(published.status, 0, published.talk);
  hasNoSecret(published);
});

test('basic: to a host that is written in capitals, or with the port that is the rule', async () => {
  const capitals = secured.host.replace('127.0.0.1', 'LocalHost');
  const file = authFile({ auths: { [capitals]: { auth: auth() } } });
  const published = await withPlaces({ REGISTRY_AUTH_FILE: file }, () => publish(`oci://${capitals}/capitals`, from));
  assert.is(published.status, 0, published.talk);
});

test('basic: from a credential helper, which gets the host on standard input; its output is never shown', async () => {
  const helper = (name: string, script: string) => {
    const path = join(home, `docker-credential-${name}`);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  };
  const asked = join(home, 'asked');
  helper(
    'good',
    `echo "$*" > ${asked}; cat >> ${asked}; echo '${JSON.stringify({ Username: user, Secret: password })}'`,
  );
  helper('bad', 'echo canary; echo canary >&2; exit 3');
  helper('odd', 'echo canary');
  helper('empty', 'echo credentials not found in native keychain; exit 1');
  const PATH = `${home}:${process.env.PATH}`;
  const run = (config: object) =>
    withPlaces({ PATH, REGISTRY_AUTH_FILE: authFile(config) }, () => publish(`oci://${secured.host}/helper`, from));
  const good = await run({ credHelpers: { [secured.host]: 'good' } });
  assert.is(good.status, 0, good.talk);
  assert.is((await execa('cat', [asked])).stdout, `get\n${secured.host}`);
  assert.is((await run({ credsStore: 'good' })).status, 0);
  for (const [name, want] of [
    ['bad', /^docker-credential-bad: failed with exit status 3, and what it prints is not shown; /],
    ['odd', /^docker-credential-odd: printed no credential, /],
    ['missing', /^docker-credential-missing: cannot be started \(ENOENT\), /],
    ['../bad', /has no name of a program/],
    ['empty', /: asks for credentials; log in first/],
  ] as const) {
    const result = await run({ credHelpers: { [secured.host]: name } });
    assert.is(result.status, 1);
    assert.match(result.talk, want);
    hasNoSecret(result);
  }
});

for (const helm of helms())
  test(`basic: where ${helm.name} registry login has put them`, async () => {
    const config = join(home, `${helm.name}.json`);
    const { exitCode, stderr } = await runHelm(
      helm,
      [
        'registry',
        'login',
        secured.host,
        '--username',
        user,
        '--password-stdin',
        helm.name === 'helm3' ? '--insecure' : '--plain-http',
        '--registry-config',
        config,
      ],
      { input: password, reject: false },
    );
    assert.is(exitCode, 0, stderr);
    const result = await withPlaces({ HELM_REGISTRY_CONFIG: config }, () =>
      publish(`oci://${secured.host}/${helm.name}`, from),
    );
    assert.is(result.status, 0, result.talk);
  });

/** A token service as public registries have: by GET with Basic, by POST with a refresh token. */
async function startTokens(
  answer: (call: { method: string; query: URLSearchParams; authorization?: string | undefined }) => number,
) {
  const calls: { method: string; query: URLSearchParams; authorization?: string | undefined }[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    const { method = '', url = '', headers } = request;
    let body = '';
    for await (const chunk of request) body += chunk;
    const query = method === 'POST' ? new URLSearchParams(body) : new URL(url, 'http://x').searchParams;
    const call = { method, query, authorization: headers.authorization };
    calls.push(call);
    response
      .writeHead(answer(call))
      .end(JSON.stringify({ [method === 'POST' ? 'access_token' : 'token']: 'secret-token' }));
  });
  return { calls, ...(await listening(server)) };
}

async function listening(server: Server) {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const end = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, end };
}

/** The open registry behind a door that wants the token. */
const door =
  (realm: string) =>
  (seen: Seen): Fault | undefined =>
    seen.authorization === 'Bearer secret-token'
      ? undefined
      : { status: 401, headers: { 'www-authenticate': `Bearer realm="${realm}",service="the registry"` } };

test('token: with a password, with a refresh token, and anonymous', async () => {
  for (const [entry, method] of [
    [{ auth: auth() }, 'GET'],
    [{ identitytoken: 'canary-refresh' }, 'POST'],
    [undefined, 'GET'],
  ] as const) {
    const tokens = await startTokens(() => 200);
    const proxy = await startProxy(open.host, door(`http://${tokens.host}/token`));
    const path = `token${files}`;
    const file = authFile({ auths: entry === undefined ? {} : { [`${proxy.host}/${path}`]: entry, [proxy.host]: {} } });
    const result = await withPlaces({ REGISTRY_AUTH_FILE: file }, () => publish(`oci://${proxy.host}/${path}`, from));
    await proxy.end();
    await tokens.end();
    assert.is(result.status, 0, result.talk);
    assert.ok(await manifestIn(open.host, `${path}/bread`, '1.2.3'));
    hasNoSecret(result);
    const [call] = tokens.calls;
    assert.is(tokens.calls.length, 1);
    assert.equal(
      [call?.method, call?.query.get('service'), call?.query.get('scope')],
      [method, 'the registry', `repository:${path}/bread:pull,push`],
    );
    assert.is(call?.authorization, entry !== undefined && 'auth' in entry ? `Basic ${entry.auth}` : undefined);
    assert.is(call?.query.get('refresh_token'), method === 'POST' ? 'canary-refresh' : null);
  }
});

test('token: a service that is busy is asked again, one that refuses is not', async () => {
  const file = (host: string) => authFile({ auths: { [host]: { auth: auth() } } });
  for (const [status, want, count] of [
    [503, /answers 503 after 3 attempts/, 3],
    [401, /^HOST: refuses the credentials; log in again, with helm registry login HOST\.\n$/, 1],
    // Taken for the registry's, it would mean that the chart is not there.
    [404, /^HOST: its token service \S+ answers 404; check the address of the registry\.\n$/, 1],
  ] as const) {
    const tokens = await startTokens(() => status);
    const proxy = await startProxy(open.host, door(`http://${tokens.host}/token`));
    const result = await withPlaces({ REGISTRY_AUTH_FILE: file(proxy.host) }, () =>
      publish(`oci://${proxy.host}/busy`, from, { retries: 2, dryRun: true }),
    );
    await proxy.end();
    await tokens.end();
    assert.is(result.status, 1);
    assert.match(result.talk.replaceAll(proxy.host, 'HOST'), want);
    assert.is(tokens.calls.length, count);
    hasNoSecret(result);
  }
});

test('credentials go to no other host, where the registry redirects to one', async () => {
  const elsewhere = await startProxy(open.host, () => undefined);
  const proxy = await startProxy(secured.host, ({ authorization, path }) =>
    authorization !== undefined && path.includes('/blobs/')
      ? { status: 307, headers: { location: `http://${elsewhere.host}${path}` } }
      : undefined,
  );
  const file = authFile({ auths: { [proxy.host]: { auth: auth() } } });
  const result = await withPlaces({ REGISTRY_AUTH_FILE: file }, () => publish(`oci://${proxy.host}/elsewhere`, from));
  await proxy.end();
  await elsewhere.end();
  hasNoSecret(result);
  assert.ok(elsewhere.seen.length > 0);
  assert.ok(proxy.seen.some(({ authorization }) => authorization !== undefined));
  for (const { authorization } of elsewhere.seen) assert.is(authorization, undefined);
});

test('plain HTTP: to this machine; elsewhere only when asked twice, and then without credentials', async () => {
  const remote = 'oci://registry.example.com/charts';
  const refused = await publish(remote, from);
  assert.equal(refused, {
    status: 2,
    out: '',
    talk: 'registry.example.com: --plain-http would send the charts over a network where anyone can change them; leave it out, or add --plain-http-remote.\n',
  });
  // An address of this machine that reads like one of another.
  const mapped = (registry: RunningRegistry) => `[::ffff:7f00:1]:${registry.host.split(':')[1]}`;
  const remotely = { plainHttpRemote: true };
  const once = await publish(`oci://${mapped(open)}/twice`, from);
  assert.is(once.status, 2);
  const twice = await publish(`oci://${mapped(open)}/twice`, from, remotely);
  assert.is(twice.status, 0, twice.talk);
  const proxy = await startProxy(secured.host, () => undefined);
  const host = mapped({ ...secured, host: proxy.host });
  const file = authFile({ auths: { [host]: { auth: auth() } } });
  const asked = await withPlaces({ REGISTRY_AUTH_FILE: file }, () => publish(`oci://${host}/x`, from, remotely));
  await proxy.end();
  assert.is(asked.status, 1);
  assert.is(
    asked.talk,
    `${host}: asks for credentials, which are never sent over plain HTTP; leave --plain-http out.\n`,
  );
  assert.ok(proxy.seen.length > 0);
  for (const { authorization } of proxy.seen) assert.is(authorization, undefined);
});

test('a redirect to plain HTTP on another machine is refused', async () => {
  const proxy = await startProxy(open.host, () => ({ status: 307, headers: { location: 'http://192.0.2.1/v2/' } }));
  const { status, talk } = await publish(`oci://${proxy.host}/redirected`, from);
  await proxy.end();
  assert.is(status, 1);
  assert.match(talk, /: redirects to http:\/\/192\.0\.2\.1, which is not encrypted; check the registry\.\n$/);
});

test('TLS: with the CA it is published, and with credentials; without it nothing is sent', async () => {
  const folder = newPath();
  mkdirSync(folder);
  const [crt, key] = [join(folder, 'tls.crt'), join(folder, 'tls.key')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  await execa('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    crt,
    '-days',
    '2',
    ...subject,
  ]);
  const registry = await startRegistry(newPath(), {
    http: `  tls: {certificate: ${crt}, key: ${key}}`,
    auth: `auth: {htpasswd: {realm: test, path: ${home}/htpasswd}}`,
  });
  const target = `oci://${registry.host}/charts`;
  const file = authFile({ auths: { [registry.host]: { auth: auth() } } });
  const run = (options: object) =>
    withPlaces({ REGISTRY_AUTH_FILE: file, NODE_TLS_REJECT_UNAUTHORIZED: '0' }, () =>
      publish(target, from, { plainHttp: false, ...options }),
    );
  const [untrusted, trusted] = [await run({}), await run({ caFile: crt })];
  await registry.end();
  assert.is(untrusted.status, 1);
  assert.match(untrusted.talk, /: cannot be reached \(\w+\); give the CA of its certificate with --ca-file\.\n$/);
  assert.is(trusted.status, 0, trusted.talk);
  hasNoSecret(trusted);
});

test.run();
