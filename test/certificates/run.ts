/** Runs `certificates` in this process, with keys that are made once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { type Chance, systemChance } from '../../generator/certificates/issue.ts';
import { type CertificatesOptions, runCertificates } from '../../generator/commands/certificates.ts';
import { GeneratorError } from '../../generator/errors.ts';

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

/** Runs the command; `message` is what it threw. */
export async function run(changed: Partial<CertificatesOptions>, source = chance) {
  const printed = { out: '', talk: '', message: '' };
  const out = (text: string) => {
    printed.out += text;
  };
  const talk = (text: string) => {
    printed.talk += text;
  };
  try {
    const status = await runCertificates({ ...options, ...changed }, { out, talk, interactive: false }, source);
    return { ...printed, status };
  } catch (error) {
    assert.instance(error, GeneratorError);
    const { code, message } = error as GeneratorError;
    return { ...printed, message, status: code };
  }
}
