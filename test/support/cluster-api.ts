import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answer, type ClusterContent, failure, servedKinds } from './cluster-answers.ts';
import type { Helm } from './helm.ts';

export interface ClusterApi {
  /** For `runHelm`: makes this the cluster. Helm's cache of what the cluster serves goes with it. */
  readonly env: { readonly KUBECONFIG: string; readonly KUBECACHEDIR: string };
  /** `METHOD /path?query` of each request, in order. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

/**
 * Flags for `helm template` that let `lookup` and `.Capabilities` see the cluster: the cheapest command in both Helms
 * that does. Without --validate, Helm 3 would look up but take the capabilities from its own list. All kinds that the
 * chart renders (but hooks) must be served, and none of its objects may exist, as for an install.
 */
export function lookupFlags(helm: Helm): string[] {
  const flags = ['--dry-run=server', '--disable-openapi-validation'];
  return helm.name === 'helm3' ? ['--validate', ...flags] : flags;
}

/**
 * A Kubernetes API server that knows discovery, get and list of the given objects, and nothing else: any other request
 * is 404, a change is 405. It listens on 127.0.0.1 until `stop()`.
 */
export async function startClusterApi(content: ClusterContent): Promise<ClusterApi> {
  const kinds = servedKinds(content);
  const requests: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests.push(`${request.method} ${request.url}`);
    const { pathname } = new URL(request.url ?? '/', 'http://cluster');
    const { status, body } = request.method === 'GET' ? answer(pathname, kinds, content) : failure(405, pathname);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const dir = mkdtempSync(join(tmpdir(), 'cluster-api-'));
  const kubeconfig = join(dir, 'kubeconfig');
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor((server.address() as AddressInfo).port)));
  const stop = async () => {
    rmSync(dir, { recursive: true, force: true });
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  };
  return { env: { KUBECONFIG: kubeconfig, KUBECACHEDIR: join(dir, 'cache') }, requests, stop };
}

function kubeconfigFor(port: number): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: `http://127.0.0.1:${port}` } }],
    users: [{ name: 'test', user: { token: 'test' } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  };
}
