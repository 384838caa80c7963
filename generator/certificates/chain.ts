/** Who issued whom. */
import type { X509Certificate } from 'node:crypto';
import type { Finding } from '../checks/check.ts';
import { shortened } from '../values/show.ts';

/** Whether `issuer` signed it: by name and identifier, and by signature. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    // OpenSSL refuses a key that is of another kind than the signature.
    return false;
  }
}

/** On one line, as `CN=example.com, O=Example Inc.` */
const nameOf = (distinguished: string) =>
  shortened(distinguished.split('\n').reverse().join(', ')) || 'a CA without a name';

export const isSame = (a: X509Certificate, b: X509Certificate) => a.fingerprint256 === b.fingerprint256;

/** The server's certificate first, then each with the one that issued it: TLS 1.2 asks for that (RFC 5246, 7.4.2). */
export function* orderFindings(chain: readonly X509Certificate[], place: string): Iterable<Finding> {
  const broken = chain.findIndex((issuer, i) => i > 0 && !isIssuedBy(chain[i - 1]!, issuer));
  if (broken > 0)
    yield {
      finding: `certificate ${broken + 1} in ${place} did not issue the one before it`,
      remedy: leafFirst(place),
    };
}

export const leafFirst = (place: string) =>
  `put the certificate of the server first in ${place}, then each with the one that issued it`;

/** From the server's certificate up to one that clients trust, through the chain in whatever order: that root, or what is missing. */
export function findRoot(
  [leaf, ...others]: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
  places: { readonly certificate: string; readonly ca: string },
): X509Certificate | Finding {
  const anchors = trusted.filter(ca => ca.ca);
  if (anchors.length === 0)
    return {
      finding: `${places.ca} holds no certificate of a CA`,
      remedy: 'name the file with the root that clients trust',
    };
  const left = new Set(others);
  let last = leaf!;
  for (;;) {
    const current = last;
    const anchor = anchors.find(ca => isSame(current, ca) || isIssuedBy(current, ca));
    if (anchor !== undefined) return anchor;
    const issuer = [...left].find(candidate => candidate.ca && isIssuedBy(current, candidate));
    if (issuer === undefined) return unknownIssuer(current, anchors, places);
    left.delete(issuer);
    last = issuer;
  }
}

function unknownIssuer(
  last: X509Certificate,
  anchors: readonly X509Certificate[],
  { certificate, ca }: { readonly certificate: string; readonly ca: string },
): Finding {
  const issuer = nameOf(last.issuer);
  if (last.issuer === last.subject)
    return {
      finding: `the chain in ${certificate} ends in ${issuer}, which signed itself and is not in ${ca}`,
      remedy: `let clients trust it too, or get a certificate from ${nameOf(anchors[0]!.subject)}`,
    };
  if (anchors.some(anchor => anchor.subject === last.issuer))
    return {
      finding: `the chain in ${certificate} comes from another ${issuer} than the one in ${ca}`,
      remedy: 'name the root that signed it, or renew the certificate with this root',
    };
  return {
    finding: `the certificate of ${issuer}, which issued ${nameOf(last.subject)}, is neither in ${certificate} nor in ${ca}`,
    remedy: `add this intermediate certificate to the end of ${certificate}`,
  };
}
