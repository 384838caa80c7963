import {
  existsSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type PublishOptions, runPublish } from '../../generator/commands/publish.ts';
import { sha256 } from '../../generator/output/sums.ts';
import type { Archive } from '../../generator/pack/archive.ts';
import { inProcess } from '../cli/project.ts';
import { signingKey } from '../support/signing-keys.ts';
import { type ChartOptions, newPath, writeRelease } from './release.ts';

const test = suite('publish: a classic repository');

const publish = (target: string, from: string, options: Partial<PublishOptions> = {}) =>
  inProcess(io =>
    runPublish(
      { target, from, dryRun: false, output: 'text', lockTimeout: 0, retries: 0, requestTimeout: 5, ...options },
      io,
    ),
  );
const contents = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map(name => [name, readFileSync(join(folder, name)).toString('base64')]));
const urls = (folder: string) =>
  (load(readFileSync(join(folder, 'index.yaml'), 'utf8')) as { entries: Record<string, { urls: string[] }[]> }).entries;

test('writes packages first and index.yaml last, says so, and finds nothing to do then', async () => {
  const [from, target] = [writeRelease({}, { name: 'butter' }), newPath()];
  const names = [
    'bread-1.2.3.cdx.json',
    'bread-1.2.3.tgz',
    'butter-1.2.3.cdx.json',
    'butter-1.2.3.tgz',
    'index.html',
    'index.yaml',
  ];
  assert.equal(await publish(target, from), {
    status: 0,
    out: names.map(name => `added ${name}\n`).join(''),
    talk: `${target}: 6 changed\n`,
  });
  assert.equal(readdirSync(target), names);
  const before = contents(target);
  assert.equal(await publish(target, from), {
    status: 0,
    out: names.map(name => `kept ${name}\n`).join(''),
    talk: `${target}: everything is there already\n`,
  });
  assert.equal(contents(target), before);
  assert.is(statSync(join(target, 'index.yaml')).mode & 0o777, 0o644);
});

test('the same release gives the same bytes in another folder', async () => {
  const [a, b] = [newPath(), newPath()];
  await publish(a, writeRelease());
  await publish(b, writeRelease());
  assert.equal(contents(a), contents(b));
});

test('--dry-run says what would change, and makes not even the folder', async () => {
  const [from, target] = [writeRelease(), newPath()];
  const dry = await publish(target, from, { dryRun: true });
  assert.match(dry.out, /^would add bread-1\.2\.3\.cdx\.json\nwould add bread-1\.2\.3\.tgz\n/);
  assert.not(existsSync(target));
  const { status, out } = await publish(target, from, { dryRun: true, output: 'json' });
  const changes = JSON.parse(out).changes as { action: string; what: string; size: number }[];
  assert.is(status, 0);
  assert.equal(
    changes.map(c => [c.action, c.what]),
    [
      ['add', 'bread-1.2.3.cdx.json'],
      ['add', 'bread-1.2.3.tgz'],
      ['add', 'index.html'],
      ['add', 'index.yaml'],
    ],
  );
  assert.is(changes[1]!.size, statSync(join(from, 'bread-1.2.3.tgz')).size);
});

test('adds a version and keeps the others; --url makes addresses absolute', async () => {
  const target = newPath();
  await publish(target, writeRelease());
  await publish(target, writeRelease({ version: '1.10.0' }), { url: 'https://charts.example.com/a/' });
  assert.equal(
    urls(target).bread!.map(e => e.urls),
    [['https://charts.example.com/a/bread-1.10.0.tgz'], ['bread-1.2.3.tgz']],
  );
});

test('refuses other content under a published version, and changes nothing', async () => {
  const target = newPath();
  await publish(target, writeRelease());
  const before = contents(target);
  const { status, out, talk } = await publish(target, writeRelease({ name: 'apple' }, { motd: 'other' }));
  assert.equal([status, out], [1, '']);
  assert.is(
    talk,
    `${target}/index.yaml: bread 1.2.3 is published already, with other content; give the chart a new version, and pack it again.\n`,
  );
  assert.equal(contents(target), before);
});

