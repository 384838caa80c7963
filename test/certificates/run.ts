/** Runs `certificates` in this process, with keys that are made once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { type Chance, systemChance } from '../../generator/certificates/issue.ts';
import { type CertificatesOptions, runCertificates } from '../../generator/commands/certificates.ts';
import { type RenewOptions, runRenew } from '../../generator/commands/certificates-renew.ts';
import { GeneratorError } from '../../generator/errors.ts';
import type { Io, Status } from '../../generator/io.ts';

export const names = ['root.crt', 'root.key', 'wildcard.crt', 'wildcard.key'];
const pairs = [await systemChance.generateKeys(2048), await systemChance.generateKeys(2048)];
let calls = 0;
export const chance: Chance = { ...systemChance, generateKeys: async () => pairs[calls++ % 2]! };

export const base = mkdtempSync(join(tmpdir(), 'certificates-'));
process.on('exit', () => rmSync(base, { recursive: true }));
let directories = 0;
export const freshPath = () => join(base, `out-${directories++}`);

export const options: CertificatesOptions = {
  appsDomain: 'apps.openshift.example.com',
  outDir: 'unused',
  days: 365,
  rootDays: 365,
  organization: 'Example Inc.',
  bits: 2048,
  namespace: 'istio-system',
  secretName: 'wildcard-certs',
};

/** What a command printed; `message` is what it threw. */
async function told(command: (io: Io) => Promise<Status>) {
  const printed = { out: '', talk: '', message: '' };
  const out = (text: string) => {
    printed.out += text;
  };
  const talk = (text: string) => {
    printed.talk += text;
  };
  try {
    const status = await command({ out, talk, interactive: false });
    return { ...printed, status };
  } catch (error) {
    assert.instance(error, GeneratorError);
    const { code, message } = error as GeneratorError;
    return { ...printed, message, status: code };
  }
}

export const run = (changed: Partial<CertificatesOptions>, source = chance) =>
  told(io => runCertificates({ ...options, ...changed }, io, source));

/** Keys of its own, so that a renewed certificate has another one. */
const renewedPair = await systemChance.generateKeys(2048);
export const renewChance = (now: string, bits: number[] = []): Chance => ({
  ...systemChance,
  now: () => new Date(now),
  generateKeys: async size => {
    bits.push(size);
    return renewedPair;
  },
});
export const runRenewal = (changed: Partial<RenewOptions> & { readonly outDir: string }, source: Chance) =>
  told(io => {
    const { namespace, secretName } = options;
    return runRenew({ namespace, secretName, days: 365, ...changed }, io, source);
  });
