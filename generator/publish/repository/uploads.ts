/** What to upload to an object storage, in which order, so that readers and other publishers lose nothing. */
import type { PlannedFile } from './plan.ts';

export interface Upload {
  /** Key below the address of the repository. */
  readonly key: string;
  /** The local file. */
  readonly file: string;
  readonly contentType: string;
  readonly cacheControl: string;
  /** The condition under which the storage may take it; without one, the last upload counts. */
  readonly condition?: { readonly header: string; readonly why: string };
  readonly digest: string;
  readonly size: number;
}

const contentTypes: readonly (readonly [RegExp, string])[] = [
  [/\.tgz$/, 'application/gzip'],
  [/\.prov$/, 'text/plain; charset=utf-8'],
  [/\.asc$/, 'application/pgp-keys'],
  [/\.cdx\.json$/, 'application/vnd.cyclonedx+json'],
  [/\.ya?ml$/, 'application/yaml'],
  [/\.html$/, 'text/html; charset=utf-8'],
];

const once = {
  header: 'If-None-Match: *',
  why: 'when the storage answers 412, the file is there: compare its sum, and go on when it is the same',
} as const;
const newIndex = {
  header: 'If-None-Match: *',
  why: 'when the storage answers 412, another publisher was first: fetch index.yaml and its ETag, and publish again with --index',
} as const;
const sameIndex = {
  header: 'If-Match: "ETAG"',
  why: 'ETAG is that of the index.yaml which you gave with --index, on Google Cloud Storage x-goog-if-generation-match: GENERATION; when the storage answers 412, another publisher was first: fetch it again, and publish again',
} as const;

/** In the order in which they must be uploaded; `pathOf` says where a file is on this machine. */
export function uploads(files: readonly PlannedFile[], isNew: boolean, pathOf: (name: string) => string): Upload[] {
  return files.map(({ what, digest, size, isImmutable }) => {
    const condition = isImmutable ? once : what === 'index.yaml' ? (isNew ? newIndex : sameIndex) : undefined;
    return {
      key: what,
      file: pathOf(what),
      contentType: contentTypes.find(([pattern]) => pattern.test(what))?.[1] ?? 'application/octet-stream',
      cacheControl: isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(condition && { condition }),
      digest,
      size,
    };
  });
}

export function uploadsText(list: readonly Upload[]): string {
  return list
    .map(
      ({ key, file, contentType, cacheControl, condition }, i) =>
        `${i + 1}. ${file} -> ${key}\n   Content-Type: ${contentType}\n   Cache-Control: ${cacheControl}\n${
          condition ? `   ${condition.header}   (${condition.why})\n` : ''
        }`,
    )
    .join('');
}
