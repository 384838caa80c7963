/** Where charts go in an OCI registry: oci://HOST[:PORT]/PATH. */
import { GeneratorError } from '../../errors.ts';

export interface Registry {
  /** With its port, as in the target. */
  readonly host: string;
  /** http://HOST or https://HOST, as URL writes an origin: in lower case, without a port that is the scheme's own. */
  readonly origin: string;
  /** Of the repositories of the charts, without slashes at its ends. */
  readonly path: string;
}

/** A part of a repository's name. Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const part = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const shape = new RegExp(`^oci://((?:[A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+\\])(?::\\d{1,5})?)/(${part}(?:/${part})*)/?$`);

/**
 * By these names people and programs call Docker Hub, whose registry has another.
 * Source: https://github.com/oras-project/oras-go/blob/main/registry/reference.go, Host
 */
export const dockerHubs: readonly string[] = ['docker.io', 'index.docker.io'];
export const dockerHub = 'registry-1.docker.io';

/** True for an address of this very machine: what is sent there is not on a network. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '');
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

export interface PlainOptions {
  readonly plainHttp?: boolean | undefined;
  /** Plain HTTP to another machine, too. */
  readonly plainHttpRemote?: boolean | undefined;
}

/** Throws a usage error for what is no target, and for plain HTTP that would leave this machine unasked. */
export function registryOf(target: string, { plainHttp = false, plainHttpRemote = false }: PlainOptions): Registry {
  const [, host = '', path = ''] = shape.exec(target) ?? [];
  if (host === '' || !URL.canParse(`https://${host}`))
    throw new GeneratorError(
      `${JSON.stringify(target)}: is no path in a registry; write one as oci://registry.example.com/charts, without the name of a chart and in lower case.`,
      2,
    );
  if (plainHttpRemote && !plainHttp)
    throw new GeneratorError('--plain-http-remote: is for --plain-http; write both, or none.', 2);
  const { origin } = new URL(`${plainHttp ? 'http' : 'https'}://${dockerHubs.includes(host) ? dockerHub : host}`);
  if (plainHttp && !plainHttpRemote && !isLoopback(new URL(origin).hostname))
    throw new GeneratorError(
      `${host}: --plain-http would send the charts over a network where anyone can change them; leave it out, or add --plain-http-remote.`,
      2,
    );
  return { host, origin, path };
}

/** A tag cannot hold the + of a version; Helm writes _ and reads it back. */
export const tagOf = (version: string): string => version.replaceAll('+', '_');
