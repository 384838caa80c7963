/** What the gateway, or a client, refuses of a certificate that is otherwise right. */
import type { X509Certificate } from 'node:crypto';
import type { PairFinding } from './pair.ts';

/** With tag and length, as they stand in a certificate; the ones of keys differ. */
const weakSignatures: readonly (readonly [string, string])[] = [
  ['MD5', '06092a864886f70d010104'],
  ['SHA-1', '06092a864886f70d010105'],
  ['SHA-1', '06072a8648ce3d0401'],
];
const serverAuth = '1.3.6.1.5.5.7.3.1';
const anyUsage = '2.5.29.37.0';

/**
 * Key and usage of the certificate that the gateway serves.
 * Source: github.com/envoyproxy/envoy source/extensions/transport_sockets/tls/context_impl.cc (RSA of 2048 bits, P-256), and pull
 * request 36369 (P-384 and P-521, from Envoy 1.33 on; Service Mesh 2.6 has Istio 1.20 with Envoy 1.28).
 */
export function* servedFindings(leaf: X509Certificate, place: string): Iterable<PairFinding> {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = leaf.publicKey;
  const key = `the certificate in ${place} is for`;
  const remedy = 'get one for an RSA key of 2048 bits or more, or an EC key on P-256';
  if (type === 'rsa') {
    const bits = details?.modulusLength ?? 0;
    if (bits < 2048) yield { finding: `${key} an RSA key of ${bits} bits, and Envoy refuses less than 2048`, remedy };
  } else if (type !== 'ec') yield { finding: `${key} a key of type ${type}, and Envoy takes RSA and EC only`, remedy };
  else if (details?.namedCurve === 'secp384r1' || details?.namedCurve === 'secp521r1')
    yield {
      finding: `${key} an EC key on ${details.namedCurve}, which Envoy before 1.33, as in Service Mesh 2, refuses`,
      remedy,
      warning: true,
    };
  else if (details?.namedCurve !== 'prime256v1')
    yield {
      finding: `${key} an EC key on ${details?.namedCurve ?? 'a curve of its own'}, which Envoy refuses`,
      remedy,
    };
  // Absent where the certificate does not limit it, which its type denies.
  const keyUsage: readonly string[] | undefined = leaf.keyUsage;
  if (keyUsage !== undefined && ![serverAuth, anyUsage].some(usage => keyUsage.includes(usage)))
    yield {
      finding: `the certificate in ${place} is not for servers: its extended key usage lacks serverAuth`,
      remedy: 'get one for a server',
    };
}

/** Nobody looks at the signature of a root: clients trust it by name. */
export function* signatureFindings(chain: readonly X509Certificate[], place: string): Iterable<PairFinding> {
  for (const [index, certificate] of chain.entries()) {
    const der = certificate.raw.toString('hex');
    const weak = weakSignatures.find(([, identifier]) => der.includes(identifier))?.[0];
    if (weak !== undefined && certificate.issuer !== certificate.subject)
      yield {
        finding: `certificate ${index + 1} in ${place} is signed with ${weak}, which clients refuse`,
        remedy: 'get one that is signed with SHA-256',
      };
  }
}
