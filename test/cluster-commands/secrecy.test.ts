/** Tokens, keys and what credential plugins print are in no output, whatever happens. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runPreflight } from '../../generator/commands/preflight.ts';
import { runVerify } from '../../generator/commands/verify.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { inProcess } from '../cli/project.ts';
import { type At, certificates, type Fake, type FakeOptions, startFake, token } from './fake.ts';
import { afterInstall, beforeInstall, object, servedKinds, wildcardSecret } from './healthy.ts';
import { afterInstall3, fromRouter, servedKinds3, values3 } from './healthy-v3.ts';
import { optionsFor, stateOf, type Told, withObjects } from './run.ts';

const test = suite('cluster commands: secrecy');

const chatter = 'what-the-plugin-says-of-itself';
/** A credential plugin: prints a token, and talks. */
function plugin(fake: Fake, script: string): object {
  const file = join(fake.folder, 'plugin');
  writeFileSync(file, `#!/bin/sh\necho ${chatter} >&2\n${script}\n`);
  chmodSync(file, 0o755);
  // Named from its kubeconfig, as kubectl finds it.
  return {
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: './plugin',
      env: [{ name: 'GIVEN', value: token }],
    },
  };
}
const credential = `printf '{"kind":"ExecCredential","status":{"token":"%s"}}' "$GIVEN"`;

interface Situation extends FakeOptions {
  readonly values?: Values;
  readonly script?: string;
  readonly user?: object;
}
/** Both commands, in both formats, on a terminal and not: everything that they print. */
async function allOutput({ script, values, ...options }: Situation): Promise<{ text: string; told: Told }> {
  const fake = await startFake({ kinds: servedKinds, objects: await afterInstall(), logs: {}, ...options });
  try {
    if (script !== undefined) {
      const config = JSON.parse(readFileSync(fake.kubeconfig, 'utf8'));
      config.users[0].user = plugin(fake, script);
      writeFileSync(fake.kubeconfig, JSON.stringify(config));
    }
    const given = { ...optionsFor(fake, values), requestTimeout: 1 };
    const terminal = { interactive: true, columns: 100 };
    let text = '';
    let told: Told | undefined;
    for (const output of ['json', 'text'] as const)
      for (const more of [{}, terminal]) {
        const [a, b] = [
          await inProcess(io => runPreflight({ ...given, output }, { ...io, ...more })),
          await inProcess(io => runVerify({ ...given, output, createTestService: false }, { ...io, ...more })),
        ];
        text += a.out + a.talk + b.out + b.talk;
        told ??= { ...a, checks: JSON.parse(a.out).checks, requests: fake.requests };
      }
    return { text, told: told! };
  } finally {
    await fake.stop();
  }
}
const secrets = async () => {
  const { wildcard } = await certificates();
  const lines = wildcard.privateKey.split('\n').filter(l => /^[A-Za-z0-9+/=]{20,}$/.test(l));
  return [token, chatter, ...lines, Buffer.from(token).toString('base64')];
};
async function assertSilent(text: string): Promise<void> {
  assert.ok(text.length > 1000);
  for (const secret of await secrets()) assert.not.match(text, secret);
}

/** A server, or what poses as one, that says back what it was sent. */
const echo =
  (code: number): At =>
  (request, response) => {
    if (request.url === '/version' || /^\/(api\/v1|apis\/[^/]+\/[^/]+)$/.test(request.url ?? '')) return false;
    response.writeHead(code).end(JSON.stringify({ message: `you sent ${request.headers.authorization}` }));
    return true;
  };
const said = [{ type: 'Ready', status: 'False', reason: token, message: `Bearer ${token}` }];
const leaky = async () =>
  (await afterInstall()).map(o => (o.kind === 'KnativeServing' ? { ...o, status: { conditions: said } } : o));

const copied = { values: mergeValues(values3, fromRouter) as Values, kinds: servedKinds3 };
/** The same key, with another certificate. */
const other = async () =>
  wildcardSecret({ crt: (await certificates()).wildcard.certificate }, 'openshift-ingress', 'router-certs-default');

const situations: readonly (readonly [string, () => Promise<Situation> | Situation])[] = [
  ['all is well', () => ({})],
  ['a server that repeats the token in its refusals', () => ({ at: echo(403) })],
  ['a server that repeats it in its failures', () => ({ at: echo(500) })],
  ['a server that repeats it in place of an answer', () => ({ at: echo(200) })],
  ['an object that holds it', async () => ({ objects: await leaky() })],
  [
    "Service Mesh 3, with the router's certificate",
    async () => ({ ...copied, objects: await afterInstall3(copied.values) }),
  ],
  [
    "Service Mesh 3, with a router's certificate that differs",
    async () => ({ ...copied, objects: withObjects(await afterInstall3(copied.values), await other()) }),
  ],
];
for (const [name, of] of situations) {
  test(`${name}: user with a token`, async () => {
    const { text, told } = await allOutput(await of());
    await assertSilent(text);
    assert.is(stateOf(told, 'kubernetes'), 'ok');
  });
  test(`${name}: user with a credential plugin`, async () => {
    const { text, told } = await allOutput({ ...(await of()), script: credential });
    await assertSilent(text);
    assert.is(stateOf(told, 'kubernetes'), 'ok');
  });
}

