/** Preflight with Service Mesh 3. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { preflightChecks } from '../../generator/checks/preflight/index.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { assertAllOk, silentChecks } from './coverage.ts';
import { certificates } from './fake.ts';
import {
  beforeInstall3,
  existing,
  existingMesh,
  fromRouter,
  issuedBy,
  servedKinds3,
  situations3,
  values3,
} from './healthy-v3.ts';
import { memberRows } from './preflight-member-rows.ts';
import { platformRows } from './preflight-platform-rows.ts';
import { certificateRows3 } from './preflight-v3-certificate-rows.ts';
import { controlPlaneRows3 } from './preflight-v3-control-plane-rows.ts';
import { memberRows3 } from './preflight-v3-member-rows.ts';
import { meshRows3 } from './preflight-v3-mesh-rows.ts';
import { untouched } from './rows.ts';
import { findingsOf, preflight, stateOf, unseenOf, withObjects } from './run.ts';

const test = suite('cluster commands: preflight, Service Mesh 3');

/** What is the same with both generations. */
const either = ['kubernetes', 'openshift', 'serverless-operator', 'left-roles', 'apps-domain', 'kafka'];
const shared = [...platformRows, ...memberRows].filter(
  row => either.includes(row.check) && row.values?.serverless === undefined,
);
const rows = [...shared, ...meshRows3, ...controlPlaneRows3, ...memberRows3, ...certificateRows3];
const preflight3 = (options: object, values = {}) =>
  preflight({ kinds: servedKinds3, ...options }, mergeValues(values3, values));

for (const [name, [values, others]] of Object.entries(situations3))
  test(`a cluster that is ready, ${name}: every check is ok, and nothing is changed`, async () => {
    const objects = withObjects(await beforeInstall3(), ...others);
    assertAllOk(await preflight3({ objects }, values), preflightChecks, mergeValues(values3, values) as Values);
  });

for (const { name, check, spoil = untouched, want, values = {}, ...row } of rows)
  test(name, async () => {
    const objects = await spoil(await beforeInstall3());
    const version = row.version === undefined ? {} : { version: row.version };
    const told = await preflight3({ objects, ...version }, values);
    assert.equal(findingsOf(told, check), want);
    assert.is(stateOf(told, check), want.length > 0 ? 'finding' : 'ok');
    if (want.length > 0) assert.is(told.status, 1);
  });

test('every check has a row that makes it speak', () => {
  assert.equal(silentChecks(preflightChecks, rows, values3), ['apis']);
});

const absent: readonly (readonly [string, string, object, string[]])[] = [
  ['sailoperator.io', 'OpenShift Service Mesh 3', {}, ['sailoperator.io/v1 IstioCNI', 'sailoperator.io/v1 Istio']],
  ['sailoperator.io', 'OpenShift Service Mesh 3', existing, ['sailoperator.io/v1 Istio']],
  ['security.istio.io', 'OpenShift Service Mesh 3', {}, ['security.istio.io/v1beta1 PeerAuthentication']],
  ['cert-manager.io', 'cert-manager', issuedBy({ name: 'company' }), ['cert-manager.io/v1 Certificate']],
];
for (const [group, product, values, kinds] of absent)
  test(`an API that is absent: ${kinds.join(' and ')}`, async () => {
    const objects = (await beforeInstall3()).filter(o => !o.apiVersion.startsWith(`${group}/`));
    const served = servedKinds3.filter(kind => !kind.startsWith(`${group}/`));
    const told = await preflight3({ objects, kinds: served }, values);
    const found = findingsOf(told, 'apis');
    for (const kind of kinds)
      assert.ok(
        found.includes(
          `the cluster has no API ${kind}; install the operator of ${product}, and wait until it is ready`,
        ),
        found.join('\n'),
      );
    assert.is(found.length, kinds.length);
    assert.is(told.status, 1);
  });

test('what is absent or forbidden could not be looked at, and is never ok', async () => {
  const forbidden = [
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/istios.sailoperator.io',
    '/apis/sailoperator.io/v1/istios',
    '/apis/sailoperator.io/v1/istiocnis/default',
    '/apis/route.openshift.io/v1/routes',
    '/apis/security.istio.io/v1beta1/namespaces/istio-system/peerauthentications',
    '/api/v1/namespaces/shop',
    '/api/v1/namespaces/knative-serving-ingress',
  ];
  const objects = withObjects(await beforeInstall3(), ...existingMesh);
  const ids = (values: object) =>
    preflight3({ objects, forbidden }, values).then(told => {
      for (const { id, unseen } of told.checks)
        for (const { unseen: why } of unseen) assert.match(why, 'forbidden', id);
      assert.is(told.status, 1);
      return told.checks.filter(({ state }) => state !== 'ok').map(({ id }) => id);
    });
  const labels = ['member-namespaces', 'injection-labels', 'stale-routes'];
  assert.equal(await ids({}), ['istio-version', 'gateway-namespace', 'control-plane', ...labels, 'release-objects']);
  assert.equal(await ids(existing), ['gateway-namespace', 'control-plane', 'istio-cni', 'strict-mtls', ...labels]);
});

test('no definition of Istio to read', async () => {
  const objects = (await beforeInstall3()).filter(o => o.kind !== 'CustomResourceDefinition');
  assert.equal(unseenOf(await preflight3({ objects }), 'istio-version'), [
    'there is no CustomResourceDefinition istios.sailoperator.io; install the operator, then look again',
  ]);
});

test("of the router's Secret only the metadata is asked for, and of its key nothing is told", async () => {
  const accepted: string[] = [];
  const at = (request: { url?: string; headers: { accept?: string } }) => {
    if (request.url?.includes('/openshift-ingress/secrets/')) accepted.push(`${request.url} ${request.headers.accept}`);
    return false;
  };
  const { out, talk, status } = await preflight3({ objects: await beforeInstall3(), at }, fromRouter);
  assert.equal(accepted, [
    '/api/v1/namespaces/openshift-ingress/secrets/router-certs-default application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
  ]);
  assert.is(status, 0);
  const { wildcard } = await certificates();
  for (const line of wildcard.privateKey.split('\n').filter(l => l.length > 20)) assert.not.match(out + talk, line);
});

test('a Secret of the router, or an IngressController, that may not be seen', async () => {
  const secret = '/api/v1/namespaces/openshift-ingress/secrets/router-certs-default';
  const controller = '/apis/operator.openshift.io/v1/namespaces/openshift-ingress-operator/ingresscontrollers/default';
  const told = await preflight3({ objects: await beforeInstall3(), forbidden: [secret, controller] }, fromRouter);
  assert.equal(unseenOf(told, 'router-certificate'), [
    `Secret openshift-ingress/router-certs-default: forbidden: ${secret}: Forbidden; let this user read Secret router-certs-default, or ask one who may`,
    `IngressController default: forbidden: ${controller}: Forbidden; let this user read IngressController default, or ask one who may`,
  ]);
});

test('config-istio that may not be seen: the longer remedy', async () => {
  const stale = memberRows3.find(row => row.check === 'stale-routes')!;
  const forbidden = ['/api/v1/namespaces/knative-serving/configmaps/config-istio'];
  const told = await preflight3({ objects: await stale.spoil!(await beforeInstall3()), forbidden });
  assert.equal(findingsOf(told, 'stale-routes'), stale.want);
});

test.run();
