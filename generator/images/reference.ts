/** Image references: what stands in them, and where a mirror has the same image. */

/** `registry/repository[:tag][@digest]`, taken apart. */
export interface Reference {
  /** Host, and port if any; undefined for a short name, which each node looks up as it is configured. */
  readonly registry: string | undefined;
  /** Path and name, `ubi9/httpd-24`. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** `sha256:...`. */
  readonly digest: string | undefined;
}

/** The first part is a registry when it could be no path: github.com/distribution/reference normalize.go, splitDockerDomain. */
const isRegistry = (text: string) => /[.:]/.test(text) || text === 'localhost';

export function parseReference(image: string): Reference {
  const [named = '', digest] = image.split('@');
  const slash = named.indexOf('/');
  const first = named.slice(0, Math.max(slash, 0));
  const registry = isRegistry(first) ? first : undefined;
  const rest = registry === undefined ? named : named.slice(slash + 1);
  const colon = rest.lastIndexOf(':');
  const tagged = colon > rest.lastIndexOf('/');
  return {
    registry,
    repository: tagged ? rest.slice(0, colon) : rest,
    tag: tagged ? rest.slice(colon + 1) : undefined,
    digest,
  };
}

/**
 * Why an image cannot be mirrored as it is written, with what to write instead, to follow `is ..., which`; undefined when it can.
 * oc-mirror takes the first part for the registry, and skips what has neither tag nor digest: github.com/openshift/oc-mirror
 * internal/pkg/image/image.go, ParseRef.
 */
export function whyNotMirrored(image: string): string | undefined {
  const { registry, tag, digest } = parseReference(image);
  if (registry === undefined)
    return 'names no registry, so that each node looks for it as it is configured; write the registry in front, for example registry.redhat.io/ubi9/httpd-24:9.7';
  if (tag === undefined && digest === undefined)
    return 'has neither tag nor digest, so that nobody knows what to mirror; add one, for example :9.7';
  if (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest))
    return 'has a digest that is none; write @sha256: and 64 hexadecimal digits';
  return undefined;
}

const component = '[a-z0-9]+([._-]+[a-z0-9]+)*';
/** `host[:port][/path]`, in what values accept for an image. */
export const mirrorPattern = new RegExp(
  `^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:[0-9]{1,5})?(/${component})*$`,
);

export const isMirrored = (image: string, mirror: string): boolean => image.startsWith(`${mirror}/`);

/**
 * Where the mirror has the image: the path stays, without the registry, as oc-mirror copies it (github.com/openshift/oc-mirror
 * internal/pkg/additional/local_stored_collector.go). What is on the mirror already stays as it is.
 */
export function mirrored(image: string, mirror: string): string {
  const { registry } = parseReference(image);
  return isMirrored(image, mirror) || registry === undefined ? image : `${mirror}/${image.slice(registry.length + 1)}`;
}
