import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { issueCertificates } from '../../generator/certificates/issue.ts';
import { handshake } from './handshake.ts';

const test = suite('certificates: clients');

const domain = 'apps.openshift.example.com';
/** Too long for a common name: only the alternative name says what the certificate is for. */
const longDomain = `${'a'.repeat(63)}.${'b'.repeat(63)}.example.com`;

const issue = (appsDomain: string) =>
  issueCertificates({ appsDomain, organization: 'Example Inc.', days: 1, rootDays: 1, bits: 2048 });
const issued = await issue(domain);
const issuedLong = await issue(longDomain);

const root = issued.root.certificate;
const handshakes: [string, typeof issued, string, string | undefined, string][] = [
  ['a client with the root', issued, 'hello-default.apps.openshift.example.com', root, 'authorized'],
  ['another name', issued, 'hello-default.apps.example.com', root, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['two labels', issued, 'a.b.apps.openshift.example.com', root, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['no root', issued, 'hello-default.apps.openshift.example.com', undefined, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['no common name', issuedLong, `hello-default.${longDomain}`, issuedLong.root.certificate, 'authorized'],
];
for (const [name, made, servername, ca, want] of handshakes) {
  test(`TLS handshake: ${name}`, async () => {
    assert.is(await handshake(made.wildcard, servername, ca), want);
  });
}

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const withOpenssl = hasOpenssl ? test : test.skip;
withOpenssl('openssl verifies both chains strictly, and refuses another host', () => {
  const directory = mkdtempSync(join(tmpdir(), 'certificates-'));
  try {
    for (const [made, appsDomain] of [[issued, domain] as const, [issuedLong, longDomain] as const]) {
      const [ca, certificate] = [join(directory, 'root.crt'), join(directory, 'wildcard.crt')];
      writeFileSync(ca, made.root.certificate);
      writeFileSync(certificate, made.wildcard.certificate);
      const verify = (host: string) =>
        // biome-ignore format: one option and its value on a line
        spawnSync('openssl', [
          'verify', '-x509_strict',
          '-purpose', 'sslserver',
          '-verify_hostname', host,
          '-CAfile', ca,
          certificate,
        ], { encoding: 'utf8' });
      assert.is(verify(`hello-default.${appsDomain}`).stdout, `${certificate}: OK\n`);
      assert.match(verify('hello-default.example.net').stderr, /hostname mismatch/i);
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test.run();
