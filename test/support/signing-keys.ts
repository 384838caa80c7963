/** OpenPGP keys for tests, made once in a process. */
import { encryptKey, generateKey, type PrivateKey } from 'openpgp';

export const passphrase = 'correct horse: battery "staple"';
const userIDs = [{ name: 'Example Publisher', email: 'charts@example.com' }];
/** In 2024, so that the date of a signature may lie behind it. */
export const keyDate = new Date('2024-02-03T04:05:06Z');

let made: Promise<PrivateKey> | undefined;
/** RSA of 2048 bits, without passphrase. */
export function signingKey(): Promise<PrivateKey> {
  made ??= generate({});
  return made;
}

export async function generate(options: { date?: Date; keyExpirationTime?: number }): Promise<PrivateKey> {
  const { privateKey } = await generateKey({
    type: 'rsa',
    rsaBits: 2048,
    userIDs,
    subkeys: [],
    format: 'object',
    date: keyDate,
    ...options,
  });
  return privateKey;
}

/** Of the kind that gpg makes by default. */
export async function curveKey(): Promise<PrivateKey> {
  const { privateKey } = await generateKey({ type: 'ecc', curve: 'ed25519Legacy', userIDs, format: 'object' });
  return privateKey;
}

/** The same key, encrypted with the passphrase. */
export const encrypted = async () => encryptKey({ privateKey: await signingKey(), passphrase });
