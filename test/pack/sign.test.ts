import {
  createCleartextMessage,
  readCleartextMessage,
  readKey,
  readPrivateKey,
  revokeKey,
  type SecretKeyPacket,
  verify,
} from 'openpgp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { GeneratorError } from '../../generator/errors.ts';
import { openSigner, type SignerOptions } from '../../generator/pack/sign.ts';
import { signingPart } from '../../generator/pack/signing-key.ts';
import { curveKey, encrypted, generate, keyDate, passphrase, signingKey } from '../support/signing-keys.ts';

const test = suite('pack/sign');
const options: SignerOptions = { where: 'a.key', date: 0 };
const text = 'name: a\n\n...\nfiles:\n  a-1.0.0.tgz: sha256:00\n';
const armored = (key: { armor(): string }) => Buffer.from(key.armor());
const later = 1_750_000_000;

async function refusal(made: Promise<unknown>): Promise<string> {
  try {
    await made;
  } catch (error) {
    if (error instanceof GeneratorError) return `${error.code} ${error.message}`;
    throw error;
  }
  return assert.unreachable() ?? '';
}

async function dateOf(signed: string): Promise<number> {
  const message = await readCleartextMessage({ cleartextMessage: signed });
  const verificationKeys = (await signingKey()).toPublic();
  const { signatures } = await verify({ message, verificationKeys, expectSigned: true });
  const { packets } = await signatures[0]!.signature;
  return Math.floor(Number(packets[0]!.created) / 1000);
}

test('the same signature twice, from an armored, a binary and an encrypted key', async () => {
  const key = await signingKey();
  const given = [
    [armored(key), options],
    [armored(key), options],
    [key.write(), options],
    [armored(await encrypted()), { ...options, passphrase }],
  ] as const;
  const signed = await Promise.all(given.map(async ([data, o]) => (await openSigner(data, o)).sign(text)));
  assert.is(new Set(signed).size, 1);
  assert.match(signed[0]!, /^-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA\d+\n\nname: a\n/);
});
test('says the fingerprint, and gives the public key alone', async () => {
  const key = await signingKey();
  const signer = await openSigner(key.write(), options);
  assert.is(signer.fingerprint, key.getFingerprint().toUpperCase());
  for (const read of [await readKey({ binaryKey: signer.keyring }), await readKey({ armoredKey: signer.armored })]) {
    assert.not(read.isPrivate());
    assert.is(read.getFingerprint().toUpperCase(), signer.fingerprint);
  }
});
test('the date of the signature is that asked for, or that of the key where this is later', async () => {
  const key = armored(await signingKey());
  const at = async (date: number) => dateOf(await (await openSigner(key, { ...options, date })).sign(text));
  assert.equal([await at(later), await at(0)], [later, Number(keyDate) / 1000]);
});
test('another text, another signature', async () => {
  const signer = await openSigner(armored(await signingKey()), options);
  assert.is.not(await signer.sign(text), await signer.sign(`${text}#`));
});

const refusals: readonly (readonly [string, () => Promise<[Uint8Array, Partial<SignerOptions>]>, string])[] = [
  [
    'no key',
    async () => [Buffer.from('secret'), {}],
    '1 a.key: is no OpenPGP key; write one with gpg --export-secret-keys FINGERPRINT.',
  ],
  [
    'broken armor',
    async () => [Buffer.from('-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nsecret\n'), {}],
    '1 a.key: is no OpenPGP key; write one with gpg --export-secret-keys FINGERPRINT.',
  ],
  [
    'a message',
    async () => [Buffer.from((await createCleartextMessage({ text })).armor()), {}],
    '1 a.key: is no OpenPGP key; write one with gpg --export-secret-keys FINGERPRINT.',
  ],
  [
    'a public key',
    async () => [armored((await signingKey()).toPublic()), {}],
    '1 a.key: holds a public key; write the secret one with gpg --export-secret-keys FINGERPRINT.',
  ],
  [
    'two keys',
    async () => {
      const one = (await signingKey()).write();
      return [Buffer.concat([one, one]), {}];
    },
    '1 a.key: holds 2 keys; write the one that signs with gpg --export-secret-keys FINGERPRINT.',
  ],
  [
    'a key of a curve',
    async () => [armored(await curveKey()), {}],
    '1 a.key: has a key of the kind eddsaLegacy, which Helm 3 cannot verify; make one of RSA with gpg --quick-generate-key NAME rsa3072 sign.',
  ],
  [
    'a wrong passphrase',
    async () => [armored(await encrypted()), { passphrase: `${passphrase} ` }],
    '1 a.key: the passphrase does not open this key; give that of the key.',
  ],
  [
    'an encrypted key alone',
    async () => [armored(await encrypted()), {}],
    '2 a.key: is encrypted; give its passphrase with --passphrase-file or --passphrase-fd.',
  ],
  [
    'an expired key',
    async () => [armored(await generate({ keyExpirationTime: 86_400 })), {}],
    '1 a.key: expired on 2024-02-04; prolong it with gpg --quick-set-expire, and export it again.',
  ],
  [
    'a revoked key',
    async () => {
      const { privateKey } = await revokeKey({ key: await signingKey(), format: 'object' });
      return [armored(privateKey), {}];
    },
    '1 a.key: is revoked; sign with another key.',
  ],
  [
    'a key without its secret part',
    async () => {
      const key = await readPrivateKey({ armoredKey: (await signingKey()).armor() });
      (key.keyPacket as SecretKeyPacket).makeDummy();
      return [armored(key), {}];
    },
    '1 a.key: lacks the secret part of the key that signs; write it with gpg --export-secret-keys FINGERPRINT.',
  ],
  [
    'a date to come',
    async () => [armored(await signingKey()), { date: 4_000_000_000 }],
    '2 SOURCE_DATE_EPOCH: is in the future, and such a signature is not valid; write a date that has been.',
  ],
];

for (const [name, make, want] of refusals)
  test(`refuses ${name}`, async () => {
    const [data, more] = await make();
    assert.is(await refusal(openSigner(data, { ...options, ...more })), want);
  });
test('refuses a key that may only certify', async () => {
  const key = await generate({});
  key.users[0]!.selfCertifications[0]!.keyFlags![0] = 1;
  const want = '1 a.key: holds no valid key that may sign; use one with the capability to sign.';
  assert.is(await refusal(signingPart(key, 'a.key', new Date())), want);
});

test.run();
