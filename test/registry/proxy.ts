/** A proxy of our own in front of a registry, which fails as a test says. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Fault =
  /** Answers this, and does not ask the registry. */
  | { readonly status: number; readonly headers?: Record<string, string> }
  /** Breaks the connection off: before the registry sees the call, or after it has done it. */
  | 'reset before'
  | 'reset after'
  /** Never answers: the registry has not seen the call, or has done it. */
  | 'silence before'
  | 'silence after'
  /** Adds a header to the answer. */
  | { readonly header: readonly [string, string] };

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
}

export interface Proxy {
  readonly host: string;
  readonly seen: Seen[];
  readonly end: () => Promise<void>;
}

export type Faults = (seen: Seen) => Fault | undefined | Promise<undefined>;

/** `faults` is asked for each call; undefined passes it on, when a promise of it resolves. */
export async function startProxy(upstream: string, faults: Faults): Promise<Proxy> {
  const seen: Seen[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method = '', url: path = '' } = incoming;
    const call = { method, path, authorization: incoming.headers.authorization };
    seen.push(call);
    const body = await bodyOf(incoming);
    const what = await faults(call);
    if (what === 'reset before') incoming.socket.destroy();
    else if (what === 'silence before') return;
    else if (typeof what === 'object' && 'status' in what) outgoing.writeHead(what.status, what.headers).end();
    else forward(upstream, incoming, body, outgoing, what);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    end: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** With the Host of the client, so that the registry's own addresses lead here again. */
function forward(
  upstream: string,
  { method, url, headers, socket }: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
  fault: Fault | undefined,
): void {
  const [host, port] = upstream.split(':');
  const call = request({ host, port, method, path: url, headers, agent: false }, async answer => {
    const text = await bodyOf(answer);
    if (fault === 'silence after') return;
    if (fault === 'reset after') socket.destroy();
    else {
      const added = typeof fault === 'object' && 'header' in fault ? Object.fromEntries([fault.header]) : {};
      outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, ...added }).end(text);
    }
  });
  call.on('error', () => socket.destroy());
  call.end(body);
}
