/** What package is told about signing. Secrets come from files or file descriptors, never from arguments or the environment. */
import { closeSync, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { isatty } from 'node:tty';
import { GeneratorError } from '../errors.ts';
import type { Signer } from '../pack/sign.ts';
import { openToOthers } from './open-to-others.ts';

export interface SigningOptions {
  /** File of a secret OpenPGP key; without it, nothing is signed. */
  readonly signKey?: string | undefined;
  readonly passphraseFile?: string | undefined;
  readonly passphraseFd?: number | undefined;
}

/** Opens the key that signs; undefined when none is named. `date` in seconds since 1970. */
export async function signerOf(options: SigningOptions, date: number): Promise<Signer | undefined> {
  const { signKey, passphraseFile, passphraseFd } = options;
  const given = [passphraseFile, passphraseFd].filter(option => option !== undefined).length;
  if (given > 1) throw usage('--passphrase-file and --passphrase-fd are both given; write one of them');
  if (signKey === undefined) {
    if (given > 0) throw usage('--sign-key is missing; name the key that the passphrase opens');
    return undefined;
  }
  if (signKey === '') throw usage('--sign-key is empty; name a file');
  const data = readSecret(signKey, 'name the file of a secret key');
  const passphrase = passphraseOf(options);
  const { openSigner } = await import('../pack/sign.ts');
  return openSigner(data, { where: signKey, passphrase, date });
}

const usage = (what: string) => new GeneratorError(`${what}.`, 2);

/** Without the end of its line, which editors and echo add. */
function passphraseOf({ passphraseFile, passphraseFd }: SigningOptions): string | undefined {
  if (passphraseFile === '') throw usage('--passphrase-file is empty; name a file');
  const data =
    passphraseFile === undefined
      ? passphraseFd !== undefined && readDescriptor(passphraseFd)
      : readSecret(passphraseFile, 'name the file of a passphrase');
  if (!data) return undefined;
  const passphrase = data.toString('utf8').replace(/\r?\n$/, '');
  const where = passphraseFile ?? `--passphrase-fd ${passphraseFd}`;
  if (passphrase === '') throw usage(`${where}: is empty; write the passphrase of the key there`);
  return passphrase;
}

function readDescriptor(fd: number): Buffer {
  const where = `--passphrase-fd ${fd}`;
  if (!Number.isInteger(fd) || fd < 0 || fd === 1 || fd === 2)
    throw usage(`${where}: is nothing to read from; write 0 for standard input, or 3 with 3<FILE behind the command`);
  if (isatty(fd)) throw usage(`${where}: is a terminal, which would show the passphrase; give a pipe or a file`);
  try {
    return readFileSync(fd);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usage(`${where}: cannot be read (${code}); open it in the shell, as with ${fd}<FILE behind the command`);
  }
}

/** A file that only its owner may read. Pipes will do: shells pass <(...) as one. */
function readSecret(path: string, instead: string): Buffer {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    refuseOpen(path, fstatSync(fd));
    return readFileSync(fd);
  } catch (error) {
    if (error instanceof GeneratorError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw usage(`${path}: ${code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`}; ${instead}`);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function refuseOpen(path: string, entry: Stats): void {
  const mode = openToOthers(entry);
  if (mode !== undefined)
    throw new GeneratorError(
      `${path}: is open to other users (mode ${mode}); run chmod 600 ${path}, and get a new secret if others could read it.`,
    );
}
