/** What DNS names look like, and which of them a certificate covers. */
import type { X509Certificate } from 'node:crypto';
import type { Finding } from '../checks/check.ts';
import { shortened } from '../values/show.ts';

const label = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';
export const labelPattern = new RegExp(`^${label}$`);
export const subdomainPattern = new RegExp(`^${label}(\\.${label})*$`);
/** Two labels at least, for clients match no `*.example`; the last one starts with a letter, so no IP address. */
const dnsName = new RegExp(`^(${label}\\.)+(?![0-9])${label}$`);

/** Without `*.`: 253 is the longest DNS name, and `*.` comes before this one. */
export const isAppsDomain = (name: string) => dnsName.test(name) && name.length <= 251;

/** The subject alternative names as Node writes them, as `DNS:*.example.com`; one with a comma in it is in quotes. */
export function alternativeNames({ subjectAltName }: X509Certificate): string[] {
  return (subjectAltName?.match(/(?:[^,"]|"(?:\\.|[^"\\])*")+/g) ?? []).map(name => name.trim());
}

/** For people: at most ten, and nothing in them that a terminal would obey. */
export function shownNames(certificate: X509Certificate): string {
  const names = alternativeNames(certificate).map(name => shortened(name.replace(/^DNS:/, '')));
  return [...names.slice(0, 10), ...(names.length > 10 ? [`${names.length - 10} more`] : [])].join(', ');
}

/** The common name, which a certificate may hold several times. */
export function commonNames(certificate: X509Certificate): string[] {
  return [certificate.toLegacyObject().subject?.CN ?? []].flat();
}

/** Whether clients take the certificate for any host directly below `domain`. */
export function coversAll(certificate: X509Certificate, domain: string): boolean {
  const match = certificate.checkHost(`x.${domain}`, { subject: 'never', partialWildcards: false });
  return match?.startsWith('*.') ?? false;
}

export function* coverageFindings(certificate: X509Certificate, domain: string, place: string): Iterable<Finding> {
  if (coversAll(certificate, domain)) return;
  const wanted = `the certificate in ${place} has no subject alternative name *.${domain}`;
  const names = shownNames(certificate);
  const common = commonNames(certificate).map(shortened).join(', ');
  const has =
    names !== ''
      ? `; it covers ${names}`
      : `, nor any other${common === '' ? '' : `; it has only the common name ${common}, which clients have stopped reading`}`;
  yield {
    finding: `${wanted}${has}`,
    remedy: `get one that has, for example from serverless-mesh certificates --apps-domain ${domain}`,
  };
}
