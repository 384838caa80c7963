import { join } from 'node:path';
import { GeneratorError } from '../errors.ts';
import type { Io, Status } from '../io.ts';
import { readIfThere } from '../output/published.ts';
import { changesText, type Published, summaryText } from '../publish/change.ts';
import { readRelease } from '../publish/release.ts';
import type { RegistryOptions } from './publish-registry.ts';
import { publishToRepository, type RepositoryOptions } from './publish-repository.ts';

export interface PublishOptions extends RepositoryOptions, RegistryOptions {
  /** A folder, or oci://HOST[:PORT]/PATH. */
  readonly target: string;
  /** Folder that `package` wrote. */
  readonly from: string;
  readonly output: 'text' | 'json';
}

const registryScheme = 'oci://';

/**
 * Publishes a release to a folder (a classic repository) or to an OCI registry; says what it changed, or would change.
 *
 * @throws GeneratorError (2) for a wrong option, (1) for a release that is not whole, content that changed under a published
 * version, and a target that cannot be written: then what was published before is as it was.
 */
export async function runPublish(options: PublishOptions, io: Io): Promise<Status> {
  const { target, from, output } = options;
  checkTarget(options);
  const release = await readRelease(from, name => readIfThere(join(from, name)));
  if (target.startsWith(registryScheme)) {
    const { publishToRegistry } = await import('./publish-registry.ts');
    print(await publishToRegistry(release, options, io), output, io);
  } else {
    const { published, uploads, text } = await publishToRepository(release, options);
    print({ ...published, ...(uploads && { uploads }) }, output, io, text);
  }
  return 0;
}

function print(published: Published, output: 'text' | 'json', io: Io, text = changesText(published)): void {
  io.out(output === 'json' ? `${JSON.stringify(published, null, 2)}\n` : text);
  io.talk(summaryText(published));
}

/** `SCHEME://USER:PASSWORD@`, as a forge or a registry may hand an address out. */
const user = /^([a-z0-9+.-]+:\/\/)[^/]*@/i;
const holdsUser = (address: string) => user.test(address);

function checkTarget({
  target,
  from,
  url,
  index,
  uploadPlan,
  plainHttp,
  plainHttpRemote,
  caFile,
}: PublishOptions): void {
  const refuse = (sentence: string) => {
    throw new GeneratorError(sentence, 2);
  };
  if (target === '') refuse('no target is given; write a folder or oci://HOST/PATH behind publish.');
  if (from === '') refuse('--from is empty; name the folder that package wrote.');
  if (holdsUser(target))
    refuse(
      `${target.replace(user, '$1***@')}: holds a user or a password, which others can see in the list of processes; leave it out, and log in with helm registry login.`,
    );
  const isRegistry = target.startsWith(registryScheme);
  // Else it would become a folder of that name.
  if (/^oci:(?!\/\/)/i.test(target)) refuse(`${target}: is no folder; write a registry as oci://HOST/PATH.`);
  if (!isRegistry && /^[a-z0-9+.-]+:\/\//i.test(target))
    refuse(
      `${target}: is neither a folder nor an OCI registry; write a folder or oci://HOST/PATH. For object storage, write a folder and --upload-plan.`,
    );
  const forFolders = { '--url': url, '--index': index, '--upload-plan': uploadPlan };
  const forRegistries = { '--plain-http': plainHttp, '--plain-http-remote': plainHttpRemote, '--ca-file': caFile };
  const others = Object.entries(isRegistry ? forFolders : forRegistries);
  const wrong = others.find(([, value]) => value !== undefined && value !== false)?.[0];
  if (wrong !== undefined)
    refuse(`${wrong} is for ${isRegistry ? 'a folder' : 'an OCI registry'}; leave it out, or name another target.`);
  if (url !== undefined && holdsUser(url))
    refuse('--url: holds a user or a password, which everybody could read in the index; leave it out.');
  if (url !== undefined && !(/^https?:\/\/[^\s?#]+$/.test(url) && URL.canParse(url)))
    refuse(`--url ${JSON.stringify(url)}: is no address of a repository; write one as https://charts.example.com.`);
}
