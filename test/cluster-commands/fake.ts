/** An API server over HTTPS that knows what a test gives it, and can be slow, closed or unwilling. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Issued, issueCertificates } from '../../generator/certificates/issue.ts';
import { answer, type ClusterContent, type ClusterObject, failure, servedKinds } from '../support/cluster-answers.ts';

/** What the server does with a request; false for one that is answered as usual. */
export type At = (request: IncomingMessage, response: ServerResponse, objects: ClusterObject[]) => boolean;

export interface FakeOptions extends ClusterContent {
  readonly at?: At;
  /** The only one that is let in. */
  readonly token?: string;
  /** Of the user in the kubeconfig, in place of that token. */
  readonly user?: object;
  /** Items in one answer to a list. */
  readonly page?: number;
  readonly logs?: Readonly<Record<string, string>>;
}
export interface Fake {
  readonly kubeconfig: string;
  readonly folder: string;
  /** `METHOD path`, and the body behind it. */
  readonly requests: string[];
  /** What the server holds; tests and POSTs change it. */
  readonly objects: ClusterObject[];
  readonly server: Server;
  readonly url: string;
  stop(): Promise<void>;
}

export const token = 'sha256~a-token-that-nobody-may-see';
/** The name that the certificate of the server has: the kubeconfig says tls-server-name. */
const domain = 'cluster.test';
let issued: Promise<{ readonly root: Issued; readonly wildcard: Issued }> | undefined;
export const certificates = () => {
  issued ??= issueCertificates({ appsDomain: domain, days: 30, rootDays: 60, organization: 'Test', bits: 2048 });
  return issued;
};

export async function startFake(options: FakeOptions): Promise<Fake> {
  const { root, wildcard } = await certificates();
  const objects = [...(options.objects ?? [])];
  const requests: string[] = [];
  const server = createServer({ key: wildcard.privateKey, cert: wildcard.certificate }, (request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', () => {
      requests.push(`${request.method} ${request.url}${body === '' ? '' : ` ${body}`}`);
      if (options.at?.(request, response, objects)) return;
      const { status, text } = reply(request, body, objects, options);
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'fake-cluster-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const user = options.user ?? { token: options.token ?? token };
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(url, root.certificate, user)));
  const stop = async () => {
    rmSync(folder, { recursive: true, force: true });
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  };
  return { kubeconfig, folder, requests, objects, server, url, stop };
}

export function kubeconfigOf(url: string, ca: string, user: object): object {
  const cluster = {
    server: url,
    'tls-server-name': `api.${domain}`,
    'certificate-authority-data': Buffer.from(ca).toString('base64'),
  };
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'test', user }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  };
}

function reply(request: IncomingMessage, body: string, objects: ClusterObject[], options: FakeOptions) {
  const url = new URL(request.url ?? '/', 'https://cluster');
  const path = url.pathname;
  const json = (status: number, value: object) => ({ status, text: JSON.stringify(value) });
  const failed = (code: number) => json(code, failure(code, path).body);
  if (request.headers.authorization !== `Bearer ${options.token ?? token}`) return failed(401);
  const log = options.logs?.[path.replace(/.*\/pods\/([^/]+)\/log$/, '$1')];
  if (path.endsWith('/log')) return log === undefined ? failed(404) : { status: 200, text: log };
  const content = { ...options, objects };
  if (request.method === 'POST') {
    const made = JSON.parse(body) as ClusterObject;
    const object = { ...made, metadata: { ...made.metadata, uid: `uid-${made.kind}-${made.metadata.name}` } };
    objects.push(object);
    return json(201, object);
  }
  const found = answer(path, servedKinds(content), content);
  if (request.method === 'DELETE') {
    const index = objects.indexOf(found.body as ClusterObject);
    if (index >= 0) objects.splice(index, 1);
    return json(found.status, found.body);
  }
  return json(found.status, listed(found.body, url, options.page));
}

/** A list as it was asked for: by labels, and in pages. */
function listed(body: object, url: URL, page?: number): object {
  const { items, ...rest } = body as { items?: ClusterObject[] };
  if (items === undefined) return body;
  const selector = (url.searchParams.get('labelSelector') ?? '').split(',').filter(Boolean);
  const fits = items.filter(({ metadata }) => {
    const labels = (metadata.labels ?? {}) as Record<string, string>;
    return selector.every(s => {
      const [key = '', value] = s.split('=');
      return value === undefined ? key in labels : labels[key] === value;
    });
  });
  const start = Number(url.searchParams.get('continue') ?? 0);
  const end = page === undefined ? fits.length : start + page;
  const more = end < fits.length ? { continue: `${end}` } : {};
  return { ...rest, metadata: { resourceVersion: '1', ...more }, items: fits.slice(start, end) };
}
