/**
 * The API server's only way out: an HTTP CONNECT proxy on a unix socket that answers or forwards admission calls, and hands
 * out the logs of what runs on the node.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { processName } from './layout.ts';
import { answerReview, type Review, subjectOf } from './reviews.ts';
import { serverName } from './server-name.ts';

export interface EgressOptions {
  /** Path of the unix socket. */
  readonly socket: string;
  /** PEM of the certificate for the names in `answers`, and its key. */
  readonly cert: string;
  readonly key: string;
  /** DNS name of a Service to the port on 127.0.0.1 of the real webhook behind it. */
  readonly forwards: Readonly<Record<string, number>>;
  /** Namespaces whose webhooks are answered here with yes when no real one listens. */
  readonly answers: readonly string[];
  /** `host:port` of the node's kubelet, and the folder with the logs of its containers, `<namespace>.<pod>.log`. */
  readonly node: { readonly address: string; readonly logs: string };
}

/** One connection or call. `what` tells what became of it. */
export interface EgressEvent {
  readonly time: string;
  readonly what: 'forwarded' | 'answered' | 'refused';
  /** `name.namespace.svc` of a Service, and the path for an answered call; an address where TLS names no host. */
  readonly target: string;
  /** Operation, kind, namespace and name, of an answered call. */
  readonly subject?: string;
}

/** Listens until the function that it returns is called. Nothing is ever dialled but 127.0.0.1. */
export async function startEgress(options: EgressOptions, log: (event: EgressEvent) => void): Promise<() => void> {
  const say = (what: EgressEvent['what'], target: string, subject?: string) =>
    log({ time: new Date().toISOString(), what, target, ...(subject === undefined ? {} : { subject }) });
  const answering = startAnswering(options, (target, subject) => say('answered', target, subject));
  const proxy = createProxy((_, response) => response.writeHead(403).end());
  proxy.on('connect', (request, socket: Duplex) => {
    socket.on('error', () => {});
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    socket.once('data', (hello: Buffer) => {
      // Until somebody reads on, what was read goes back.
      socket.pause();
      const name = serverName(hello);
      const target = name || (request.url ?? '');
      const answer = () => {
        const isKnown = options.answers.some(namespace => name.endsWith(`.${namespace}.svc`));
        if (!isKnown && request.url !== options.node.address) {
          say('refused', target);
          return socket.destroy();
        }
        socket.unshift(hello);
        answering.emit('connection', socket);
        return process.nextTick(() => socket.resume());
      };
      const port = options.forwards[name];
      if (port === undefined) return answer();
      // The real Knative webhook starts only after the operator made its config maps, and must not hold that up.
      return forward(socket, hello, port, { done: () => say('forwarded', target), failed: answer });
    });
  });
  await new Promise<void>(resolve => proxy.listen(options.socket, resolve));
  return () => proxy.close();
}

function forward(socket: Duplex, hello: Buffer, port: number, on: { done: () => void; failed: () => void }): void {
  const upstream = connect(port, '127.0.0.1');
  upstream.once('error', on.failed);
  upstream.once('connect', () => {
    upstream.off('error', on.failed);
    upstream.on('error', () => socket.destroy());
    on.done();
    upstream.write(hello);
    socket.pipe(upstream).pipe(socket);
    socket.on('close', () => upstream.destroy());
  });
}

/** A TLS server without a listener: connections are handed to it. */
function startAnswering({ cert, key, node }: EgressOptions, log: (target: string, subject: string) => void) {
  return createHttps({ cert, key }, async (request, response) => {
    const [, namespace, pod] = /^\/containerLogs\/([^/]+)\/([^/]+)\//.exec(request.url ?? '') ?? [];
    if (namespace !== undefined && pod !== undefined) {
      const path = join(node.logs, `${processName(namespace, pod)}.log`);
      log(request.headers.host ?? '', `log of ${namespace} ${pod}`);
      return void (existsSync(path) ? response.end(readFileSync(path)) : response.writeHead(404).end());
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const review = JSON.parse(Buffer.concat(chunks).toString()) as Review;
    log(`${request.headers.host}${request.url}`, subjectOf(review));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answerReview(review)));
  });
}
