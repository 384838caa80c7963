/**
 * Reading and writing one repository of a registry.
 * Source: https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
import { GeneratorError } from '../../errors.ts';
import { sha256 } from '../../output/sums.ts';
import { type Answer, type Call, callAgain } from './call.ts';
import { type Blob, imageManifest } from './manifest.ts';
import { imageIndex } from './sbom.ts';
import { openSession, resolved, type SessionOptions } from './session.ts';
import type { Registry } from './target.ts';

export interface OciRepository {
  /** Digest of what a tag or digest names; undefined where there is nothing. */
  readonly digestOf: (reference: string) => Promise<string | undefined>;
  readonly manifest: (reference: string) => Promise<string | undefined>;
  readonly hasBlob: (blob: Blob) => Promise<boolean>;
  /** Uploads a blob, unless it is there. */
  readonly putBlob: (blob: Blob) => Promise<void>;
  /** The answer is one of success, or one that `accepted` takes. */
  readonly putManifest: (reference: string, manifest: Blob, accepted?: readonly number[]) => Promise<Answer>;
}

const accept = { accept: `${imageManifest}, ${imageIndex}` };

/** Every function throws a GeneratorError, after its retries, where the registry does not do what it should. */
export function openRepository(registry: Registry, name: string, options: SessionOptions): OciRepository {
  const send = openSession(registry, name, options);
  const { host, origin } = registry;
  const url = (path: string) => new URL(`${origin}/v2/${name}/${path}`);
  const again = (make: () => Promise<Answer>) => callAgain(host, make, options);
  const expect = (answer: Answer, what: string, statuses: readonly number[]): Answer => {
    if (statuses.includes(answer.status)) return answer;
    throw refusal(answer, host, name, what);
  };
  const read = async (method: 'GET' | 'HEAD', path: string, what: string) => {
    const answer = await again(() => send({ method, url: url(path), headers: accept }));
    return expect(answer, what, [200, 404]);
  };
  const manifest = async (reference: string) => {
    const { status, body } = await read('GET', `manifests/${reference}`, `reading ${reference}`);
    return status === 404 ? undefined : new TextDecoder().decode(body);
  };
  return {
    manifest,
    digestOf: async reference => {
      const { status, headers } = await read('HEAD', `manifests/${reference}`, `reading ${reference}`);
      if (status === 404) return undefined;
      const digest = headers['docker-content-digest'];
      if (typeof digest === 'string') return digest;
      const text = await manifest(reference);
      return text === undefined ? undefined : `sha256:${sha256(text)}`;
    },
    hasBlob: async ({ digest }) => (await read('HEAD', `blobs/${digest}`, 'reading a blob')).status === 200,
    putBlob: async blob => {
      expect(await again(() => upload(blob, url, send, registry)), 'an upload', [200, 201]);
    },
    putManifest: async (reference, { mediaType, data, digest }, accepted = []) => {
      const call: Call = {
        method: 'PUT',
        url: url(`manifests/${reference}`),
        headers: { 'content-type': mediaType },
        body: data,
      };
      const answer = expect(await again(() => send(call)), `writing ${reference}`, [201, ...accepted]);
      const stored = answer.headers['docker-content-digest'] ?? digest;
      if (answer.status === 201 && stored !== digest)
        throw new GeneratorError(
          `${host}: stores ${name}:${reference} as ${String(stored)} instead of ${digest}; check the registry.`,
        );
      return answer;
    },
  };
}

/** From its beginning each time: a chart is small, and half an upload is forgotten by the registry. */
async function upload(
  { digest, data }: Blob,
  url: (path: string) => URL,
  send: (call: Call) => Promise<Answer>,
  registry: Registry,
): Promise<Answer> {
  const there = await send({ method: 'HEAD', url: url(`blobs/${digest}`) });
  if (there.status !== 404) return there;
  const start = url('blobs/uploads/');
  const started = await send({ method: 'POST', url: start });
  if (started.status !== 202) return started;
  const to = resolved(started.headers.location ?? '', start.href, registry);
  to.searchParams.set('digest', digest);
  return await send({ method: 'PUT', url: to, headers: { 'content-type': 'application/octet-stream' }, body: data });
}

function refusal({ status, body }: Answer, host: string, name: string, what: string): GeneratorError {
  const code = codeIn(body);
  const todo =
    status === 401 || status === 403
      ? `check that you may push to ${name}, and log in again, with helm registry login ${host}`
      : 'check the path and the rules of the registry';
  return new GeneratorError(
    `${host}: refuses ${what} in ${name} (${[status, code].filter(Boolean).join(' ')}); ${todo}.`,
  );
}

/** The registry's own word, as DENIED; never more of what it says. */
function codeIn(body: Uint8Array): string | undefined {
  try {
    const { errors } = JSON.parse(new TextDecoder().decode(body)) as { errors?: { code?: unknown }[] };
    const code = errors?.[0]?.code;
    return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : undefined;
  } catch {
    return undefined;
  }
}
