/** A certificate, its key and its chain: what is wrong with them, for files and for the Secret in a cluster alike. */
import { X509Certificate } from 'node:crypto';
import type { Finding } from '../checks/check.ts';
import { findRoot, isSame, leafFirst, orderFindings } from './chain.ts';
import { coverageFindings } from './names.ts';
import { areSwapped, readCertificates, readPrivateKey } from './pem.ts';
import { servedFindings, signatureFindings } from './strength.ts';

/** A warning is worth knowing, and no reason to fail. */
export interface PairFinding extends Finding {
  readonly warning?: true;
}

/** Texts in PEM. */
export interface Pair {
  readonly certificate: string;
  readonly privateKey: string;
  /** The roots that clients trust; without it, only the order of the chain is looked at. */
  readonly ca?: string | undefined;
}

export interface Question {
  /** What sentences call each of them: a path, or a Secret. */
  readonly places: { readonly certificate: string; readonly privateKey: string; readonly ca?: string | undefined };
  /** Of the routes, without `*.`; undefined where it is not known. */
  readonly domain: string | undefined;
  /** In milliseconds. */
  readonly now: number;
  /** Days that it takes to get another one. */
  readonly soon: number;
  readonly remedies: {
    /** For a pair that does not fit. */
    readonly again: string;
    readonly renew: string;
  };
}

const day = 86_400_000;

/** The certificate of the server, where there is one, and what is wrong with all of it. */
export function lookAtPair(pair: Pair, question: Question): { leaf?: X509Certificate; findings: PairFinding[] } {
  const { places, remedies } = question;
  if (areSwapped(pair.certificate, pair.privateKey)) {
    const finding = `${places.certificate} holds the private key, and ${places.privateKey} the certificate`;
    return { findings: [{ finding, remedy: 'swap the two' }] };
  }
  const certificates = readCertificates(pair.certificate, places.certificate);
  const key = readPrivateKey(pair.privateKey, places.privateKey);
  const findings: PairFinding[] = [...certificates.findings, ...key.findings];
  const chain = certificates.value;
  if (chain.length === 0) return { findings };
  const own = key.value === undefined ? 0 : chain.findIndex(c => c.checkPrivateKey(key.value!) && !isIssuer(c, chain));
  if (own < 0)
    findings.push({
      finding: `the key in ${places.privateKey} is not that of its certificate`,
      remedy: remedies.again,
    });
  const leaf = chain[Math.max(own, 0)]!;
  findings.push(...orderOf(chain, own, places.certificate), ...leafFindings(leaf, question));
  findings.push(...signatureFindings(chain, places.certificate), ...trust(pair, chain, leaf, question));
  return { leaf, findings };
}

/** The key of an authority is not the server's, though its certificate stands in the chain. */
function isIssuer(certificate: X509Certificate, chain: readonly X509Certificate[]): boolean {
  return chain.some(other => !isSame(other, certificate) && other.checkIssued(certificate));
}

/** The server's certificate is the one of the key, wherever it stands: all else is said of that one. */
function orderOf(chain: readonly X509Certificate[], own: number, place: string): Iterable<Finding> {
  if (own <= 0) return orderFindings(chain, place);
  const finding = `certificate ${own + 1} in ${place} is the one of the key, and does not stand first`;
  return [{ finding, remedy: leafFirst(place) }];
}

function* leafFindings(leaf: X509Certificate, { places, domain, ...question }: Question): Iterable<PairFinding> {
  if (domain !== undefined) yield* coverageFindings(leaf, domain, places.certificate);
  yield* dateFindings(leaf, `the certificate in ${places.certificate}`, question, question.remedies.renew);
  yield* servedFindings(leaf, places.certificate);
}

/** The others of the chain must live too, and so must the root, which takes longer to replace. */
function* trust(
  { ca }: Pair,
  chain: readonly X509Certificate[],
  leaf: X509Certificate,
  { places, ...question }: Question,
): Iterable<PairFinding> {
  const others = chain.filter(c => c !== leaf);
  let root: X509Certificate | undefined;
  if (ca !== undefined && places.ca !== undefined) {
    const roots = readCertificates(ca, places.ca);
    yield* roots.findings;
    const found =
      roots.value.length === 0 ? undefined : findRoot([leaf, ...others], roots.value, { ...places, ca: places.ca });
    if (found instanceof X509Certificate) root = found;
    else if (found !== undefined) yield found;
  }
  if (root !== undefined) yield* dateFindings(root, `the root in ${places.ca}`, question, newRoot);
  for (const other of others)
    if (root === undefined || !isSame(other, root)) {
      const what = `certificate ${chain.indexOf(other) + 1} in ${places.certificate}`;
      yield* dateFindings(other, what, question, 'get the chain again from your CA');
    }
}

/** What to do when the root ends: nobody can renew it behind the backs of its clients. */
export const newRoot =
  'make a new root and a new certificate in another folder, and let every client trust both roots before the gateway serves the new certificate';

export const date = (time: number) => new Date(time).toISOString().slice(0, 10);

function* dateFindings(
  { validFrom, validTo }: X509Certificate,
  what: string,
  { now, soon }: Pick<Question, 'now' | 'soon'>,
  renew: string,
): Iterable<Finding> {
  const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
  if (from > now) yield { finding: `${what} is valid from ${date(from)} on`, remedy: 'check the clocks, or wait' };
  if (to < now) yield { finding: `${what} expired on ${date(to)}`, remedy: renew };
  else if (to < now + soon * day)
    yield { finding: `${what} expires on ${date(to)}, in less than ${soon} days`, remedy: renew };
}
