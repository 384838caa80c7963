import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pauseFor } from '../../generator/publish/oci/call.ts';
import { credentialFiles, findCredential } from '../../generator/publish/oci/credentials.ts';
import { goJson } from '../../generator/publish/oci/manifest.ts';
import { withReferrer } from '../../generator/publish/oci/sbom.ts';
import { registryOf, tagOf } from '../../generator/publish/oci/target.ts';
import { newPath } from './release.ts';

const test = suite('publish: parts of the registry client');

const refusal = (run: () => unknown) => {
  try {
    return run();
  } catch (error) {
    return (error as Error).message.replace(/^.*: (is no path|--plain)/, '$1').slice(0, 20);
  }
};

const targets: readonly (readonly [string, object, unknown])[] = [
  ['oci://a.example.com/charts', {}, { host: 'a.example.com', origin: 'https://a.example.com', path: 'charts' }],
  [
    'oci://a.example.com:5000/a/b_c/d-e/',
    {},
    { host: 'a.example.com:5000', origin: 'https://a.example.com:5000', path: 'a/b_c/d-e' },
  ],
  [
    'oci://localhost:5000/a',
    { plainHttp: true },
    { host: 'localhost:5000', origin: 'http://localhost:5000', path: 'a' },
  ],
  ['oci://[::1]:5000/a', { plainHttp: true }, { host: '[::1]:5000', origin: 'http://[::1]:5000', path: 'a' }],
  ['oci://127.8.9.1/a', { plainHttp: true }, { host: '127.8.9.1', origin: 'http://127.8.9.1', path: 'a' }],
  ['oci://10.0.0.1/a', { plainHttp: true }, '--plain-http would s'],
  ['oci://127.0.0.1.example.com/a', { plainHttp: true }, '--plain-http would s'],
  ['oci://localhost.example.com/a', { plainHttp: true }, '--plain-http would s'],
  [
    'oci://10.0.0.1/a',
    { plainHttp: true, plainHttpRemote: true },
    { host: '10.0.0.1', origin: 'http://10.0.0.1', path: 'a' },
  ],
  // Node's URL says what is the origin of an answer so.
  ['oci://A.Example.com:443/a', {}, { host: 'A.Example.com:443', origin: 'https://a.example.com', path: 'a' }],
  ['oci://127.0.0.1:80/a', { plainHttp: true }, { host: '127.0.0.1:80', origin: 'http://127.0.0.1', path: 'a' }],
  ['oci://docker.io/a/b', {}, { host: 'docker.io', origin: 'https://registry-1.docker.io', path: 'a/b' }],
  ['oci://index.docker.io/a', {}, { host: 'index.docker.io', origin: 'https://registry-1.docker.io', path: 'a' }],
  ['oci://10.0.0.1/a', { plainHttpRemote: true }, '--plain-http-remote:'],
  ['oci://a.example.com', {}, 'is no path in a regi'],
  ['oci://a.example.com/Charts', {}, 'is no path in a regi'],
  ['oci://user:password@a.example.com/charts', {}, 'is no path in a regi'],
  ['oci://a.example.com/charts?x=1', {}, 'is no path in a regi'],
  ['oci://a.example.com/../charts', {}, 'is no path in a regi'],
  ['oci://a.example.com:99999/charts', {}, 'is no path in a regi'],
];
for (const [target, options, want] of targets)
  test(`${target} ${JSON.stringify(options)}`, () => {
    assert.equal(
      refusal(() => registryOf(target, options)),
      want,
    );
  });

test('a tag has _ for the + of a version', () => {
  assert.is(tagOf('1.2.3-rc.1+build.5'), '1.2.3-rc.1_build.5');
});

const pauses: readonly (readonly [number, string | undefined, number])[] = [
  [0, undefined, 500],
  [3, undefined, 4000],
  [10, undefined, 60_000],
  [0, '7', 7000],
  [0, '0', 0],
  [0, '3600', 60_000],
  [0, 'Thu, 01 Jan 1970 00:00:12 GMT', 2000],
  [0, 'Thu, 01 Jan 1970 00:00:01 GMT', 0],
  [1, 'soon', 1000],
];
for (const [tried, retryAfter, want] of pauses)
  test(`attempt ${tried}, Retry-After ${retryAfter}: ${want} ms`, () => {
    assert.is(pauseFor(tried, retryAfter, 10_000), want);
  });

test('JSON as Go writes it', () => {
  assert.is(goJson({ a: '<&>\u2028"\u00e9' }), '{"a":"\\u003c\\u0026\\u003e\\u2028\\"\u00e9"}');
});

