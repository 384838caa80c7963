/** Signs packages as `helm package --sign` does, with a key of gpg's that is made for the test. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { sha256 } from '../../generator/output/sums.ts';
import type { ChartOptions } from '../publish/release.ts';

export interface Signer {
  readonly sign: NonNullable<ChartOptions['sign']>;
  /** Keyring for helm verify. */
  readonly keyring: string;
  readonly end: () => void;
}

export function newSigner(): Signer {
  // Short: gpg's agent has a socket in it.
  const home = mkdtempSync(join(tmpdir(), 'gpg-'));
  const env = { ...process.env, GNUPGHOME: home };
  const gpg = (...args: string[]) => execaSync('gpg', ['--batch', '--yes', ...args], { env, encoding: 'buffer' });
  gpg('--passphrase', '', '--quick-gen-key', 'Test <test@example.com>', 'rsa2048', 'sign', 'never');
  const keyring = join(home, 'keyring.gpg');
  gpg('--output', keyring, '--export');
  return {
    keyring,
    sign: ({ fileName, data }, chartYaml) => {
      const file = join(home, 'message');
      writeFileSync(file, `${chartYaml}\n...\nfiles:\n  ${fileName}: sha256:${sha256(data)}\n`);
      gpg('--digest-algo', 'SHA512', '--output', `${file}.asc`, '--clear-sign', file);
      return new Uint8Array(readFileSync(`${file}.asc`));
    },
    end: () => {
      execaSync('gpgconf', ['--kill', 'all'], { env });
      rmSync(home, { recursive: true, force: true });
    },
  };
}