test('repairs a package that is gone or damaged, and removes what a killed run has left', async () => {
  const [from, target] = [writeRelease(), newPath()];
  await publish(target, from);
  const whole = contents(target);
  writeFileSync(join(target, 'bread-1.2.3.tgz'), 'half');
  rmSync(join(target, 'bread-1.2.3.cdx.json'));
  for (const name of ['bread-1.2.3.tgz', 'artifacthub-repo.yml', 'signing-key.asc', 'signing-key.gpg'])
    writeFileSync(join(target, `.${name}.4711.tmp`), 'half');
  const { out } = await publish(target, from);
  assert.match(out, /^added bread-1\.2\.3\.cdx\.json\nreplaced bread-1\.2\.3\.tgz\nkept/);
  assert.equal(contents(target), whole);
});

test('the folder is open to readers, and to no other writers, whatever the umask', async () => {
  const from = writeRelease();
  const before = process.umask();
  try {
    for (const umask of [0o077, 0o000]) {
      process.umask(umask);
      const target = newPath();
      await publish(join(target, 'below'), from);
      for (const folder of [target, join(target, 'below')]) assert.is(statSync(folder).mode & 0o777, 0o755, folder);
    }
  } finally {
    process.umask(before);
  }
});

test('a path at which no folder can be made is refused at once', async () => {
  if (!existsSync('/proc/self')) {
    process.stdout.write('SKIPPED: no /proc\n');
    return;
  }
  // mkdir -p never ends there in Node.
  const { status, talk } = await publish('/proc/none', writeRelease());
  assert.is(status, 1);
  assert.is(talk, '/proc/none: is no folder, and none can be made (ENOENT); name another one.\n');
});

test('publishes nothing of a release that is not whole', async () => {
  const [from, target] = [writeRelease({}, { name: 'butter' }), newPath()];
  writeFileSync(join(from, 'butter-1.2.3.tgz'), 'half');
  const { status } = await publish(target, from);
  assert.equal([status, existsSync(target)], [1, false]);
});

test('strangers find the public key beside the packages; a new key is said', async () => {
  const target = newPath();
  assert.match((await publish(target, writeRelease({ key: 'a' }))).out, /^added signing-key\.asc\n/);
  assert.is(readFileSync(join(target, 'signing-key.asc'), 'utf8'), 'a');
  const { out } = await publish(target, writeRelease({ key: 'b', version: '2.0.0' }), {
    uploadPlan: true,
    output: 'json',
  });
  const { changes, uploads } = JSON.parse(out);
  assert.equal([changes[0].action, changes[0].what], ['replace', 'signing-key.asc']);
  assert.equal([uploads[0].contentType, uploads[0].cacheControl], ['application/pgp-keys', 'no-cache']);
});

test('the page leads to the key beside it, with its fingerprint, where the publisher says nothing of it', async () => {
  const key = (await signingKey()).toPublic();
  const fingerprint = key.getFingerprint().toUpperCase();
  const sign = ({ fileName, data }: Archive) =>
    new TextEncoder().encode(`files:\n  ${fileName}: sha256:${sha256(data)}\n`);
  const page = async (options: ChartOptions, more: Partial<PublishOptions> = {}) => {
    const target = newPath();
    await publish(target, writeRelease({ sign, ...options }), { url: 'https://charts.example.com', ...more });
    return readFileSync(join(target, 'index.html'), 'utf8');
  };
  const signed = await page({ keyring: key.write() });
  assert.match(signed, `Fingerprint of the key: <code class="long">${fingerprint}</code>`);
  assert.match(signed, 'curl -fsSL -o keyring.gpg https://charts.example.com/signing-key.gpg');
  const unknown = await page({ keyring: new Uint8Array([1, 2, 3]) });
  assert.not.match(unknown, 'Get the public key');
  const publisher = `${newPath()}.yaml`;
  writeFileSync(publisher, 'signKey: {url: "https://example.com/k"}');
  const said = await page({ keyring: key.write() }, { publisher });
  assert.match(said, 'curl -fsSL -o signing-key https://example.com/k');
  assert.match(said, `gpg --export ${fingerprint} &gt; keyring.gpg`);
});

