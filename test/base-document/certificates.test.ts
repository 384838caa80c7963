import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runCertificates } from '../../generator/commands/certificates.ts';
import { errata } from '../../generator/errata.ts';
import { type CertificateFacts, opensslCertificates, tlsSecret, wordsOf } from './commands.ts';
import { comparePairs } from './compare.ts';
import { withBaseDocument } from './document.ts';
import { listingsOf } from './listings.ts';

const test = suite('base document: certificates');

const host = 'hello-default.apps.openshift.example.com';
const dayMilliseconds = 24 * 60 * 60 * 1000;

function factsOf(certificate: X509Certificate, root: X509Certificate): CertificateFacts {
  const { subject, subjectAltName, serialNumber, publicKey } = certificate;
  const life = Date.parse(certificate.validTo) - Date.parse(certificate.validFrom);
  const serial = BigInt(`0x${serialNumber}`);
  const isRoot = certificate === root;
  assert.ok(certificate.verify(root.publicKey));
  return {
    subject: Object.fromEntries(subject.split('\n').map(line => line.split('=') as [string, string])),
    key: `rsa:${publicKey.asymmetricKeyDetails?.modulusLength}`,
    days: Math.round(life / dayMilliseconds),
    signedBy: isRoot ? 'itself' : 'root.crt',
    ...(subjectAltName === undefined ? {} : { subjectAltName }),
    // The document leaves the root's number to openssl.
    ...(isRoot ? {} : { serialNumber: serial > 2n ** 64n ? 'random' : Number(serial) }),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
test.after(() => rmSync(folder, { recursive: true }));
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const certificatesIn = (below: string) => {
  const [root, wildcard] = ['root.crt', 'wildcard.crt'].map(name => new X509Certificate(read(`${below}/${name}`)));
  return {
    root: root!,
    wildcard: wildcard!,
    facts: { root: factsOf(root!, root!), wildcard: factsOf(wildcard!, root!) },
  };
};

/** Runs the certificates command; gives what it says. */
async function runOurs(outDir: string): Promise<string> {
  let said = '';
  const talk = (words: string) => {
    said += words;
  };
  const options = { appsDomain: 'apps.openshift.example.com', outDir, days: 365, rootDays: 365, bits: 2048 };
  const secret = { namespace: 'istio-system', secretName: 'wildcard-certs', organization: 'Example Inc.' };
  await runCertificates({ ...options, ...secret }, { out: () => {}, talk, interactive: false });
  return said;
}

withBaseDocument(test, text => {
  const listings = listingsOf(text).map(listing => listing.text);
  const openssl = listings.filter(command => command.startsWith('$ openssl '));
  const documented = opensslCertificates(openssl);

  test('our certificates differ from those of the openssl commands as listed, and make the same Secret', async () => {
    assert.is(openssl.length, 3);
    const said = await runOurs(join(folder, 'ours'));
    const { wildcard, facts } = certificatesIn('ours');
    const pairs = [
      { id: 'file root.crt', document: documented.root, ours: facts.root },
      { id: 'file wildcard.crt', document: documented.wildcard, ours: facts.wildcard },
    ];
    const rows = errata.filter(({ object }) => object.startsWith('file '));
    const { problems, used } = comparePairs(pairs, rows, {});
    assert.equal(problems, []);
    assert.equal(used, new Set(rows));
    assert.is(wildcard.checkHost(host, { subject: 'never' }), '*.apps.openshift.example.com');

    const ours = /^ *(oc create .* secret tls .*)$/m.exec(said)![1]!;
    const document = listings.find(command => / secret tls /.test(command))!;
    const names = ['wildcard.crt', 'wildcard.key'];
    const files = (below: string) => Object.fromEntries(names.map(name => [join(below, name), read(`ours/${name}`)]));
    assert.equal(tlsSecret(ours, files(join(folder, 'ours'))), tlsSecret(document, files('')));
  });

  test('openssl makes what we read from its commands: a certificate with its host in the common name only', () => {
    if (spawnSync('openssl', ['version']).error) return console.log('SKIPPED: no openssl');
    const cwd = join(folder, 'openssl');
    mkdirSync(cwd);
    for (const command of openssl) execFileSync('openssl', wordsOf(command).slice(1), { cwd, stdio: 'pipe' });
    const { wildcard, facts } = certificatesIn('openssl');
    assert.equal(facts, documented);
    assert.is(wildcard.checkHost(host, { subject: 'never' }), undefined);
  });
});

test.run();
