/** Certificates and private keys in PEM: what a text holds, and in one sentence what it should hold. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Finding } from '../checks/check.ts';

interface Block {
  readonly label: string;
  readonly text: string;
}

/** What was read, and what is wrong with the text. No sentence quotes the text: it may hold a key. */
export interface Read<T> {
  readonly value: T;
  readonly findings: readonly Finding[];
}

const begin = /^-----BEGIN ([A-Z0-9 ]{1,40})-----$/;

/** Line by line, so that a text with many beginnings and no end takes no longer. */
function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: { label: string; lines: string[] } | undefined;
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    const label = begin.exec(line)?.[1];
    if (label !== undefined) open = { label, lines: [line] };
    else if (open !== undefined) {
      open.lines.push(line);
      if (line !== `-----END ${open.label}-----`) continue;
      blocks.push({ label: open.label, text: `${open.lines.join('\n')}\n` });
      open = undefined;
    }
  }
  return blocks;
}

const isKey = ({ label }: Block) => /(^| )PRIVATE KEY$/.test(label);
const isCertificate = ({ label }: Block) => label === 'CERTIFICATE';

/** A file of certificates that holds a key, and a file of keys that holds a certificate. */
export function areSwapped(certificate: string, privateKey: string): boolean {
  const [first, second] = [blocksOf(certificate), blocksOf(privateKey)];
  const has = (blocks: Block[], is: (block: Block) => boolean) => blocks.some(is);
  return has(first, isKey) && !has(first, isCertificate) && has(second, isCertificate) && !has(second, isKey);
}

/** What stands there in place of what is asked for; `path` goes into commands. */
function instead(blocks: readonly Block[], text: string, path: string): readonly [what: string, remedy?: string] {
  const labels = blocks.map(block => block.label);
  if (text.trim() === '') return ['is empty'];
  // DER, and PKCS #12, are a sequence of more than 127 bytes: 30 8x, of which the second is no UTF-8.
  if (/^0\uFFFD/.test(text))
    return [
      'is binary, and must be PEM',
      `convert DER with openssl x509 or pkey -inform DER, PKCS #12 with openssl pkcs12, of ${path}`,
    ];
  if (labels.includes('CERTIFICATE REQUEST') || labels.includes('NEW CERTIFICATE REQUEST'))
    return ['holds a certificate request', 'let the CA sign it, and use the certificate that it gives you'];
  if (labels.includes('PKCS7') || labels.includes('CMS'))
    return ['holds PKCS #7', 'convert it with openssl pkcs7 -print_certs'];
  return [''];
}

/** The certificates of a text in their order, the one for the server first. */
export function readCertificates(text: string, place: string): Read<readonly X509Certificate[]> {
  const findings: Finding[] = [];
  const blocks = blocksOf(text);
  if (blocks.some(isKey))
    findings.push({
      finding: `${place} holds a private key beside or in place of a certificate`,
      remedy: 'leave only certificates there; if others could read it, get a new key and a new certificate',
    });
  const value: X509Certificate[] = [];
  for (const [index, block] of blocks.filter(isCertificate).entries())
    try {
      value.push(new X509Certificate(block.text));
    } catch {
      // In a chain with a hole, no other sentence would be true.
      const finding = `certificate ${index + 1} in ${place} cannot be read`;
      return { value: [], findings: [...findings, { finding, remedy: 'get it again from your CA; it is damaged' }] };
    }
  if (value.length === 0 && findings.length === 0) {
    const [what, remedy = 'write the certificate in PEM, which begins with -----BEGIN CERTIFICATE-----'] = instead(
      blocks,
      text,
      place,
    );
    findings.push({ finding: `${place} ${what || 'holds no certificate in PEM'}`, remedy });
  }
  return { value, findings };
}

/** The one private key of a text. */
export function readPrivateKey(text: string, place: string): Read<KeyObject | undefined> {
  const blocks = blocksOf(text);
  const [block, ...more] = blocks.filter(isKey);
  const no = (finding: string, remedy: string) => ({
    value: undefined,
    findings: [{ finding: `${place} ${finding}`, remedy }],
  });
  if (block === undefined) {
    const [what, remedy = 'write the private key in PEM, which begins with -----BEGIN PRIVATE KEY-----'] = instead(
      blocks,
      text,
      place,
    );
    return no(what || 'holds no private key in PEM', remedy);
  }
  if (more.length > 0)
    return no(`holds ${blocks.filter(isKey).length} private keys`, 'leave only the one of the certificate');
  if (block.label.startsWith('ENCRYPTED') || /^Proc-Type:.*ENCRYPTED/m.test(block.text))
    return no(
      'holds an encrypted key, and neither the gateway nor this program asks for a password',
      'decrypt it with openssl pkey',
    );
  try {
    return { value: createPrivateKey(block.text), findings: [] };
  } catch {
    // What OpenSSL says of it is not for everybody's eyes.
    return no('holds a private key that cannot be read', 'write it as openssl pkey does: RSA or EC, in PEM');
  }
}