test('writes artifacthub-repo.yml where the publisher has an identifier', async () => {
  const [target, publisher] = [newPath(), `${newPath()}.yaml`];
  const owner = {
    repositoryID: '3cc1a8f0-3f3a-4c55-a2a0-2b2e8a1c6a0f',
    owners: [{ name: 'A', email: 'a@example.com' }],
  };
  writeFileSync(publisher, JSON.stringify({ artifactHub: owner }));
  await publish(target, writeRelease(), { publisher });
  assert.equal(load(readFileSync(join(target, 'artifacthub-repo.yml'), 'utf8')), owner);
});

test('--upload-plan says what to upload in which order, against an index that was fetched', async () => {
  const [fetched, mirror] = [newPath(), newPath()];
  await publish(fetched, writeRelease({ name: 'apple' }));
  const { out } = await publish(mirror, writeRelease(), {
    uploadPlan: true,
    index: join(fetched, 'index.yaml'),
    output: 'json',
  });
  const { uploads } = JSON.parse(out) as { uploads: Record<string, string & { header: string }>[] };
  assert.equal(
    uploads.map(u => [u.key, u.contentType, u.cacheControl, u.condition?.header]),
    [
      [
        'bread-1.2.3.cdx.json',
        'application/vnd.cyclonedx+json',
        'public, max-age=31536000, immutable',
        'If-None-Match: *',
      ],
      ['bread-1.2.3.tgz', 'application/gzip', 'public, max-age=31536000, immutable', 'If-None-Match: *'],
      ['index.html', 'text/html; charset=utf-8', 'no-cache', undefined],
      ['index.yaml', 'application/yaml', 'no-cache', 'If-Match: "ETAG"'],
    ],
  );
  for (const { key, file } of uploads) assert.is(file, join(mirror, key!));
  assert.equal(Object.keys(urls(mirror)), ['apple', 'bread']);
  const text = (await publish(newPath(), writeRelease(), { uploadPlan: true })).out;
  assert.match(text, /^1\. \S+\/bread-1\.2\.3\.cdx\.json -> bread-1\.2\.3\.cdx\.json\n {3}Content-Type: /);
  assert.match(text, /\n4\. \S+ -> index\.yaml\n.*\n.*\n {3}If-None-Match: \*/);
});

test('leaves an index of others as they wrote it, when there is nothing to add', async () => {
  const [from, target] = [writeRelease(), newPath()];
  await publish(target, from);
  const index = join(target, 'index.yaml');
  const written = `# ours\n${readFileSync(index, 'utf8')}`;
  writeFileSync(index, written);
  await publish(target, from);
  assert.is(readFileSync(index, 'utf8'), written);
});

test('what lies there of others is no obstacle: a link to a package, an address that leads out of the folder', async () => {
  const target = newPath();
  mkdirSync(target);
  symlinkSync('/elsewhere/apple-1.0.0.tgz', join(target, 'apple-1.0.0.tgz'));
  const entry = (urls: string[]) => ({ name: 'apple', version: `1.0.${urls.length}`, urls });
  const entries = { apple: [entry(['apple-1.0.0.tgz']), entry(['https://a.example.com/..', 'x'])] };
  writeFileSync(join(target, 'index.yaml'), JSON.stringify({ apiVersion: 'v1', entries }));
  const { status, talk } = await publish(target, writeRelease());
  assert.is(status, 0, talk);
  assert.equal(Object.keys(urls(target)), ['apple', 'bread']);
});

