/** Requests to the API server: bounded in time and size, a few at once. Redirects are not followed. */
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { GeneratorError } from '../errors.ts';
import { atOnce, type Entry, entrance } from './credentials.ts';
import { type KubeconfigOptions, loadKubeconfig } from './kubeconfig.ts';
import { newSecrets } from './secrets.ts';
import { Unanswered, Unseen } from './unseen.ts';

export interface ApiOptions extends KubeconfigOptions {
  /** For one request, in milliseconds. */
  readonly requestTimeout: number;
}
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Seconds, as the server asks for. */
  readonly retryAfter?: number;
}
/** Requests without an answer since the last one that had one. */
export interface Waits {
  inVain: number;
}
export interface Asking {
  readonly waits?: Waits;
  /** Of an object its metadata, and nothing else. */
  readonly metadataOnly?: boolean;
}
export interface Api {
  readonly server: string;
  readonly context: string;
  /** The kubeconfig says not to check the certificate of the API server. */
  readonly unchecked: boolean;
  /**
   * Those that share `waits` are not sent once as many as are under way at a time were in vain: a server that hangs is
   * waited for once, and not as often as there are requests.
   *
   * @throws Unseen when there is no answer.
   */
  request(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object, asking?: Asking): Promise<Answer>;
  /** A text without the tokens and keys of this connection. */
  hide(text: string): string;
  close(): void;
}

const largest = 64 * 1024 * 1024;
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** @throws GeneratorError (2) where the kubeconfig cannot be used. Asks nothing yet. */
export function openApi(options: ApiOptions): Api {
  const config = loadKubeconfig(options);
  const url = new URL(config.getCurrentCluster()?.server ?? '');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.test(url.hostname)))
    throw new GeneratorError(
      `The kubeconfig names the server ${url.protocol}//${url.host}, which would show your credentials to others; write https://.`,
      2,
    );
  const secrets = newSecrets();
  secrets.add(url.password);
  const door = entrance(config, secrets);
  const turn = turns(atOnce);
  const base = url.pathname.replace(/\/$/, '');
  return {
    server: `${url.protocol}//${url.host}${base}`,
    context: config.getCurrentContext(),
    unchecked: config.getCurrentCluster()?.skipTLSVerify === true && url.protocol === 'https:',
    request: (method, path, body, { waits = { inVain: 0 }, metadataOnly = false } = {}) =>
      turn(async () => {
        if (waits.inVain >= atOnce) throw notSent(options.requestTimeout);
        const address = new URL(`${url.origin}${base}${path}`);
        try {
          const entry = withAccept(await door.get(), metadataOnly);
          const answer = await send(entry, address, method, body, options.requestTimeout);
          waits.inVain = 0;
          return answer;
        } catch (error) {
          if (error instanceof Unanswered) waits.inVain += 1;
          throw error;
        }
      }),
    hide: secrets.hide,
    close: door.close,
  };
}

/** Lets `most` pieces of work run at a time. The time of a request begins with its turn. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = most;
  return async work => {
    if (free > 0) free -= 1;
    else await new Promise<void>(go => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

const metadata = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const withAccept = (entry: Entry, metadataOnly: boolean): Entry => ({
  ...entry,
  headers: { ...entry.headers, accept: metadataOnly ? metadata : 'application/json' },
});

function send(entry: Entry, url: URL, method: string, body: object | undefined, limit: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const request = (url.protocol === 'http:' ? overHttp : overHttps)(
      url,
      {
        method,
        agent: entry.agent,
        headers: {
          'user-agent': 'serverless-mesh',
          // Node sends the length of no DELETE by itself.
          ...(content === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }),
          ...entry.headers,
        },
        ...(entry.auth === undefined ? {} : { auth: entry.auth }),
      },
      response => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > largest) request.destroy(new Error('EMSGSIZE'));
          else chunks.push(chunk);
        });
        response.on('error', fail);
        response.on('end', () => {
          clearTimeout(timer);
          const retryAfter = Number(response.headers['retry-after']);
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, text, ...(retryAfter > 0 ? { retryAfter } : {}) });
        });
      },
    );
    const timer = setTimeout(() => request.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })), limit);
    const fail = (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(silence(error, limit));
    };
    request.on('error', fail);
    request.end(content);
  });
}

const tryAgain = 'try again, or raise --request-timeout';
const notSent = (limit: number) =>
  new Unseen(`not asked, as ${atOnce} requests in a row had no answer within ${limit / 1000} s`, tryAgain);

/** Why there was no answer. Only the code of an error: its message may repeat what was sent. */
function silence({ code = '', message }: NodeJS.ErrnoException, limit: number): Unseen {
  const reach = 'check the server in the kubeconfig, the network and a VPN';
  if (code === 'ETIMEDOUT') return new Unanswered(`no answer within ${limit / 1000} s`, tryAgain);
  if (code === 'ECONNREFUSED') return new Unseen('the connection is refused', reach);
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code)) return new Unseen('the name of the server is not known here', reach);
  if (message === 'EMSGSIZE')
    return new Unseen('the answer has more than 64 MB', 'look at a smaller cluster, or by hand');
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME|VERIFY|SSL|TLS/.test(code))
    return new Unseen(
      `the TLS connection failed (${code})`,
      'check the certificate-authority of the kubeconfig, or log in again',
    );
  return new Unseen(`the connection broke${/^[A-Z_0-9]+$/.test(code) ? ` (${code})` : ''}`, `try again, or ${reach}`);
}
