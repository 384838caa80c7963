import { KeyObject, randomBytes, webcrypto } from 'node:crypto';

type X509 = typeof import('@peculiar/x509');
type PublicKey = webcrypto.CryptoKey;

/** What to issue. The caller has checked it: names are DNS names, days and bits whole numbers. */
export interface CertificateRequest {
  /** Without `*.`, as `apps.example.com`. */
  readonly appsDomain: string;
  /** Further DNS names for the wildcard certificate, each may start with `*.`. */
  readonly additionalNames?: readonly string[];
  /** O of both subjects, at most 64 characters. */
  readonly organization: string;
  /** Life of the wildcard certificate in days, not more than `rootDays`. */
  readonly days: number;
  readonly rootDays: number;
  /** RSA modulus of both keys. */
  readonly bits: number;
}

/** A certificate and its key: PEM, the key as unencrypted PKCS#8. */
export interface Issued {
  readonly certificate: string;
  readonly privateKey: string;
}

/** Whatever differs from run to run; tests fix it. */
export interface Chance {
  readonly now: () => Date;
  readonly randomBytes: (size: number) => Uint8Array;
  /** An extractable RSASSA-PKCS1-v1_5 pair with SHA-256. */
  readonly generateKeys: (bits: number) => Promise<webcrypto.CryptoKeyPair>;
}

export const systemChance: Chance = {
  now: () => new Date(),
  randomBytes,
  generateKeys: bits =>
    webcrypto.subtle.generateKey(
      {
        name: 'RSASSA-PKCS1-v1_5',
        hash: 'SHA-256',
        modulusLength: bits,
        publicExponent: new Uint8Array([1, 0, 1]),
      },
      true,
      ['sign', 'verify'],
    ),
};

const dayMilliseconds = 24 * 60 * 60 * 1000;
/** A node whose clock is behind ours accepts the certificate all the same. */
const clockSkewMilliseconds = 60 * 60 * 1000;
/** ub-common-name of RFC 5280, appendix A.1. */
const commonNameLength = 64;

/**
 * A root certificate for a new CA, and a wildcard certificate for `*.<appsDomain>` that it signs. The wildcard stands in
 * the subject alternative name: clients have stopped reading the common name (the base document sets only that).
 */
export async function issueCertificates(
  request: CertificateRequest,
  chance: Chance = systemChance,
): Promise<{ root: Issued; wildcard: Issued }> {
  // @peculiar/x509 throws while it loads where this is missing.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const [rootKeys, wildcardKeys] = await Promise.all([
    chance.generateKeys(request.bits),
    chance.generateKeys(request.bits),
  ]);
  const wildcard = `*.${request.appsDomain}`;
  const names = [wildcard, ...(request.additionalNames ?? [])];
  const notBefore = new Date(chance.now().getTime() - clockSkewMilliseconds);
  const issuer = subject(x509, request.organization, rootCommonName(request.appsDomain));
  const signed = { issuer, signingKey: rootKeys.privateKey };
  const rootCertificate = await x509.X509CertificateGenerator.create({
    ...signed,
    subject: issuer,
    publicKey: rootKeys.publicKey,
    serialNumber: serialNumber(chance),
    ...validity(notBefore, request.rootDays),
    extensions: await rootExtensions(x509, rootKeys.publicKey),
  });
  const wildcardCertificate = await x509.X509CertificateGenerator.create({
    ...signed,
    subject: subject(x509, request.organization, wildcard.length <= commonNameLength ? wildcard : undefined),
    publicKey: wildcardKeys.publicKey,
    serialNumber: serialNumber(chance),
    ...validity(notBefore, request.days),
    extensions: await wildcardExtensions(x509, names, wildcardKeys.publicKey, rootKeys.publicKey),
  });
  return {
    root: { certificate: `${rootCertificate.toString('pem')}\n`, privateKey: privateKeyPem(rootKeys) },
    wildcard: { certificate: `${wildcardCertificate.toString('pem')}\n`, privateKey: privateKeyPem(wildcardKeys) },
  };
}

async function rootExtensions(x509: X509, publicKey: PublicKey) {
  return [
    // Path length 0: this root signs server certificates, never another CA.
    new x509.BasicConstraintsExtension(true, 0, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
  ];
}

async function wildcardExtensions(x509: X509, names: readonly string[], publicKey: PublicKey, issuerKey: PublicKey) {
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension(names.map(value => ({ type: 'dns', value }))),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
    await x509.AuthorityKeyIdentifierExtension.create(issuerKey),
  ];
}

/** Typed strings, because the library reads a plain one that starts with `#` or holds quotes as something else. */
function subject(x509: X509, organization: string, commonName: string | undefined) {
  const name = [{ O: [{ utf8String: organization }] }];
  return new x509.Name(commonName === undefined ? name : [...name, { CN: [{ utf8String: commonName }] }]);
}

/** The domain above `apps.`, cut from the left to whole labels that fit. Never empty: a label has at most 63 characters. */
function rootCommonName(appsDomain: string): string {
  const labels = appsDomain.replace(/^apps\.(?=.+\.)/, '').split('.');
  while (labels.join('.').length > commonNameLength) labels.shift();
  return labels.join('.');
}

/** Counted from `notBefore` and with both ends inside (RFC 5280, 4.1.2.5), so that clients count `days` and not more. */
function validity(notBefore: Date, days: number) {
  return { notBefore, notAfter: new Date(notBefore.getTime() + days * dayMilliseconds - 1000) };
}

/** Hexadecimal, 16 octets: the first bit is 0 (positive) and the second is 1 (no octet can fall away). */
function serialNumber(chance: Chance): string {
  const octets = Buffer.from(chance.randomBytes(16));
  octets[0] = (octets[0]! & 0x3f) | 0x40;
  return octets.toString('hex');
}

function privateKeyPem(keys: webcrypto.CryptoKeyPair): string {
  return KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString();
}
