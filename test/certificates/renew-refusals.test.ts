import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RenewOptions } from '../../generator/commands/certificates-renew.ts';
import { certificateOf, domain, keysOf, keyText, today } from './make.ts';
import { certificateIn, folderWith, issued, type Name, read } from './renew-folder.ts';
import { freshPath, renewChance, runRenewal } from './run.ts';

const test = suite('certificates: renew refuses');

const ed25519 = keysOf('ed25519');
const wrongRoot = await certificateOf({ subject: 'CN=other', ca: true });
const edRoot = { subject: 'CN=ed', keys: ed25519 };
const named = (...dns: string[]) =>
  certificateOf({ subject: 'CN=x', names: dns, issuer: { subject: 'CN=ed', keys: ed25519 } });
const withRoot = async (ca: boolean, wildcard: string): Promise<Record<Name, string>> => ({
  'root.crt': await certificateOf({ ...edRoot, ca, to: '2040-01-01T00:00:00Z' }),
  'root.key': keyText(ed25519),
  'wildcard.crt': wildcard,
});
const newRoot =
  'make a new root and a new certificate in another folder, and let every client trust both roots before the gateway serves the new certificate';
const absent =
  'does not exist; name with --out the folder of an earlier run, and put root.key back from where you keep it';

// D stands for the folder.
const refusals: [string, Readonly<Record<Name, string | null>>, Partial<RenewOptions>, string, 1 | 2, string][] = [
  ['no root.key', { 'root.key': null }, {}, today, 2, `D/root.key: ${absent}`],
  [
    'three files absent',
    { 'root.crt': null, 'wildcard.crt': null, 'wildcard.key': null },
    {},
    today,
    2,
    `D/root.crt, D/wildcard.crt, D/wildcard.key: ${absent}`,
  ],
  [
    'the key of another root',
    { 'root.key': keyText(keysOf('rsa')) },
    {},
    today,
    1,
    'D/root.key is not the key of D/root.crt; put the two together that were made together',
  ],
  [
    'an encrypted root key',
    { 'root.key': keyText(keysOf('rsa'), 'pkcs8', 'x') },
    {},
    today,
    1,
    'D/root.key holds an encrypted key, and neither the gateway nor this program asks for a password; decrypt it with openssl pkey',
  ],
  [
    'a root that is words',
    { 'root.crt': 'words' },
    {},
    today,
    1,
    'D/root.crt holds no certificate in PEM; write the certificate in PEM, which begins with -----BEGIN CERTIFICATE-----',
  ],
  [
    'another root',
    { 'root.crt': wrongRoot, 'root.key': keyText(keysOf('P-256', 'CN=other')) },
    {},
    today,
    1,
    'D/wildcard.crt was issued by another root than D/root.crt; put the root that issued it there, or make new certificates in another folder',
  ],
  [
    'a root that is no CA',
    await withRoot(false, await named(`*.${domain}`)),
    {},
    today,
    1,
    'D/root.crt is not the certificate of a CA, so it can issue no other; name the folder of a root',
  ],
  [
    'a root key of another kind',
    await withRoot(true, await named(`*.${domain}`)),
    {},
    today,
    1,
    'D/root.key is neither an RSA key nor an EC key on P-256, P-384 or P-521; make a new root',
  ],
  [
    'a name that is none',
    await withRoot(true, await named(`*.${domain}`, 'a b')),
    {},
    today,
    1,
    'D/wildcard.crt has the alternative name "DNS:a b", and only DNS names can be renewed; give --apps-domain',
  ],
  [
    'a root that ends before the certificate would',
    {},
    { days: 200 },
    '2031-06-15T00:00:01Z',
    2,
    `days 200: D/root.crt expires on 2031-12-31, before the new certificate would; write days 199 or less, or ${newRoot}`,
  ],
  [
    'a root that ends within a day',
    {},
    {},
    '2031-12-31T00:00:01Z',
    1,
    `D/root.crt expires on 2031-12-31, so it can issue nothing that lasts a day; ${newRoot}`,
  ],
  [
    'a root that has expired',
    {},
    {},
    '2032-06-01T00:00:00Z',
    1,
    `D/root.crt expired on 2031-12-31, so it can issue nothing that lasts a day; ${newRoot}`,
  ],
  [
    'a root of the future',
    {},
    {},
    '2029-01-01T00:00:00Z',
    1,
    'D/root.crt is valid from 2029-12-31 on; check the clock of this machine, or wait',
  ],
  [
    'too many days',
    {},
    { days: 826 },
    today,
    2,
    "days 826: write a whole number from 1 to 825; Apple's clients refuse a longer server certificate",
  ],
  ['few bits', {}, { bits: 1024 }, today, 2, 'bits 1024: write 2048, 3072 or 4096'],
  [
    'a bad domain',
    {},
    { appsDomain: '*.x.example' },
    today,
    2,
    'apps domain "*.x.example" is not a DNS name in lower case; write apps.example.com, without *. and https://',
  ],
];
for (const [name, files, changed, now, status, want] of refusals) {
  test(`refuses ${name}, and changes nothing`, async () => {
    const outDir = folderWith(files);
    const state = () =>
      readdirSync(outDir)
        .sort()
        .map(file => [file, read(outDir, file)]);
    const before = state();
    const told = await runRenewal({ outDir, ...changed }, renewChance(now));
    assert.equal([told.status, told.message.replaceAll(outDir, 'D'), told.out, told.talk], [status, want, '', '']);
    assert.equal(state(), before);
  });
}

test('the number of days that it names is possible, and one more is not', async () => {
  const at = renewChance('2031-06-15T00:00:01Z');
  assert.is((await runRenewal({ outDir: folderWith(), days: 199 }, at)).status, 0);
  const outDir = folderWith();
  assert.is((await runRenewal({ outDir, days: 199 }, at)).status, 0);
  assert.ok(Date.parse(certificateIn(outDir).validTo) <= Date.parse(certificateIn(outDir, 'root.crt').validTo));
  assert.is((await runRenewal({ outDir, days: 200 }, at)).status, 2);
});

test('does not write through a link', async () => {
  const outDir = folderWith({ 'wildcard.key': null });
  const elsewhere = freshPath();
  writeFileSync(elsewhere, issued.wildcard.privateKey, { mode: 0o600 });
  symlinkSync(elsewhere, join(outDir, 'wildcard.key'));
  const { status, message } = await runRenewal({ outDir }, renewChance(today));
  assert.equal([status, message], [1, `${outDir}/wildcard.key: is not an ordinary file; name a file or a free path`]);
  assert.is(readFileSync(elsewhere, 'utf8'), issued.wildcard.privateKey);
});

test.run();
