import { Agent, request as httpsRequest } from 'node:https';

/** The answer of the API server. */
export interface Answer<T = unknown> {
  readonly status: number;
  /** Parsed JSON; the text itself where it is none. */
  readonly body: T;
}

export interface RestOptions {
  /** JSON is made of anything but a text, which is sent as it is. */
  readonly body?: unknown;
  readonly contentType?: string;
  readonly accept?: string;
  /** Milliseconds, 30 000 if not set. */
  readonly timeout?: number;
  /** Instead of the administrator's. */
  readonly token?: string;
}

/** Sends one request; rejects only when there is no answer. */
export type Rest = (method: string, path: string, options?: RestOptions) => Promise<Answer>;

/** A client of the API server on 127.0.0.1 with its certificate pinned and connections kept. */
export function restClient(port: number, certificate: string, adminToken: string): Rest & { close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 16, ca: certificate });
  const rest: Rest = (method, path, options = {}) =>
    new Promise((resolve, reject) => {
      const {
        body,
        contentType = 'application/json',
        accept = 'application/json',
        timeout = 30_000,
        token = adminToken,
      } = options;
      const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const headers = { authorization: `Bearer ${token}`, accept, 'content-type': contentType };
      const request = httpsRequest({ host: '127.0.0.1', port, path, method, headers, agent, timeout }, response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(chunks).toString()) });
        });
      });
      request.on('timeout', () => request.destroy(new Error(`${method} ${path}: no answer in ${timeout} ms`)));
      request.on('error', reject);
      request.end(text);
    });
  return Object.assign(rest, { close: () => agent.destroy() });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
