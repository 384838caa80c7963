import { spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { base, chance, freshPath, names, options, run } from './run.ts';

const test = suite('certificates: command');

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

test('writes four files that belong together', async () => {
  const outDir = freshPath();
  assert.is((await run({ outDir })).status, 0);
  assert.equal(readdirSync(outDir).sort(), names);
  const certificate = (name: string) => new X509Certificate(readFileSync(join(outDir, `${name}.crt`)));
  for (const name of ['root', 'wildcard'])
    assert.ok(certificate(name).checkPrivateKey(createPrivateKey(readFileSync(join(outDir, `${name}.key`)))));
  assert.ok(certificate('wildcard').verify(certificate('root').publicKey));
  assert.ok(certificate('wildcard').checkHost('hello-default.apps.openshift.example.com', { subject: 'never' }));
});

// Modes are requests to the kernel: a wide umask must not widen a key, a narrow one may narrow a certificate.
const umasks: [number, string, string][] = [
  [0o000, '644', '600'],
  [0o022, '644', '600'],
  [0o077, '600', '600'],
];
for (const [umask, certificate, key] of umasks) {
  test(`modes under umask ${umask.toString(8).padStart(3, '0')}`, async () => {
    const outDir = join(freshPath(), 'deep');
    const before = process.umask(umask);
    try {
      await run({ outDir });
    } finally {
      process.umask(before);
    }
    assert.is(mode(outDir), '700');
    assert.equal(
      names.map(name => mode(join(outDir, name))),
      [certificate, key, certificate, key],
    );
  });
}

test('prints what it wrote as YAML', async () => {
  const outDir = freshPath();
  const printed = load(
    (await run({ outDir, days: 30 }, { ...chance, now: () => new Date('2026-03-01T01:00:00Z') })).out,
  ) as Record<string, unknown>;
  for (const [name, notAfter] of [
    ['root', '2027-02-28T23:59:59.000Z'],
    ['wildcard', '2026-03-30T23:59:59.000Z'],
  ] as const) {
    assert.equal(printed[name], {
      certificate: join(outDir, `${name}.crt`),
      privateKey: join(outDir, `${name}.key`),
      sha256: new X509Certificate(readFileSync(join(outDir, `${name}.crt`))).fingerprint256,
      notAfter,
    });
  }
});

test('says what to do next, with words that a shell reads as they are meant', async () => {
  const outDir = join(base, `it's a "dir", $HOME {a}`);
  const { talk } = await run({ outDir, namespace: 'knative-serving-ingress', secretName: 'my.certs' });
  const line = (start: string) => talk.split('\n').find(text => text.trim().startsWith(start))!;
  const words = (command: string) => {
    const { stdout } = spawnSync('sh', ['-c', `set -- ${command}; for word; do printf "%s\\n" "$word"; done`], {
      encoding: 'utf8',
    });
    return stdout.trimEnd().split('\n');
  };
  assert.equal(words(line('oc ')), [
    ...'oc create -n knative-serving-ingress secret tls my.certs'.split(' '),
    `--key=${outDir}/wildcard.key`,
    `--cert=${outDir}/wildcard.crt`,
  ]);
  const escaped = outDir.replace(/[,{}]/g, '\\$&');
  const chartValues = ['--set-string', 'gateway.tls.secretName=my.certs', '--set-file'];
  assert.equal(words(line('--set')), [...chartValues, `verify.caCertificate=${escaped}/root.crt`]);
  assert.equal(words(line('curl')), [
    'curl',
    '--cacert',
    `${outDir}/root.crt`,
    `https://hello-default.${options.appsDomain}`,
  ]);
  assert.match(talk, /root\.key away from the cluster/);
});

test('a plain path is not quoted', async () => {
  const outDir = freshPath();
  assert.match((await run({ outDir })).talk, ` --key=${outDir}/wildcard.key --cert=${outDir}/wildcard.crt\n`);
});

const goodDomains = ['apps.10.0.0.1.nip.io', 'xn--pps-0ra.example.com', `${'a.'.repeat(124)}com`];
for (const appsDomain of goodDomains) {
  test(`accepts ${appsDomain.slice(0, 30)}`, async () => {
    assert.is((await run({ appsDomain, outDir: freshPath(), organization: 'Müller & Söhne 株式会社' })).status, 0);
  });
}

test('no line of a key is printed or thrown', async () => {
  const outDir = freshPath();
  const good = await run({ outDir });
  const again = await run({ outDir });
  const keys = ['root', 'wildcard'].map(name => readFileSync(join(outDir, `${name}.key`), 'utf8'));
  const lines = keys.flatMap(key => key.split('\n')).filter(line => line.length > 8);
  assert.ok(lines.length > 50);
  const said = `${good.out}${good.talk}${again.message}`;
  assert.equal(
    lines.filter(line => said.includes(line)),
    [],
  );
  assert.not.match(said, 'BEGIN');
});

test.run();
