/** Parts of the test cluster that need no Go program. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { changed } from './changed.ts';
import { reservePorts } from './ports.ts';
import { answerReview, type Review, subjectOf } from './reviews.ts';
import { serverName } from './server-name.ts';
import { waitFor } from './wait.ts';

const test = suite('cluster parts');

test('changed: what was sent must come back, more may', () => {
  const rows: [string, unknown, unknown, string | undefined][] = [
    ['same', { a: [1, { b: 'x' }] }, { a: [1, { b: 'x' }] }, undefined],
    ['more', { a: [1] }, { a: [1, 2], b: 3 }, undefined],
    ['other text', { a: { b: 'x' } }, { a: { b: 'y' } }, 'a.b was "x" and became "y"'],
    ['pruned', { a: [{ b: 'x' }] }, { a: [{}] }, 'a.0.b was "x" and became undefined'],
    ['gone with all above', { a: { b: { c: null } } }, {}, 'a.b.c was null and became undefined'],
    ['moved by the server', { stringData: { a: 'x' } }, {}, undefined],
  ];
  for (const [name, sent, got, want] of rows) assert.is(changed(sent, got), want, name);
});

test('waitFor: the first answer that is one', async () => {
  let tries = 0;
  const attempt = () => {
    tries += 1;
    if (tries === 1) throw new Error('not there');
    return tries > 2 && 'there';
  };
  assert.is(await waitFor('it', attempt), 'there');
});

test('waitFor: says what was awaited, for how long, and the last error', async () => {
  const attempt = () => Promise.reject(new Error('refused'));
  const failure = await waitFor('the answer', attempt, { seconds: 0.05 }).catch(error => error.message);
  assert.is(failure, 'the answer: not within 0.05 s; last error: refused');
});

test('waitFor: stops at once when waiting is pointless', async () => {
  const check = () => {
    throw new Error('etcd ended');
  };
  assert.is(await waitFor('it', () => false, { check }).catch(error => error.message), 'etcd ended');
});

test('serverName: of a ClientHello; of nothing else', () => {
  const hello = clientHello('hook.knative-serving.svc');
  assert.is(serverName(hello), 'hook.knative-serving.svc');
  assert.is(serverName(clientHello('')), '');
  assert.is(serverName(Buffer.from('GET / HTTP/1.1\r\n\r\n')), '');
  assert.is(serverName(Buffer.alloc(0)), '');
  for (let length = 0; length < hello.length; length += 1) assert.type(serverName(hello.subarray(0, length)), 'string');
});

test('reviews: admitted, or converted by version alone', () => {
  const admission: Review = {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request: { uid: '1', operation: 'CREATE', kind: { kind: 'Pod' }, namespace: 'a', name: 'b' },
  };
  assert.is(subjectOf(admission), 'CREATE Pod a b');
  assert.equal(answerReview(admission), {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: { uid: '1', allowed: true },
  });
  const conversion: Review = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'ConversionReview',
    request: { uid: '2', desiredAPIVersion: 'x/v2', objects: [{ apiVersion: 'x/v1' }] },
  };
  assert.equal((answerReview(conversion) as { response: object }).response, {
    uid: '2',
    result: { status: 'Success' },
    convertedObjects: [{ apiVersion: 'x/v2' }],
  });
});

test('ports: below those of outgoing connections, each its own, and free after release', async () => {
  const [first, second] = await Promise.all([reservePorts(['a', 'b']), reservePorts(['a'])]);
  const numbers = [first.of('a'), first.of('b'), second.of('a')];
  assert.is(new Set(numbers).size, 3);
  for (const number of numbers) assert.ok(number >= 20_000 && number < 32_000, String(number));
  assert.throws(() => first.of('c'), 'no port was reserved for c');
  await Promise.all([first.releaseAll(), second.releaseAll()]);
});

/** A ClientHello of TLS 1.2 with one extension, server_name (none for an empty name). */
function clientHello(name: string): Buffer {
  const text = Buffer.from(name);
  const u16 = (value: number) => Buffer.from([value >> 8, value & 255]);
  const list = Buffer.concat([Buffer.from([0]), u16(text.length), text]);
  const extension =
    name === '' ? Buffer.alloc(0) : Buffer.concat([u16(0), u16(list.length + 2), u16(list.length), list]);
  const body = Buffer.concat([
    Buffer.from([3, 3]),
    Buffer.alloc(32),
    Buffer.from([0]),
    u16(2),
    u16(0x1301),
    Buffer.from([1, 0]),
    u16(extension.length),
    extension,
  ]);
  const handshake = Buffer.concat([Buffer.from([1, 0]), u16(body.length), body]);
  return Buffer.concat([Buffer.from([22, 3, 1]), u16(handshake.length), handshake]);
}

test.run();
