/** One call to a registry, again when it fails in a way that may pass. */
import { type IncomingHttpHeaders, request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { GeneratorError } from '../../errors.ts';

export interface Call {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

export interface Patience {
  /** How often a call is made again. */
  readonly retries: number;
  /** Seconds for one answer. */
  readonly requestTimeout: number;
  /** Waits milliseconds; tests give their own. */
  readonly wait?: ((milliseconds: number) => Promise<unknown>) | undefined;
}
export interface CallOptions extends Patience {
  /** PEM of the only CAs to trust; those of Node without it. */
  readonly ca?: string | undefined;
  /** What a person reads of a failure that is tried again. */
  readonly talk: (text: string) => void;
}

/** A manifest is at most 4 MiB; nothing else that we ask for is larger. */
const largest = 4 * 1024 * 1024;
export const mayPass = new Set([408, 425, 429, 500, 502, 503, 504]);
const brokenOff = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const longestWait = 60_000;

/** An answer, whatever its status. Rejects with the system's error, or one with the code ETIMEDOUT. */
function callOnce({ method, url, headers = {}, body }: Call, { ca, requestTimeout }: CallOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined && method !== 'POST' ? {} : { 'content-length': String(body?.length ?? 0) };
    // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not count.
    const tls = { ...(ca !== undefined && { ca }), rejectUnauthorized: true };
    const settings = {
      method,
      headers: { 'user-agent': 'serverless-mesh', ...headers, ...length },
      agent: false as const,
    };
    const request = url.protocol === 'https:' ? tlsRequest(url, { ...settings, ...tls }) : plainRequest(url, settings);
    const fail = (code: string) => request.destroy(Object.assign(new Error(code), { code }));
    const timer = setTimeout(() => fail('ETIMEDOUT'), requestTimeout * 1000);
    request.on('close', () => clearTimeout(timer));
    request.on('error', reject);
    request.on('response', response => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > largest) fail('ETOOLARGE');
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.end(body);
  });
}

/**
 * The answer, or a GeneratorError in one sentence when there is none after all retries. An answer that says "later" (429, 5xx)
 * is one after the last retry, too. `make` makes the call anew, as an upload must be started from its beginning.
 */
export async function callAgain(host: string, make: () => Promise<Answer>, options: CallOptions): Promise<Answer> {
  const { retries, wait = pause, talk } = options;
  for (let tried = 0; ; tried++) {
    const result = await make().catch((error: NodeJS.ErrnoException) => error);
    if (!(result instanceof Error) && !mayPass.has(result.status)) return result;
    if (result instanceof GeneratorError) throw result;
    const why = result instanceof Error ? reason(result) : `answers ${result.status}`;
    const passes = !(result instanceof Error) || brokenOff.has(result.code ?? '');
    if (!passes || tried >= retries)
      throw new GeneratorError(
        `${host}: ${why}${passes ? ` after ${tried + 1} attempts` : ''}; ${passes ? 'publish again later: what is there already is kept' : advice(result)}.`,
      );
    const milliseconds = pauseFor(tried, result instanceof Error ? undefined : result.headers['retry-after']);
    talk(`${host}: ${why}; trying again in ${Math.ceil(milliseconds / 1000)} s\n`);
    await wait(milliseconds);
  }
}

export const single = (call: Call, options: CallOptions): Promise<Answer> => callOnce(call, options);

/** Half a second, then twice as long each time; or as long as the registry says, in seconds or as a date. */
export function pauseFor(tried: number, retryAfter?: string, now = Date.now()): number {
  const own = 500 * 2 ** tried;
  if (retryAfter === undefined) return Math.min(own, longestWait);
  const asked = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  return Math.min(Math.max(Number.isNaN(asked) ? own : asked, 0), longestWait);
}

function reason({ code = 'no answer' }: NodeJS.ErrnoException): string {
  if (code === 'ETIMEDOUT') return 'does not answer in time';
  if (code === 'ECONNRESET' || code === 'EPIPE') return `breaks the connection off (${code})`;
  return `cannot be reached (${code})`;
}

function advice(error: Error): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ENOTFOUND') return 'check the name of the host';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL'))
    return 'check whether it speaks TLS; one on this machine may need --plain-http';
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)) return 'give the CA of its certificate with --ca-file';
  return 'check the address of the registry';
}
