/** Signing packages. Loaded only when a package is signed, for the library is large. */
import { createCleartextMessage, decryptKey, type PrivateKey, sign } from 'openpgp';
import { GeneratorError } from '../errors.ts';
import { config, readSigningKey, signingPart, validFrom } from './signing-key.ts';

export interface Signer {
  /** Of the primary key, in upper-case hexadecimal. */
  readonly fingerprint: string;
  /** The text with its signature, as a .prov. */
  readonly sign: (text: string) => Promise<string>;
  /** The public key: binary, as Helm takes it for --keyring, and armored, for people and web pages. */
  readonly keyring: Uint8Array;
  readonly armored: string;
}

export interface SignerOptions {
  /** Names the file of the key in errors. */
  readonly where: string;
  readonly passphrase?: string | undefined;
  /** In seconds since 1970. A signature gets this date, or that of the key where this is later. */
  readonly date: number;
  readonly now?: Date;
}

/** Opens a secret key. Throws a GeneratorError for one that cannot sign, or not so that Helm 3 and 4 take it. */
export async function openSigner(data: Uint8Array, options: SignerOptions): Promise<Signer> {
  const { where, date, now = new Date() } = options;
  const key = await readSigningKey(data, where);
  const part = await signingPart(key, where, now);
  const signedAt = new Date(Math.max(date * 1000, validFrom(key).getTime()));
  if (signedAt > now)
    throw new GeneratorError(
      'SOURCE_DATE_EPOCH: is in the future, and such a signature is not valid; write a date that has been.',
      2,
    );
  await signingPart(key, where, signedAt);
  const open = part.keyPacket.isDecrypted() ? key : await decrypted(key, options);
  const publicKey = key.toPublic();
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    keyring: publicKey.write(),
    armored: publicKey.armor(),
    sign: async text => {
      const message = await createCleartextMessage({ text });
      const signed = await sign({ message, signingKeys: open, date: signedAt, config });
      // Signed is the text with CRLF, whatever ends its lines in the file: RFC 9580, section 7.
      return signed.replaceAll('\r\n', '\n');
    },
  };
}

async function decrypted(privateKey: PrivateKey, { where, passphrase }: SignerOptions): Promise<PrivateKey> {
  if (passphrase === undefined)
    throw new GeneratorError(
      `${where}: is encrypted; give its passphrase with --passphrase-file or --passphrase-fd.`,
      2,
    );
  return decryptKey({ privateKey, passphrase, config }).catch((error: unknown) => {
    const isWrong = error instanceof Error && error.message.includes('Incorrect key passphrase');
    throw new GeneratorError(
      isWrong
        ? `${where}: the passphrase does not open this key; give that of the key.`
        : `${where}: cannot be decrypted; set its passphrase again with gpg --change-passphrase, and export it again.`,
    );
  });
}
