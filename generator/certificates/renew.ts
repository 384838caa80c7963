/** A new wildcard certificate and key from the same root. */
import { type KeyObject, webcrypto, type X509Certificate } from 'node:crypto';
import type { Finding } from '../checks/check.ts';
import { GeneratorError } from '../errors.ts';
import { quoted } from '../values/show.ts';
import { isIssuedBy } from './chain.ts';
import {
  type Chance,
  dayMilliseconds,
  firstMoment,
  type Issued,
  type Issuer,
  loadX509,
  signWildcard,
  systemChance,
  type X509,
} from './issue.ts';
import { alternativeNames, isAppsDomain, subdomainPattern } from './names.ts';
import { date, newRoot } from './pair.ts';
import { readCertificates, readPrivateKey } from './pem.ts';

/** What to renew; texts in PEM. The caller has checked the options. */
export interface RenewalRequest {
  readonly root: Issued;
  /** The certificate in use. */
  readonly certificate: string;
  /** How sentences call the three. */
  readonly places: { readonly root: string; readonly rootKey: string; readonly certificate: string };
  /** Without `*.`; in place of the names of the certificate in use. */
  readonly appsDomain?: string | undefined;
  readonly days: number;
  /** As the key in use, without it. */
  readonly bits?: number | undefined;
}

/**
 * For the names and the organisation of the certificate in use.
 *
 * @throws GeneratorError where the files do not belong together, or the root does not last.
 */
export async function renewWildcard(request: RenewalRequest, chance: Chance = systemChance): Promise<Issued> {
  const { places, days } = request;
  const root = rootOf(request);
  const old = first(readCertificates(request.certificate, places.certificate));
  if (!isIssuedBy(old, root.certificate))
    refuse(
      `${places.certificate} was issued by another root than ${places.root}; put the root that issued it there, or make new certificates in another folder`,
    );
  const names = request.appsDomain === undefined ? namesOf(old, places.certificate) : [`*.${request.appsDomain}`];
  const notBefore = beginning(root.certificate, places.root, days, chance);
  const x509 = await loadX509();
  const keys = await chance.generateKeys(request.bits ?? bitsOf(old));
  const issuer = await issuerOf(x509, root, places.rootKey);
  return signWildcard(x509, { names, organization: organizationOf(old), notBefore, days, keys }, issuer, chance);
}

function refuse(message: string): never {
  throw new GeneratorError(message);
}

function must<T>({ value, findings }: { readonly value: T; readonly findings: readonly Finding[] }): T {
  const [finding] = findings;
  if (finding !== undefined) refuse(`${finding.finding}; ${finding.remedy}`);
  return value;
}
const first = (read: ReturnType<typeof readCertificates>): X509Certificate => must(read)[0]!;

interface Root {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
}

function rootOf({ root, places }: RenewalRequest): Root {
  const certificate = first(readCertificates(root.certificate, places.root));
  const key = must(readPrivateKey(root.privateKey, places.rootKey))!;
  if (!certificate.checkPrivateKey(key))
    refuse(`${places.rootKey} is not the key of ${places.root}; put the two together that were made together`);
  if (!certificate.ca)
    refuse(`${places.root} is not the certificate of a CA, so it can issue no other; name the folder of a root`);
  return { certificate, key };
}

/** When the new certificate begins; refused where the root does not last to its end. */
function beginning(root: X509Certificate, place: string, days: number, chance: Chance): Date {
  const [from, to] = [Date.parse(root.validFrom), Date.parse(root.validTo)];
  if (from > chance.now().getTime())
    refuse(`${place} is valid from ${date(from)} on; check the clock of this machine, or wait`);
  // A root that somebody made within the hour is no older than what it issues.
  const notBefore = Math.max(firstMoment(chance).getTime(), from);
  // Both ends are inside.
  const possible = Math.floor((to + 1000 - notBefore) / dayMilliseconds);
  if (possible < 1)
    refuse(
      `${place} ${to < chance.now().getTime() ? 'expired' : 'expires'} on ${date(to)}, so it can issue nothing that lasts a day; ${newRoot}`,
    );
  if (days > possible)
    throw new GeneratorError(
      `days ${days}: ${place} expires on ${date(to)}, before the new certificate would; write days ${possible} or less, or ${newRoot}`,
      2,
    );
  return new Date(notBefore);
}

function namesOf(old: X509Certificate, place: string): string[] {
  const names = alternativeNames(old);
  if (names.length === 0)
    refuse(`${place} has no subject alternative name, which clients ask for; say which with --apps-domain`);
  const dns = names.map(name => name.replace(/^DNS:/, '').toLowerCase());
  const strange = dns.findIndex((name, i) => {
    const domain = name.replace(/^\*\./, '');
    return !names[i]!.startsWith('DNS:') || !(name === domain ? subdomainPattern.test(name) : isAppsDomain(domain));
  });
  if (strange >= 0)
    refuse(
      `${place} has the alternative name ${quoted(names[strange]!)}, and only DNS names can be renewed; give --apps-domain`,
    );
  return [...new Set(dns)];
}

function organizationOf(old: X509Certificate): string | undefined {
  const [organization] = [old.toLegacyObject().subject?.O ?? []].flat();
  return organization !== undefined && [...organization].length <= 64 ? organization : undefined;
}

function bitsOf(old: X509Certificate): number {
  const bits = old.publicKey.asymmetricKeyDetails?.modulusLength ?? 0;
  return [3072, 4096].includes(bits) ? bits : 2048;
}

/** By the curve's name in OpenSSL; the hash is as strong as the curve. */
const curves: Readonly<Record<string, readonly [namedCurve: string, hash: string]>> = {
  prime256v1: ['P-256', 'SHA-256'],
  secp384r1: ['P-384', 'SHA-384'],
  secp521r1: ['P-521', 'SHA-512'],
};

async function issuerOf(x509: X509, { certificate, key }: Root, place: string): Promise<Issuer> {
  const der = key.export({ type: 'pkcs8', format: 'der' });
  const parsed = new x509.X509Certificate(certificate.raw);
  // As the root says it itself, for another program may have computed it in another way.
  const identifier = parsed.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId;
  const common = {
    // Parsed, not written anew: some clients compare the names of issuer and root byte by byte.
    name: parsed.subjectName,
    keyIdentifier:
      identifier === undefined
        ? await x509.AuthorityKeyIdentifierExtension.create(parsed.publicKey)
        : new x509.AuthorityKeyIdentifierExtension(identifier),
  };
  if (key.asymmetricKeyType === 'rsa') {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    return { ...common, signingKey: await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']) };
  }
  const [namedCurve, hash] = curves[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? [];
  if (namedCurve === undefined || hash === undefined)
    return refuse(`${place} is neither an RSA key nor an EC key on P-256, P-384 or P-521; make a new root`);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, { name: 'ECDSA', namedCurve }, false, ['sign']);
  return { ...common, signingKey, signingAlgorithm: { name: 'ECDSA', hash } };
}