test('credentials are looked for in this order', () => {
  assert.equal(credentialFiles({ REGISTRY_AUTH_FILE: '/r', XDG_RUNTIME_DIR: '/run/1' }, '/home/a', 'linux'), [
    '/r',
    '/run/1/containers/auth.json',
    '/home/a/.config/helm/registry/config.json',
    '/home/a/.docker/config.json',
  ]);
  assert.equal(credentialFiles({ HELM_REGISTRY_CONFIG: '/h', DOCKER_CONFIG: '/d' }, '/home/a', 'linux'), [
    '/h',
    '/d/config.json',
  ]);
  assert.equal(credentialFiles({}, '/Users/a', 'darwin')[0], '/Users/a/Library/Preferences/helm/registry/config.json');
  assert.equal(credentialFiles({ HELM_CONFIG_HOME: '/h' }, '/a', 'linux')[0], '/h/registry/config.json');
});

const host = 'a.example.com:5000';
const auth = (text: string) => ({ auth: Buffer.from(text).toString('base64') });
const stored: readonly (readonly [string, object, unknown])[] = [
  ['none', {}, undefined],
  ['another host', { auths: { 'a.example.com': auth('u:p') } }, undefined],
  ['a password with a colon', { auths: { [host]: auth('u:p:q') } }, { user: 'u', password: 'p:q' }],
  ['user and password', { auths: { [host]: { username: 'u', password: 'p' } } }, { user: 'u', password: 'p' }],
  ['a refresh token', { auths: { [host]: { ...auth('u:p'), identitytoken: 't' } } }, { refreshToken: 't' }],
  ['an old address', { auths: { [`https://${host}/v1/`]: auth('u:p') } }, { user: 'u', password: 'p' }],
  [
    'one for the path before one for the host',
    { auths: { [host]: auth('u:p'), [`${host}/charts`]: auth('v:q'), [`${host}/other`]: auth('w:r') } },
    { user: 'v', password: 'q' },
  ],
  ['an entry without content, as with a helper', { auths: { [host]: {} } }, undefined],
];
test('credentials: those of Docker Hub by each of its names', async () => {
  const file = `${newPath()}.json`;
  writeFileSync(file, JSON.stringify({ auths: { 'https://index.docker.io/v1/': auth('u:p') } }));
  for (const name of ['docker.io', 'index.docker.io', 'registry-1.docker.io'])
    assert.equal(await findCredential(name, 'a', { REGISTRY_AUTH_FILE: file }, '/nonexistent'), {
      user: 'u',
      password: 'p',
    });
});

for (const [name, config, want] of stored)
  test(`credentials: ${name}`, async () => {
    const file = `${newPath()}.json`;
    writeFileSync(file, JSON.stringify(config));
    assert.equal(await findCredential(host, 'charts', { REGISTRY_AUTH_FILE: file }, '/nonexistent'), want);
  });

for (const [text, want] of [
  ['{"auths": canary}', 'is no JSON with the credentials of registries; log in again, or correct the file.'],
  [`{"auths": {"${host}": {"auth": "Y2FuYXJ5"}}}`, 'holds a credential that is none; log in again.'],
] as const)
  test(`credentials: a file that is wrong is named, and not shown: ${want}`, async () => {
    const file = join(`${newPath()}.json`);
    writeFileSync(file, text);
    const found = await findCredential(host, 'charts', { REGISTRY_AUTH_FILE: file }, '/nonexistent').catch(
      e => e.message,
    );
    assert.is(found, `${file}: ${want}`);
  });

test('the list of what refers to a chart keeps what others have put there', () => {
  const blob = { mediaType: 'm', digest: 'sha256:2', size: 1, data: new Uint8Array() };
  const other = { mediaType: 'o', digest: 'sha256:1', size: 2, artifactType: 'signature' };
  const existing = JSON.stringify({ schemaVersion: 2, manifests: [other], annotations: { a: 'b' } });
  const list = withReferrer(existing, { manifest: blob, blobs: [] });
  const read = JSON.parse(new TextDecoder().decode(list?.data));
  assert.equal(read.manifests, [
    other,
    { mediaType: 'm', digest: 'sha256:2', size: 1, artifactType: 'application/vnd.cyclonedx+json' },
  ]);
  assert.equal(read.annotations, { a: 'b' });
  assert.is(withReferrer(JSON.stringify(read), { manifest: blob, blobs: [] }), undefined);
});

test.run();
