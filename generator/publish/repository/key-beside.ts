/** The public key that lies beside the packages of a repository, for its page. */
import type { PageData } from '../../page/index.ts';
import type { Publisher } from '../../publisher/publisher.ts';
import type { ReadFile } from '../release.ts';

/** Binary, as `helm --keyring` takes it. */
const keyringFile = 'signing-key.gpg';

/**
 * Where the page gets the key: from the address that the publisher says, or else from beside the packages. The fingerprint is
 * the publisher's word, or else that of the one key which lies there. Nothing where there is neither.
 */
export async function signKeyOf(said: Publisher['signKey'], readFile: ReadFile): Promise<PageData['signKey']> {
  const there = await fingerprintsIn(readFile(keyringFile));
  if (said === undefined && there.length === 0) return undefined;
  const fingerprint = said?.fingerprint ?? (there.length === 1 ? there[0] : undefined);
  return {
    ...(said ? { url: said.url } : { beside: keyringFile }),
    ...(fingerprint && { fingerprint }),
  };
}

/** In upper-case hexadecimal; none for what is no OpenPGP key. The library is loaded only where there is a file. */
async function fingerprintsIn(data: Uint8Array | undefined): Promise<string[]> {
  if (data === undefined) return [];
  const { readKeys } = await import('openpgp');
  const keys = await readKeys({ binaryKeys: data }).catch(() => []);
  return keys.map(key => key.getFingerprint().toUpperCase());
}
