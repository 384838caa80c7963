/** Stands for the ingress gateway, and for what Knative does with a Service that was created. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { runVerify } from '../../generator/commands/verify.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { inProcess } from '../cli/project.ts';
import type { ClusterObject } from '../support/cluster-answers.ts';
import { type At, certificates, type FakeOptions, startFake } from './fake.ts';
import { afterInstall, servedKinds, values } from './healthy.ts';
import { optionsFor, type Told } from './run.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let gateway: Server;
let answer: Handler;
/** What the test service answers from now on. */
export function answerWith(handler: Handler): void {
  answer = handler;
}

export async function startGateway(): Promise<void> {
  const { wildcard, root } = await certificates();
  const identity = { key: wildcard.privateKey, cert: wildcard.certificate + root.certificate };
  gateway = createServer(identity, (request, response) => answer(request, response));
  await new Promise<void>(resolve => gateway.listen(0, '127.0.0.1', resolve));
}
export function stopGateway(): void {
  gateway.closeAllConnections();
  gateway.close();
}

/** Every host is here. */
const lookup: LookupFunction = (_, options, found) =>
  options.all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4);
/** The Service that was created becomes ready. */
export const knative: At = (request, _, objects) => {
  if (request.method === 'GET' && request.url?.endsWith('/mesh-verify'))
    for (const made of objects.filter(o => o.kind === 'Service' && o.metadata.name === 'mesh-verify'))
      Object.assign(made, {
        status: {
          conditions: [{ type: 'Ready', status: 'True' }],
          url: `http://mesh-verify-shop.cluster.test:${(gateway.address() as AddressInfo).port}`,
        },
      });
  return false;
};

export interface Situation extends FakeOptions {
  readonly values?: Values;
  readonly timeout?: number;
}
const left = (objects: readonly ClusterObject[]) => objects.filter(o => o.metadata.name === 'mesh-verify').length;

/** What `verify --create-test-service` says, and how many of its objects are left. */
export async function verifyWith(situation: Situation): Promise<Told & { left: number }> {
  const { values: more = {}, timeout = 3, ...options } = situation;
  const { root } = await certificates();
  const objects = options.objects ?? (await afterInstall());
  const logs = { 'activator-5d9c-x': '' };
  const fake = await startFake({ kinds: servedKinds, at: knative, logs, ...options, objects });
  try {
    const given = mergeValues(values, { verify: { caCertificate: root.certificate } }, more) as Values;
    const wanted = { ...optionsFor(fake, given), createTestService: true, pause: 50, timeout, lookup };
    const result = await inProcess(io => runVerify(wanted, io));
    const { checks = [] } = result.out.startsWith('{') ? JSON.parse(result.out) : {};
    return { ...result, checks, requests: [...fake.requests], left: left(fake.objects) };
  } finally {
    await fake.stop();
  }
}
export const changesOf = ({ requests }: Told): string[] =>
  requests.filter(r => !r.startsWith('GET ')).map(r => r.split(' ').slice(0, 2).join(' '));
