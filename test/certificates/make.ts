/** Certificates that our own command never makes: other keys, dates, usages and chains. */
import { createPrivateKey, generateKeyPairSync, type KeyObject, webcrypto } from 'node:crypto';
import { loadX509 } from '../../generator/certificates/issue.ts';

const x509 = await loadX509();

export const domain = 'apps.example.com';
/** The day of these tests; everything is valid from a month before it, for a year, unless a row says otherwise. */
export const today = '2030-06-15T12:00:00Z';

export type Kind = 'rsa' | 'rsa1024' | 'P-256' | 'P-384' | 'ed25519';
export interface Keys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}
const made = new Map<string, Keys>();
/** The same pair for the same kind and name: RSA keys take long. */
export function keysOf(kind: Kind, name = ''): Keys {
  const id = `${kind} ${name}`;
  const keys = made.get(id) ?? generate(kind);
  made.set(id, keys);
  return keys;
}
function generate(kind: Kind): Keys {
  if (kind === 'ed25519') return generateKeyPairSync('ed25519');
  if (kind === 'rsa' || kind === 'rsa1024')
    return generateKeyPairSync('rsa', { modulusLength: kind === 'rsa' ? 2048 : 1024 });
  return generateKeyPairSync('ec', { namedCurve: kind });
}

const algorithmOf = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject, hash: string) => {
  if (asymmetricKeyType === 'ed25519') return { name: 'Ed25519' };
  if (asymmetricKeyType === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash };
  return { name: 'ECDSA', hash, namedCurve: asymmetricKeyDetails?.namedCurve === 'secp384r1' ? 'P-384' : 'P-256' };
};

export interface Wanted {
  readonly subject: string;
  readonly keys?: Keys;
  /** Itself, without it. */
  readonly issuer?: { readonly subject: string; readonly keys: Keys };
  readonly names?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly ca?: boolean;
  readonly hash?: 'SHA-256' | 'SHA-1';
  readonly usage?: string;
}

/** In PEM. */
export async function certificateOf(wanted: Wanted): Promise<string> {
  const { subject, keys = keysOf('P-256', subject), names, ca = false, hash = 'SHA-256', usage } = wanted;
  const issuer = wanted.issuer ?? { subject, keys };
  const algorithm = algorithmOf(issuer.keys.privateKey, hash);
  const own = algorithmOf(keys.publicKey, hash);
  const { subtle } = webcrypto;
  const der = (key: KeyObject, type: 'pkcs8' | 'spki') => key.export({ type: type as 'pkcs8', format: 'der' });
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: issuer.subject,
    publicKey: await subtle.importKey('spki', der(keys.publicKey, 'spki'), own, true, ['verify']),
    signingKey: await subtle.importKey('pkcs8', der(issuer.keys.privateKey, 'pkcs8'), algorithm, false, ['sign']),
    signingAlgorithm: algorithm,
    notBefore: new Date(wanted.from ?? '2030-05-15T00:00:00Z'),
    notAfter: new Date(wanted.to ?? '2031-05-15T00:00:00Z'),
    extensions: [
      new x509.BasicConstraintsExtension(ca, undefined, true),
      ...(ca ? [new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)] : []),
      ...(usage === undefined ? [] : [new x509.ExtendedKeyUsageExtension([usage])]),
      ...(names === undefined
        ? []
        : [new x509.SubjectAlternativeNameExtension(names.map(value => ({ type: 'dns' as const, value })))]),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/** In the three forms that programs write. */
export const keyText = (keys: Keys, type: 'pkcs8' | 'pkcs1' | 'sec1' = 'pkcs8', passphrase?: string): string =>
  createPrivateKey(keys.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    .export({
      type: type as 'pkcs8',
      format: 'pem',
      ...(passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }),
    })
    .toString();

/** Lines of a key that no output may hold. */
export const secretLines = (text: string): string[] =>
  text.split('\n').filter(line => line.length > 8 && !line.includes('-----') && !line.includes(': '));
