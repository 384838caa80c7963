/** Plays Knative Serving's controller, and the ingress gateway behind it, for one Knative Service. */
import { createServer, type Server } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { page } from '../../../generator/model/serverless-mesh/tests/verify.ts';
import type { Cluster } from '../cluster.ts';
import type { KubeObject } from '../objects.ts';
import { certificates, domain } from './openshift.ts';

const kind = ['serving.knative.dev/v1', 'Service'] as const;
export const knativeService = (cluster: Cluster, name: string, namespace: string) =>
  cluster.objects.get<KubeObject>(...kind, name, namespace);

/** Every host is here. */
export const here: LookupFunction = (_, options, found) =>
  options.all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4);

/** A gateway with the wildcard certificate, which has the page of the test service. */
export async function startGateway(): Promise<{ readonly port: number; stop(): void }> {
  const { wildcard, root } = await certificates();
  const tls = { key: wildcard.privateKey, cert: wildcard.certificate + root.certificate };
  const server: Server = createServer(tls, (_, response) => response.end(page));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, stop };
}

/** Makes the Service ready as soon as it is there, until it is told to stop. */
export function playController(cluster: Cluster, name: string, namespace: string, port: number): () => void {
  let isStopped = false;
  void (async () => {
    while (!isStopped) {
      const found = await knativeService(cluster, name, namespace).catch(() => undefined);
      const { generation } = (found?.metadata ?? {}) as { generation?: number };
      const lastTransitionTime = '2026-01-01T00:00:00Z';
      const status = {
        observedGeneration: generation,
        conditions: ['Ready', 'RoutesReady'].map(type => ({ type, status: 'True', lastTransitionTime })),
        url: `http://${name}-${namespace}.${domain}:${port}`,
      };
      if (found !== undefined && !('status' in found)) await cluster.objects.setStatus(found, status).catch(() => {});
      await sleep(100);
    }
  })();
  return () => {
    isStopped = true;
  };
}
