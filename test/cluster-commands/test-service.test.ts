/** verify --create-test-service: makes its objects, calls over HTTPS, and leaves nothing behind. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { issueCertificates } from '../../generator/certificates/issue.ts';
import { page } from '../../generator/model/serverless-mesh/tests/verify.ts';
import type { Values } from '../../generator/values/maps.ts';
import type { ClusterObject } from '../support/cluster-answers.ts';
import type { At } from './fake.ts';
import { afterInstall, object } from './healthy.ts';
import { answerWith, changesOf, type Handler, knative, startGateway, stopGateway, verifyWith } from './ingress.ts';
import { findingsOf, stateOf, unseenOf } from './run.ts';

const test = suite('cluster commands: test service');

test.before(startGateway);
test.after(stopGateway);

const right: Handler = (_, response) => response.end(page);
const maps = '/api/v1/namespaces/shop/configmaps';
const services = '/apis/serving.knative.dev/v1/namespaces/shop/services';

test('it is created, called and deleted, and only it', async () => {
  answerWith(right);
  const told = await verifyWith({});
  assert.is(told.status, 0, told.out);
  assert.is(stateOf(told, 'test-service'), 'ok');
  assert.equal(changesOf(told), [
    `POST ${maps}`,
    `POST ${services}`,
    `DELETE ${services}/mesh-verify`,
    `DELETE ${maps}/mesh-verify`,
  ]);
  assert.is(told.left, 0);
  const made = told.requests.filter(r => r.startsWith('POST')).join();
  assert.not.match(made, 'helm.sh/hook');
  assert.match(made, '"sidecar.istio.io/inject":"true"');
  for (const request of told.requests.filter(r => r.startsWith('DELETE')))
    assert.match(request, /"propagationPolicy":"Foreground","preconditions":\{"uid":"uid-\w+-mesh-verify"\}/);
});

const calls: readonly (readonly [string, Handler, Values, RegExp])[] = [
  [
    'another page',
    (_, r) => r.end('<h1>login</h1>'),
    {},
    /cluster\.test:\d+\/ answers 200 with another page; see the route/,
  ],
  ['an error of the gateway', (_, r) => r.writeHead(503).end(), {}, /answers 503; see the route in istio-system/],
  ['a redirect', (_, r) => r.writeHead(302, { location: 'https://elsewhere' }).end(), {}, /answers 302; /],
  ['a broken connection', (_, r) => r.destroy(), {}, /does not answer: ECONNRESET; see whether the route is admitted/],
];
for (const [name, how, more, want] of calls)
  test(`${name}: a finding, and nothing is left`, async () => {
    answerWith(how);
    const told = await verifyWith({ values: more, timeout: 0.2 });
    assert.match(findingsOf(told, 'test-service').join(), want);
    assert.is(told.status, 1);
    assert.is(told.left, 0);
  });

test('a certificate of another CA is never accepted, whatever the environment says', async () => {
  answerWith(right);
  const { root } = await issueCertificates({
    appsDomain: 'cluster.test',
    days: 1,
    rootDays: 2,
    organization: 'Other',
    bits: 2048,
  });
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  try {
    for (const caCertificate of [root.certificate, '']) {
      const told = await verifyWith({ values: { verify: { caCertificate } }, timeout: 0.2 });
      assert.match(
        findingsOf(told, 'test-service').join(),
        /does not answer: (SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+); set verify\.caCertificate to the CA/,
      );
      assert.is(told.left, 0);
    }
  } finally {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  }
});

test('another certificate than that of the Secret', async () => {
  answerWith(right);
  const objects = await afterInstall();
  const { wildcard } = await issueCertificates({
    appsDomain: 'cluster.test',
    days: 20,
    rootDays: 20,
    organization: 'Other',
    bits: 2048,
  });
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const data = { 'tls.crt': base64(wildcard.certificate), 'tls.key': base64(wildcard.privateKey) };
  const told = await verifyWith({ objects: objects.map(o => (o.kind === 'Secret' ? { ...o, data } : o)) });
  assert.match(
    findingsOf(told, 'test-service').join(),
    /serves another certificate than the Secret wildcard-certs holds; see whether the route is passthrough/,
  );
});

test('a Service that does not become ready says why', async () => {
  const told = await verifyWith({ at: () => false, timeout: 0.2 });
  assert.match(
    findingsOf(told, 'test-service').join(),
    /^Service shop\/mesh-verify is not Ready: it has no status yet; wait, or see oc describe -n shop service\.serving\.knative\.dev mesh-verify$/,
  );
  assert.is(told.left, 0);
});

test("an object of that name which is somebody else's is left alone", async () => {
  const theirs = object('serving.knative.dev/v1/Service', 'mesh-verify', 'shop');
  const at: At = (request, response, objects) => {
    if (request.method !== 'POST' || !request.url?.endsWith('/services')) return knative(request, response, objects);
    response.writeHead(409).end('{"message":"exists"}');
    return true;
  };
  const told = await verifyWith({ objects: [...(await afterInstall()), theirs], at });
  assert.equal(findingsOf(told, 'test-service'), [
    'Service shop/mesh-verify cannot be created: it exists already; see oc get service.serving.knative.dev -n shop, and run this again',
  ]);
  assert.equal(changesOf(told), [`POST ${maps}`, `POST ${services}`, `DELETE ${maps}/mesh-verify`]);
  assert.is(told.left, 1);
});

test('forbidden to create: could not look, and what was made is gone', async () => {
  const at: At = (request, response) => {
    if (request.method !== 'POST' || !request.url?.endsWith('/services')) return false;
    response.writeHead(403).end('{"message":"User cannot create resource"}');
    return true;
  };
  const told = await verifyWith({ at });
  assert.match(
    unseenOf(told, 'test-service').join(),
    /^forbidden: User cannot create resource; let this user read Service shop\/mesh-verify \(create\)/,
  );
  assert.is(told.status, 1);
  assert.is(told.left, 0);
});

test('a quota or a policy refuses it: a finding, and what was made is gone', async () => {
  const at: At = (request, response) => {
    if (request.method !== 'POST' || !request.url?.endsWith('/services')) return false;
    response.writeHead(403).end('{"message":"services \\"mesh-verify\\" is forbidden: exceeded quota: small"}');
    return true;
  };
  const told = await verifyWith({ at });
  assert.match(
    findingsOf(told, 'test-service').join(),
    /^Service shop\/mesh-verify cannot be created: services .* is forbidden: exceeded quota: small; see oc get/,
  );
  assert.is(told.left, 0);
});

test('created, and the answer was lost: it is found and deleted', async () => {
  const at: At = (request, response, objects) => {
    if (request.method !== 'POST' || !request.url?.endsWith('/services')) return false;
    setTimeout(() => {
      objects.push(
        object('serving.knative.dev/v1/Service', 'mesh-verify', 'shop', {
          metadata: { annotations: markOf(objects), uid: '1' },
        }),
      );
      response.destroy();
    }, 5);
    return true;
  };
  // The mark of the run, as the ConfigMap that was made before has it.
  const markOf = (objects: readonly ClusterObject[]) =>
    objects.find(o => o.kind === 'ConfigMap' && o.metadata.name === 'mesh-verify')!.metadata.annotations as object;
  const told = await verifyWith({ at });
  assert.match(unseenOf(told, 'test-service').join(), /the connection broke/);
  assert.is(told.left, 0);
});

test('forbidden to delete: what is left is named, with the command', async () => {
  answerWith(right);
  const at: At = (request, response, objects) => {
    if (request.method !== 'DELETE') return knative(request, response, objects);
    response.writeHead(403).end('{}');
    return true;
  };
  const told = await verifyWith({ at });
  assert.equal(findingsOf(told, 'test-service'), [
    'Service shop/mesh-verify was created and could not be deleted; oc delete -n shop service.serving.knative.dev/mesh-verify',
    'ConfigMap shop/mesh-verify was created and could not be deleted; oc delete -n shop configmap/mesh-verify',
  ]);
});

test('interrupted: what was made is deleted', async () => {
  let interrupted = false;
  const at: At = request => {
    if (!interrupted && request.method === 'GET' && request.url?.endsWith('/services/mesh-verify')) {
      interrupted = true;
      process.kill(process.pid, 'SIGINT');
    }
    return false;
  };
  const told = await verifyWith({ at, timeout: 60 });
  assert.equal(unseenOf(told, 'test-service'), ['interrupted; run it again']);
  assert.match(told.talk, /interrupted: deleting what was created/);
  assert.is(told.left, 0);
});

test('values without a test service are wrong usage, and nothing is asked', async () => {
  const told = await verifyWith({ values: { cluster: { appsDomain: '' } } });
  assert.is(told.status, 2);
  assert.match(told.talk, /^For these values there is no test service: set cluster\.appsDomain/);
  assert.equal(told.requests, []);
});

test.run();