const plugins: readonly (readonly [string, string, RegExp])[] = [
  [
    'fails',
    `echo ${token}; exit 7`,
    /the credential plugin of the kubeconfig failed with exit status 7; what it prints is not shown; log in again, or run plugin by hand/,
  ],
  ['prints no JSON', `echo "${token}"`, /printed no credential; what it prints is not shown/],
  ['prints JSON of something else', `echo '{"token":"${token}"}'`, /printed no credential/],
  ['is ended', 'kill -9 $$', /was ended by SIGKILL/],
  ['prints without end', 'yes', /printed too much; what it prints is not shown/],
];
for (const [name, script, want] of plugins)
  test(`a credential plugin that ${name}: nothing could be seen, and nothing of it is shown`, async () => {
    const { text, told } = await allOutput({ script });
    await assertSilent(text);
    assert.is(told.status, 1);
    assert.equal([...new Set(told.checks.map(c => c.state))], ['could not look']);
    for (const { unseen } of told.checks) assert.match(unseen.map(u => `${u.unseen}; ${u.remedy}`).join(), want);
    assert.equal(told.requests, []);
  });

test('a credential plugin whose program is absent', async () => {
  const user = { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: '/nowhere/plugin', args: [token] } };
  const { text, told } = await allOutput({ user });
  await assertSilent(text);
  assert.match(told.checks[0]!.unseen[0]!.unseen, /cannot be started \(ENOENT\)/);
});

test('a credential plugin is asked once, without standard input, and told of the cluster where it wants that', async () => {
  const fake = await startFake({ kinds: servedKinds, objects: await beforeInstall() });
  try {
    const config = JSON.parse(readFileSync(fake.kubeconfig, 'utf8'));
    const log = join(fake.folder, 'asked');
    const user = plugin(fake, `cat >/dev/null; echo "$KUBERNETES_EXEC_INFO" >> ${log}; ${credential}`) as {
      exec: object;
    };
    config.users[0].user = { exec: { ...user.exec, provideClusterInfo: true } };
    writeFileSync(fake.kubeconfig, JSON.stringify(config));
    const { status } = await inProcess(io => runPreflight(optionsFor(fake), io));
    assert.is(status, 0);
    const [info, ...more] = readFileSync(log, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    assert.equal(more, []);
    assert.is(info.spec.interactive, false);
    assert.is(info.spec.cluster.server, fake.url);
  } finally {
    await fake.stop();
  }
});

test('a client key that is no key', async () => {
  const nonsense = Buffer.from(`-----BEGIN PRIVATE KEY-----\n${token}\n-----END PRIVATE KEY-----`).toString('base64');
  const user = { 'client-certificate-data': nonsense, 'client-key-data': nonsense };
  const { text, told } = await allOutput({ user });
  await assertSilent(text);
  assert.not.match(text, nonsense);
  assert.is(told.status, 1);
});

test('a private key in the wrong place of the Secret', async () => {
  const { wildcard } = await certificates();
  const base64 = Buffer.from(wildcard.privateKey).toString('base64');
  const data = { 'tls.crt': base64, 'tls.key': base64 };
  const secret = object('v1/Secret', 'wildcard-certs', 'istio-system', { type: 'kubernetes.io/tls', data });
  const objects = (await afterInstall()).map(o => (o.kind === 'Secret' ? secret : o));
  const { text } = await allOutput({ objects });
  await assertSilent(text);
  assert.not.match(text, base64);
});

const broken: readonly (readonly [string, string, RegExp])[] = [
  [
    'that is no YAML',
    `users: [{user: {token: ${token}}}\n  : {`,
    /kubeconfig: is no kubeconfig; name a kubeconfig file\.\n$/,
  ],
  ['that is a text', token, /^The kubeconfig has no current context; name a kubeconfig that has one\.\n$/],
  ['that is empty', '', /kubeconfig: is no kubeconfig;/],
  ['without contexts', `{"users": [{"name": "u", "user": {"token": "${token}"}}]}`, /kubeconfig/],
  [
    'whose server would show the token to others',
    JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: `http://user:${token}@example.com` } }],
      users: [{ name: 'u', user: { token } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }),
    /names the server http:\/\/example\.com, which would show your credentials to others; write https/,
  ],
];
for (const [name, content, want] of broken)
  test(`a kubeconfig ${name}`, async () => {
    const fake = await startFake({});
    try {
      writeFileSync(fake.kubeconfig, content);
      const { status, out, talk } = await inProcess(io => runPreflight(optionsFor(fake), io));
      assert.equal([status, out], [2, '']);
      assert.match(talk, want);
      assert.not.match(talk, token);
    } finally {
      await fake.stop();
    }
  });

test.run();
