/** A classic repository: a folder that any web server can serve, or that is uploaded to an object storage. */
import { join } from 'node:path';
import { GeneratorError } from '../errors.ts';
import { withLock } from '../output/lock.ts';
import { makeFolder, readIfThere, removeLeftOvers } from '../output/published.ts';
import { writeTogether } from '../output/together.ts';
import type { Change, Published } from '../publish/change.ts';
import type { Release } from '../publish/release.ts';
import { indexFile, type PlannedFile, planRepository } from '../publish/repository/plan.ts';
import { type Upload, uploads, uploadsText } from '../publish/repository/uploads.ts';
import { readPublisher } from '../publisher/read.ts';

export interface RepositoryOptions {
  readonly target: string;
  readonly dryRun: boolean;
  /** Address of the repository, for the index. */
  readonly url?: string | undefined;
  /** The index.yaml to add to, where it is not the one in the folder. */
  readonly index?: string | undefined;
  /** Say what to upload, too. */
  readonly uploadPlan?: boolean | undefined;
  /** publisher.yaml. */
  readonly publisher?: string | undefined;
  /** Seconds to wait for another publisher. */
  readonly lockTimeout: number;
}

export interface RepositoryResult {
  readonly published: Published;
  readonly uploads?: readonly Upload[];
  /** Instead of the list of changes. */
  readonly text?: string;
}

export const lockFile = '.publish.lock';

/** What would change with dryRun, which makes not even a folder. */
export async function publishToRepository(release: Release, options: RepositoryOptions): Promise<RepositoryResult> {
  const { target, dryRun, lockTimeout } = options;
  if (!(lockTimeout >= 0)) throw new GeneratorError('--lock-timeout: write a number of seconds, 0 or more.', 2);
  if (dryRun) return result(await plan(release, options), options);
  makeFolder(target);
  return await withLock(join(target, lockFile), lockTimeout, async () => {
    removeLeftOvers(target);
    const files = await plan(release, options);
    const changed = files.filter(({ action }) => action !== 'keep');
    // All are on the disk before the first is put in place, so that a full disk changes nothing; index.yaml is put there last:
    // a run that is killed leaves an index that names only what is there whole.
    writeTogether(new Map(changed.map(({ what, data }) => [join(target, what), data])), {});
    return result(files, options);
  });
}

function plan(release: Release, options: RepositoryOptions): Promise<PlannedFile[]> {
  const { target, url, publisher } = options;
  const where = options.index ?? join(target, indexFile);
  const text = readIfThere(where);
  if (text === undefined && options.index !== undefined)
    throw new GeneratorError(`${where}: is missing; fetch index.yaml of the repository, or leave --index out.`, 2);
  return planRepository(release, name => readIfThere(join(target, name)), {
    publisher: readPublisher(publisher),
    url,
    index: { text: new TextDecoder().decode(text), where },
  });
}

function result(
  files: readonly PlannedFile[],
  { target, dryRun, uploadPlan, index }: RepositoryOptions,
): RepositoryResult {
  const changes = files.map(({ action, what, digest, size }): Change => ({ action, what, digest, size }));
  const published = { target, dryRun, changes };
  if (!uploadPlan) return { published };
  const isNew = index === undefined && files.at(-1)?.action === 'add';
  const list = uploads(files, isNew, name => join(target, name));
  return { published, uploads: list, text: uploadsText(list) };
}
