/** What the three certificates commands share: their options, and how they speak of files. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAppsDomain, labelPattern, subdomainPattern } from '../certificates/names.ts';
import { GeneratorError } from '../errors.ts';

/** What issue writes, and renew reads. */
export const fileNames = ['root.crt', 'root.key', 'wildcard.crt', 'wildcard.key'] as const;
export type FileName = (typeof fileNames)[number];

export interface SecretOptions {
  /** Where the ingress gateway reads the Secret. */
  readonly namespace: string;
  readonly secretName: string;
}

export function refuse(message: string): never {
  throw new GeneratorError(message, 2);
}

export function isWhole(value: number, maximum: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= maximum;
}

export function checkDomain(appsDomain: string): void {
  if (!isAppsDomain(appsDomain))
    refuse(
      `apps domain ${JSON.stringify(appsDomain)} is not a DNS name in lower case; write apps.example.com, without *. and https://`,
    );
}

/** Life of a server certificate. */
export function checkDays(days: number): void {
  if (!isWhole(days, 825))
    refuse(`days ${days}: write a whole number from 1 to 825; Apple's clients refuse a longer server certificate`);
}

export function checkBits(bits: number): void {
  if (![2048, 3072, 4096].includes(bits)) refuse(`bits ${bits}: write 2048, 3072 or 4096`);
}

export function checkFolder(outDir: string): void {
  if (outDir === '') refuse('output directory "": write its path, as certificates');
}

export function checkSecret({ namespace, secretName }: SecretOptions): void {
  if (!labelPattern.test(namespace))
    refuse(`namespace ${JSON.stringify(namespace)} is not a name that Kubernetes accepts; write one as istio-system`);
  if (!subdomainPattern.test(secretName) || secretName.length > 253)
    refuse(
      `secret name ${JSON.stringify(secretName)} is not a name that Kubernetes accepts; write one as wildcard-certs`,
    );
}

/** Text of a file that must exist. */
export function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refuse(
      code === 'ENOENT'
        ? `${path}: does not exist; name a file in PEM`
        : `${path}: cannot be read (${code}); name a file in PEM that you may read`,
    );
  }
}

/** YAML; every string in JSON's quotes, because YAML 1.1 reads a fingerprint as a number and a time as a date. */
export function describe(name: string, pathOf: (name: string) => string, pem: string): string {
  const certificate = new X509Certificate(pem);
  const rows = {
    certificate: pathOf(`${name}.crt`),
    privateKey: pathOf(`${name}.key`),
    sha256: certificate.fingerprint256,
    notAfter: new Date(certificate.validTo).toISOString(),
  };
  return `${name}:\n${Object.entries(rows)
    .map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`)
    .join('')}`;
}
