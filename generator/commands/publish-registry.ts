/** An OCI registry, from which Helm installs with oci://HOST/PATH/NAME. */
import { readFileSync } from 'node:fs';
import { GeneratorError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Change, Published } from '../publish/change.ts';
import { findCredential } from '../publish/oci/credentials.ts';
import { changesOf, planPushes, push } from '../publish/oci/push.ts';
import { openRepository } from '../publish/oci/repository.ts';
import { registryOf } from '../publish/oci/target.ts';
import type { Release } from '../publish/release.ts';
import { ownerFile } from '../publisher/owner-file.ts';
import { readPublisher } from '../publisher/read.ts';

export interface RegistryOptions {
  readonly target: string;
  readonly dryRun: boolean;
  readonly plainHttp?: boolean | undefined;
  readonly plainHttpRemote?: boolean | undefined;
  /** PEM file with the CA of the registry's certificate. */
  readonly caFile?: string | undefined;
  /** publisher.yaml. */
  readonly publisher?: string | undefined;
  readonly retries: number;
  /** Seconds for one answer. */
  readonly requestTimeout: number;
  /** For tests: waits milliseconds between two attempts. */
  readonly wait?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

/** Looks only, with dryRun. */
export async function publishToRegistry(release: Release, options: RegistryOptions, io: Io): Promise<Published> {
  const { target, dryRun, retries, requestTimeout, wait, plainHttpRemote } = options;
  if (!Number.isInteger(retries) || retries < 0 || retries > 20)
    throw new GeneratorError('--retries: write a whole number from 0 to 20.', 2);
  if (!(requestTimeout > 0 && requestTimeout <= 3600))
    throw new GeneratorError('--request-timeout: write a number of seconds, up to 3600.', 2);
  const registry = registryOf(target, options);
  const ca = caOf(options.caFile);
  const credential = once(() => findCredential(registry.host, registry.path));
  const session = { retries, requestTimeout, wait, ca, plainHttpRemote, credential, talk: io.talk };
  const open = (name: string) => openRepository(registry, name, session);
  const publisher = readPublisher(options.publisher);
  const pushes = await planPushes(release, registry, open, chart => ownerFile(publisher, chart));
  const changes: Change[] = [];
  for (const one of pushes) changes.push(...(dryRun ? changesOf(one) : await push(one, io.talk)));
  return { target, dryRun, changes };
}

function caOf(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const text = textOf(path);
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new GeneratorError(`${path}: holds no certificate in PEM; name the file with the CA of the registry.`, 2);
  return text;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new GeneratorError(`${path}: cannot be read (${code}); name a file with certificates in PEM.`, 2);
  }
}

/** A credential helper may ask a person: not for each chart again. */
function once<T>(get: () => Promise<T>): () => Promise<T> {
  let got: Promise<T> | undefined;
  return () => {
    got ??= get();
    return got;
  };
}