const blocked: readonly (readonly [string, (target: string) => void, RegExp])[] = [
  [
    'a link in place of a package',
    t => symlinkSync('elsewhere', join(t, 'bread-1.2.3.tgz')),
    /^TARGET\/bread-1\.2\.3\.tgz: is not an ordinary file; replace it by a file, or move it away\.\n$/,
  ],
  [
    'a folder in place of index.yaml',
    t => mkdirSync(join(t, 'index.yaml')),
    /^TARGET\/index\.yaml: is not an ordinary file; .*\.\n$/,
  ],
  [
    'a file in place of the folder',
    t => {
      rmSync(t, { recursive: true });
      writeFileSync(t, '');
    },
    /^TARGET: is no folder, and none can be made \(EEXIST\); name another one\.\n$/,
  ],
  [
    'a process of another host that holds the lock',
    t => symlinkSync('{"host":"build-7/1","pid":12,"started":""}', join(t, '.publish.lock')),
    /^TARGET\/\.publish\.lock: process 12 on host build-7 holds this lock for \d+ s; wait .* remove the lock\.\n$/,
  ],
  [
    'a lock of something else',
    t => writeFileSync(join(t, '.publish.lock'), ''),
    /^TARGET\/\.publish\.lock: somebody holds this lock for \d+ s; wait .*\n$/,
  ],
];
for (const [name, block, want] of blocked)
  test(`says one sentence about ${name}`, async () => {
    const target = newPath();
    mkdirSync(target);
    block(target);
    const { status, out, talk } = await publish(target, writeRelease());
    assert.equal([status, out], [1, '']);
    assert.match(talk.replaceAll(target, 'TARGET'), want);
    assert.not(existsSync(join(target, 'index.html')));
  });

test('says for how long a lock has been held', async () => {
  const target = newPath();
  mkdirSync(target);
  const lock = join(target, '.publish.lock');
  symlinkSync(JSON.stringify({ host: `${hostname()}/0`, pid: 1, started: '' }), lock);
  const past = lstatSync(lock).mtimeMs / 1000 - 7 * 3600;
  lutimesSync(lock, past, past);
  assert.match((await publish(target, writeRelease())).talk, /holds this lock for 7 hours; /);
});

const usage: readonly (readonly [Partial<PublishOptions>, string])[] = [
  [{ target: '' }, 'no target is given; write a folder or oci://HOST/PATH behind publish.'],
  [{ from: '' }, '--from is empty; name the folder that package wrote.'],
  [
    { target: 's3://bucket' },
    's3://bucket: is neither a folder nor an OCI registry; write a folder or oci://HOST/PATH. For object storage, write a folder and --upload-plan.',
  ],
  [{ plainHttp: true }, '--plain-http is for an OCI registry; leave it out, or name another target.'],
  [
    { target: 'oci://a.example.com/b', url: 'https://a' },
    '--url is for a folder; leave it out, or name another target.',
  ],
  [
    { url: 'charts.example.com' },
    '--url "charts.example.com": is no address of a repository; write one as https://charts.example.com.',
  ],
  [{ url: 'https://[' }, '--url "https://[": is no address of a repository; write one as https://charts.example.com.'],
  [
    { url: 'https://user:canary@charts.example.com' },
    '--url: holds a user or a password, which everybody could read in the index; leave it out.',
  ],
  [
    { target: 'oci://user:canary@a.example.com/b' },
    'oci://***@a.example.com/b: holds a user or a password, which others can see in the list of processes; leave it out, and log in with helm registry login.',
  ],
  [
    { target: 'https://canary@a.example.com/b' },
    'https://***@a.example.com/b: holds a user or a password, which others can see in the list of processes; leave it out, and log in with helm registry login.',
  ],
  [{ target: 'oci:/a.example.com/b' }, 'oci:/a.example.com/b: is no folder; write a registry as oci://HOST/PATH.'],
  [{ target: 'oci:a.example.com/b' }, 'oci:a.example.com/b: is no folder; write a registry as oci://HOST/PATH.'],
  [{ lockTimeout: Number.NaN }, '--lock-timeout: write a number of seconds, 0 or more.'],
  [{ target: 'oci://a.example.com/b', retries: 1.5 }, '--retries: write a whole number from 0 to 20.'],
  [{ target: 'oci://a.example.com/b', requestTimeout: 0 }, '--request-timeout: write a number of seconds, up to 3600.'],
  [
    { target: 'oci://a.example.com/b', caFile: '/dev/null' },
    '/dev/null: holds no certificate in PEM; name the file with the CA of the registry.',
  ],
  [
    { index: '/nowhere/index.yaml' },
    '/nowhere/index.yaml: is missing; fetch index.yaml of the repository, or leave --index out.',
  ],
];
for (const [options, want] of usage)
  test(`wrong usage: ${want}`, async () => {
    assert.equal(await publish(options.target ?? newPath(), options.from ?? writeRelease(), options), {
      status: 2,
      out: '',
      talk: `${want}\n`,
    });
  });

test.run();
