/** The secret key of a publisher. No error here repeats what the key, its passphrase, or the library says. */
import { type PartialConfig, type PrivateKey, readKeys, type Subkey } from 'openpgp';
import { GeneratorError } from '../errors.ts';

/**
 * Same text, key and date, same signature: RSA signatures of OpenPGP (PKCS #1 v1.5) hold nothing random, but the library
 * would add a notation that does.
 */
export const config: PartialConfig = { nonDeterministicSignaturesViaNotation: false };

const exportCommand = 'gpg --export-secret-keys FINGERPRINT';

/** The only secret key in an OpenPGP file, armored or binary. `where` names it in errors. */
export async function readSigningKey(data: Uint8Array, where: string): Promise<PrivateKey> {
  const keys = await parsed(data).catch(() => []);
  const [key] = keys;
  if (key === undefined) throw new GeneratorError(`${where}: is no OpenPGP key; write one with ${exportCommand}.`);
  if (keys.length > 1)
    throw new GeneratorError(`${where}: holds ${keys.length} keys; write the one that signs with ${exportCommand}.`);
  if (!key.isPrivate())
    throw new GeneratorError(`${where}: holds a public key; write the secret one with ${exportCommand}.`);
  return key;
}

function parsed(data: Uint8Array) {
  const text = Buffer.from(data).toString('latin1');
  return text.includes('-----BEGIN PGP')
    ? readKeys({ armoredKeys: text, config })
    : readKeys({ binaryKeys: data, config });
}

/** The part of the key that signs. Throws a GeneratorError where no Helm would take its signature at `date`. */
export async function signingPart(key: PrivateKey, where: string, date: Date): Promise<PrivateKey | Subkey> {
  const refuse = (what: string) => new GeneratorError(`${where}: ${what}.`);
  // Helm 3 reads no keyring with a key of another kind, not even as a subkey: golang.org/x/crypto/openpgp.
  const other = key.getKeys().find(part => !part.getAlgorithmInfo().algorithm.startsWith('rsa'));
  if (other !== undefined)
    throw refuse(
      `has a key of the kind ${other.getAlgorithmInfo().algorithm}, which Helm 3 cannot verify; make one of RSA with gpg --quick-generate-key NAME rsa3072 sign`,
    );
  if (await key.isRevoked(undefined, undefined, date)) throw refuse('is revoked; sign with another key');
  const expires = await key.getExpirationTime();
  if (expires instanceof Date && expires <= date)
    throw refuse(
      `expired on ${expires.toISOString().slice(0, 10)}; prolong it with gpg --quick-set-expire, and export it again`,
    );
  const part = await key.getSigningKey(undefined, date).catch(() => undefined);
  if (part === undefined) throw refuse('holds no valid key that may sign; use one with the capability to sign');
  if ('isDummy' in part.keyPacket && part.keyPacket.isDummy())
    throw refuse(`lacks the secret part of the key that signs; write it with ${exportCommand}`);
  return part as PrivateKey | Subkey;
}

/** When the key got its present form: before this, nobody would take a signature of it. */
export function validFrom(key: PrivateKey): Date {
  const own = key.getKeyIDs();
  const signatures = [
    ...key.users.flatMap(user => user.selfCertifications),
    ...key.subkeys.flatMap(subkey => subkey.bindingSignatures),
    ...(key as unknown as { directSignatures: (typeof key.users)[number]['selfCertifications'] }).directSignatures,
  ].filter(signature => own.some(id => id.equals(signature.issuerKeyID)));
  const dates = [
    ...key.getKeys().map(part => part.getCreationTime()),
    ...signatures.map(s => s.created ?? new Date(0)),
  ];
  return new Date(Math.max(...dates.map(Number)));
}
