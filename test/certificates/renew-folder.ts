/** The folder of an earlier run, and what stands in it. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { issueCertificates } from '../../generator/certificates/issue.ts';
import { domain } from './make.ts';
import { chance, freshPath, type names } from './run.ts';

const issuedAt = '2030-01-01T00:00:00Z';
export const issued = await issueCertificates(
  {
    appsDomain: domain,
    additionalNames: ['console.example.org', '*.eu.example.org'],
    organization: 'Müller & Söhne, "x"',
    days: 180,
    rootDays: 730,
    bits: 2048,
  },
  { ...chance, now: () => new Date(issuedAt) },
);
export type Name = (typeof names)[number];
export const texts: Readonly<Record<Name, string>> = {
  'root.crt': issued.root.certificate,
  'root.key': issued.root.privateKey,
  'wildcard.crt': issued.wildcard.certificate,
  'wildcard.key': issued.wildcard.privateKey,
};

/** A folder as an earlier run left it, with other texts in place of some, or without a file (null). */
export function folderWith(changed: Readonly<Record<Name, string | null>> = {}): string {
  const outDir = freshPath();
  mkdirSync(outDir);
  for (const [name, text] of Object.entries({ ...texts, ...changed }))
    if (text !== null) writeFileSync(join(outDir, name), text, { mode: name.endsWith('.key') ? 0o600 : 0o644 });
  return outDir;
}
export const read = (outDir: string, name: string) => readFileSync(join(outDir, name), 'utf8');
export const certificateIn = (outDir: string, name = 'wildcard.crt') => new X509Certificate(read(outDir, name));
export const pairIn = (outDir: string, name: string) => ({
  certificate: read(outDir, `${name}.crt`),
  privateKey: read(outDir, `${name}.key`),
});
export const fits = ({ certificate, privateKey }: { certificate: string; privateKey: string }) =>
  new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey));
