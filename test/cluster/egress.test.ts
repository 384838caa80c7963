/** The API server's way out: whom it answers, forwards and refuses. Needs no Go program. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { issueCertificates } from '../../generator/certificates/issue.ts';
import { type EgressEvent, startEgress } from './egress.ts';

const test = suite('egress');
const dir = mkdtempSync(join(tmpdir(), 'egress-test-'));
const socket = join(dir, 'sock');
const events: EgressEvent[] = [];
let root = '';
let close = () => {};
/** A webhook that is up: it ends each connection with the number of bytes that came. */
const real = createServer(c => c.once('data', data => c.end(`${data.length}`)));

test.before(async () => {
  real.listen(0, '127.0.0.1');
  await once(real, 'listening');
  const issued = await issueCertificates({
    appsDomain: 'knative-serving.svc',
    organization: 'test',
    days: 1,
    rootDays: 1,
    bits: 2048,
  });
  root = issued.root.certificate;
  const { certificate: cert, privateKey: key } = issued.wildcard;
  const down = await unusedPort();
  const forwards = {
    'up.istio-system.svc': (real.address() as AddressInfo).port,
    'down.istio-system.svc': down,
    'down.knative-serving.svc': down,
  };
  const node = { address: '10.0.0.1:10250', logs: dir };
  close = await startEgress({ socket, cert, key, forwards, answers: ['knative-serving'], node }, e => events.push(e));
});
test.after(() => {
  close();
  real.close();
  rmSync(dir, { recursive: true });
});
test.before.each(() => {
  events.length = 0;
});

const review = JSON.stringify({
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: { uid: '1', operation: 'CREATE', kind: { kind: 'Pod' }, name: 'p' },
});

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function tunnel(path = '172.30.0.1:443'): Promise<Socket> {
  const asking = request({ socketPath: socket, method: 'CONNECT', path }).end();
  const [, connection] = (await once(asking, 'connect')) as [unknown, Socket];
  return connection;
}

/** What the API server would get for a webhook at that host: the last line of the answer, or 'closed'. */
async function call(servername: string): Promise<string> {
  const tls = connect({ socket: await tunnel(), servername, ca: root });
  tls.on('secureConnect', () => {
    const head = [
      'POST /hook HTTP/1.1',
      `host: ${servername}`,
      `content-length: ${review.length}`,
      'connection: close',
    ];
    tls.write(`${head.join('\r\n')}\r\n\r\n${review}`);
  });
  const chunks: Buffer[] = [];
  tls.on('data', chunk => chunks.push(chunk));
  return new Promise(resolve => {
    tls.on('error', () => resolve('closed'));
    tls.on('end', () => resolve(Buffer.concat(chunks).toString().split('\r\n').at(-1) || 'closed'));
  });
}

const heard = () => events.map(({ what, target }) => `${what} ${target}`);

test('a webhook of Knative is answered with yes', async () => {
  assert.is(JSON.parse(await call('hook.knative-serving.svc')).response.allowed, true);
  assert.equal(heard(), ['answered hook.knative-serving.svc/hook']);
  assert.is(events[0]?.subject, 'CREATE Pod p');
});

test('any other Service is refused', async () => {
  assert.is(await call('hook.elsewhere.svc'), 'closed');
  assert.equal(heard(), ['refused hook.elsewhere.svc']);
});

test('what is not TLS is refused', async () => {
  const connection = await tunnel();
  connection.write('GET / HTTP/1.1\r\n\r\n');
  await once(connection, 'close');
  assert.equal(heard(), ['refused 172.30.0.1:443']);
});

test('a webhook with a real process behind it is forwarded, byte for byte', async () => {
  await call('up.istio-system.svc');
  assert.equal(heard(), ['forwarded up.istio-system.svc']);
});

test('a real webhook that is down: answered for Knative, refused for istiod', async () => {
  assert.is(JSON.parse(await call('down.knative-serving.svc')).response.allowed, true);
  assert.is(await call('down.istio-system.svc'), 'closed');
  assert.equal(heard(), ['answered down.knative-serving.svc/hook', 'refused down.istio-system.svc']);
});

test('the node hands out the logs of its containers, and nothing else', async () => {
  writeFileSync(join(dir, 'orders.cart-1.log'), 'ok: everything\n');
  const rows: [path: string, want: RegExp][] = [
    ['/containerLogs/orders/cart-1/kubectl', /^HTTP\/1.1 200 (.|\r\n)*ok: everything\n$/],
    ['/containerLogs/orders/cart-2/kubectl', /^HTTP\/1.1 404 /],
    ['/containerLogs/orders/..%2fsock/kubectl', /^HTTP\/1.1 404 /],
  ];
  for (const [path, want] of rows) {
    // The API server checks no name and no root of a kubelet, unless it is told to.
    const tls = connect({ socket: await tunnel('10.0.0.1:10250'), rejectUnauthorized: false });
    tls.write(`GET ${path} HTTP/1.1\r\nhost: node\r\nconnection: close\r\n\r\n`);
    const chunks: Buffer[] = [];
    for await (const chunk of tls) chunks.push(chunk as Buffer);
    assert.match(Buffer.concat(chunks).toString(), want);
  }
});

test.run();
