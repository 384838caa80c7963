import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type CertificateRequest, issueCertificates, systemChance } from '../../generator/certificates/issue.ts';

const test = suite('certificates: issue');

const request: CertificateRequest = {
  appsDomain: 'apps.openshift.example.com',
  organization: 'Example, "Inc." #1',
  days: 365,
  rootDays: 730,
  bits: 2048,
};
/** 200 characters in 5 labels; a common name has at most 64. */
const longDomain = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(60)}.example.com`;

const pairs = [await systemChance.generateKeys(2048), await systemChance.generateKeys(2048)];
/** The root's keys first, the clock of this machine. */
function issue(changed: Partial<CertificateRequest> = {}, now = new Date(), random = systemChance.randomBytes) {
  let calls = 0;
  return issueCertificates(
    { ...request, ...changed },
    { now: () => now, randomBytes: random, generateKeys: async () => pairs[calls++ % 2]! },
  );
}
const issued = await issue();
const issuedLong = await issue({ appsDomain: longDomain });

test('the root is a CA that signed itself and the wildcard', () => {
  const root = new X509Certificate(issued.root.certificate);
  const wildcard = new X509Certificate(issued.wildcard.certificate);
  assert.is(root.subject, 'O=Example\\, \\"Inc.\\" #1\nCN=openshift.example.com');
  assert.is(wildcard.subject, 'O=Example\\, \\"Inc.\\" #1\nCN=*.apps.openshift.example.com');
  assert.is(wildcard.issuer, root.subject);
  assert.equal([root.ca, wildcard.ca], [true, false]);
  assert.equal([root.checkIssued(root), wildcard.checkIssued(root), root.checkIssued(wildcard)], [true, true, false]);
  assert.equal([root.verify(root.publicKey), wildcard.verify(root.publicKey)], [true, true]);
  assert.not.ok(wildcard.verify(wildcard.publicKey));
  assert.equal(wildcard.keyUsage, ['1.3.6.1.5.5.7.3.1']);
});

// Bytes, because Node's `ca` is false also for a CA certificate that may not sign. All four are critical (0101ff).
const extensions: [string, 'root' | 'wildcard', string][] = [
  ['root: CA, path length 0', 'root', '0603551d130101ff040830060101ff020100'],
  ['root: signs certificates and revocation lists only', 'root', '0603551d0f0101ff040403020106'],
  ['wildcard: no CA', 'wildcard', '0603551d130101ff04023000'],
  ['wildcard: digital signature and key encipherment only', 'wildcard', '0603551d0f0101ff0404030205a0'],
];
for (const [name, which, want] of extensions) {
  test(`extension of the ${name}`, () => {
    assert.ok(new X509Certificate(issued[which].certificate).raw.toString('hex').includes(want));
  });
}

test('each private key is PKCS#8 and belongs to its certificate', () => {
  for (const { certificate, privateKey } of [issued.root, issued.wildcard]) {
    assert.match(privateKey, /^-----BEGIN PRIVATE KEY-----\n/);
    assert.ok(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey)));
  }
  assert.not.ok(
    new X509Certificate(issued.wildcard.certificate).checkPrivateKey(createPrivateKey(issued.root.privateKey)),
  );
});

const hosts: [string, boolean][] = [
  ['hello-default.apps.openshift.example.com', true],
  ['HELLO-DEFAULT.apps.openshift.example.com', true],
  ['apps.openshift.example.com', false],
  ['hello.default.apps.openshift.example.com', false],
  ['hello-default.apps.other.example.com', false],
];
for (const [host, want] of hosts) {
  test(`${host} is ${want ? '' : 'not '}covered`, () => {
    // `never`: the common name alone must not be what makes it match.
    assert.is(
      new X509Certificate(issued.wildcard.certificate).checkHost(host, { subject: 'never' }) !== undefined,
      want,
    );
  });
}

test('further names are alternative names too', async () => {
  const { wildcard } = await issue({ additionalNames: ['console.example.org', '*.eu.example.org'] });
  assert.is(
    new X509Certificate(wildcard.certificate).subjectAltName,
    'DNS:*.apps.openshift.example.com, DNS:console.example.org, DNS:*.eu.example.org',
  );
});

test('a domain that does not fit a common name is only an alternative name', () => {
  const root = new X509Certificate(issuedLong.root.certificate);
  const wildcard = new X509Certificate(issuedLong.wildcard.certificate);
  assert.is(wildcard.subject, 'O=Example\\, \\"Inc.\\" #1');
  assert.is(wildcard.subjectAltName, `DNS:*.${longDomain}`);
  assert.is(wildcard.checkHost(`hello-default.${longDomain}`, { subject: 'never' }), `*.${longDomain}`);
  assert.match(root.subject, /\nCN=example\.com$/);
  assert.ok(wildcard.checkIssued(root));
});

const commonNames: [string, string | undefined, string][] = [
  [`${'a'.repeat(58)}.com`, `*.${'a'.repeat(58)}.com`, `${'a'.repeat(58)}.com`],
  [`${'a'.repeat(59)}.com`, undefined, `${'a'.repeat(59)}.com`],
  ['apps.com', '*.apps.com', 'apps.com'],
  ['apps.example.com', '*.apps.example.com', 'example.com'],
];
for (const [appsDomain, leaf, root] of commonNames) {
  test(`common names for ${appsDomain}`, async () => {
    const made = await issue({ appsDomain, organization: 'O' });
    assert.is(new X509Certificate(made.wildcard.certificate).subject, leaf ? `O=O\nCN=${leaf}` : 'O=O');
    assert.is(new X509Certificate(made.root.certificate).subject, `O=O\nCN=${root}`);
  });
}

// Days are counted from an hour before now; the last row passes 2050, where the encoding of a time changes.
const validities: [string, number, number, string, string, string][] = [
  ['2026-01-31T12:00:00.789Z', 1, 1, '2026-01-31T11:00:00', '2026-02-01T10:59:59', '2026-02-01T10:59:59'],
  ['2027-12-31T00:30:00Z', 825, 3650, '2027-12-30T23:30:00', '2030-04-03T23:29:59', '2037-12-27T23:29:59'],
  ['2049-12-31T12:00:00.001Z', 1, 2, '2049-12-31T11:00:00', '2050-01-01T10:59:59', '2050-01-02T10:59:59'],
];
for (const [now, days, rootDays, from, to, rootTo] of validities) {
  test(`validity of ${days} and ${rootDays} days at ${now}`, async () => {
    const made = await issue({ days, rootDays }, new Date(now));
    const times = [made.wildcard, made.root].flatMap(({ certificate }) => {
      const { validFrom, validTo } = new X509Certificate(certificate);
      return [validFrom, validTo].map(time => new Date(time).toISOString().slice(0, 19));
    });
    assert.equal(times, [from, to, from, rootTo]);
  });
}

for (const octet of [0x00, 0x7f, 0xff]) {
  test(`a serial number is positive and 16 octets long when random octets are ${octet}`, async () => {
    const { root } = await issue({}, new Date(), size => new Uint8Array(size).fill(octet));
    assert.match(new X509Certificate(root.certificate).serialNumber, /^[4-7][0-9A-F]{31}$/);
  });
}

test('serial numbers differ; the same clock, keys and random octets give the same bytes', async () => {
  const serials = [issued.root, issued.wildcard, issuedLong.root, issuedLong.wildcard].map(
    ({ certificate }) => new X509Certificate(certificate).serialNumber,
  );
  assert.is(new Set(serials).size, 4);
  const fixed = () => issue({}, new Date('2026-01-01T00:00:00Z'), size => new Uint8Array(size).fill(7));
  assert.equal(await fixed(), await fixed());
});

test('the library is loaded with the first call, not with --help', () => {
  for (const file of ['certificates/issue.ts', 'commands/certificates.ts']) {
    const source = readFileSync(new URL(`../../generator/${file}`, import.meta.url), 'utf8');
    assert.not.match(source, /^import (?!type ).*@peculiar/m);
  }
});

test.run();
