import { KeyObject, randomBytes, webcrypto } from 'node:crypto';

export type X509 = typeof import('@peculiar/x509');
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

export const dayMilliseconds = 24 * 60 * 60 * 1000;
/** A node whose clock is behind ours accepts the certificate all the same. */
const clockSkewMilliseconds = 60 * 60 * 1000;
/** ub-common-name of RFC 5280, appendix A.1. */
const commonNameLength = 64;

/** Loaded with the first call, not with --help. */
export async function loadX509(): Promise<X509> {
  // @peculiar/x509 throws while it loads where this is missing.
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

/**
 * A root certificate for a new CA, and a wildcard certificate for `*.<appsDomain>` that it signs. The wildcard stands in
 * the subject alternative name: clients have stopped reading the common name (the base document sets only that).
 */
export async function issueCertificates(
  request: CertificateRequest,
  chance: Chance = systemChance,
): Promise<{ root: Issued; wildcard: Issued }> {
  const x509 = await loadX509();
  const [rootKeys, wildcardKeys] = await Promise.all([
    chance.generateKeys(request.bits),
    chance.generateKeys(request.bits),
  ]);
  const notBefore = firstMoment(chance);
  const issuer = subject(x509, request.organization, rootCommonName(request.appsDomain));
  const rootCertificate = await x509.X509CertificateGenerator.create({
    issuer,
    signingKey: rootKeys.privateKey,
    subject: issuer,
    publicKey: rootKeys.publicKey,
    serialNumber: serialNumber(chance),
    ...validity(notBefore, request.rootDays),
    extensions: await rootExtensions(x509, rootKeys.publicKey),
  });
  const names = [`*.${request.appsDomain}`, ...(request.additionalNames ?? [])];
  const wildcard = await signWildcard(
    x509,
    { names, organization: request.organization, notBefore, days: request.days, keys: wildcardKeys },
    {
      name: issuer,
      signingKey: rootKeys.privateKey,
      keyIdentifier: await x509.AuthorityKeyIdentifierExtension.create(rootKeys.publicKey),
    },
    chance,
  );
  return { root: { certificate: pem(rootCertificate), privateKey: privateKeyPem(rootKeys) }, wildcard };
}

export interface Wildcard {
  /** DNS names; the first wildcard among them is the common name, where it fits. */
  readonly names: readonly string[];
  readonly organization?: string | undefined;
  readonly notBefore: Date;
  readonly days: number;
  readonly keys: webcrypto.CryptoKeyPair;
}

export interface Issuer {
  readonly name: InstanceType<X509['Name']>;
  readonly signingKey: webcrypto.CryptoKey;
  /** Where it is not that of the key. */
  readonly signingAlgorithm?: webcrypto.EcdsaParams | undefined;
  readonly keyIdentifier: InstanceType<X509['AuthorityKeyIdentifierExtension']>;
}

/** A certificate for a server, signed by `issuer`. */
export async function signWildcard(
  x509: X509,
  { names, organization, notBefore, days, keys }: Wildcard,
  { name, signingKey, signingAlgorithm, keyIdentifier }: Issuer,
  chance: Chance,
): Promise<Issued> {
  const first = names.find(text => text.startsWith('*.')) ?? names[0]!;
  const commonName = first.length <= commonNameLength ? first : undefined;
  // RFC 5280, 4.1.2.6: without a subject, the alternative name is critical.
  const isNameless = organization === undefined && commonName === undefined;
  const certificate = await x509.X509CertificateGenerator.create({
    issuer: name,
    signingKey,
    ...(signingAlgorithm === undefined ? {} : { signingAlgorithm }),
    subject: subject(x509, organization, commonName),
    publicKey: keys.publicKey,
    serialNumber: serialNumber(chance),
    ...validity(notBefore, days),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map(value => ({ type: 'dns' as const, value })),
        isNameless,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      keyIdentifier,
    ],
  });
  return { certificate: pem(certificate), privateKey: privateKeyPem(keys) };
}

const pem = (certificate: { toString(format: 'pem'): string }) => `${certificate.toString('pem')}\n`;

/** When a certificate that is issued now begins. */
export const firstMoment = (chance: Chance) => new Date(chance.now().getTime() - clockSkewMilliseconds);

async function rootExtensions(x509: X509, publicKey: PublicKey) {
  return [
    // Path length 0: this root signs server certificates, never another CA.
    new x509.BasicConstraintsExtension(true, 0, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
  ];
}

/** Typed strings, because the library reads a plain one that starts with `#` or holds quotes as something else. */
function subject(x509: X509, organization: string | undefined, commonName: string | undefined) {
  const given = { O: organization, CN: commonName };
  return new x509.Name(
    Object.entries(given).flatMap(([key, utf8String]) =>
      utf8String === undefined ? [] : [{ [key]: [{ utf8String }] }],
    ),
  );
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
