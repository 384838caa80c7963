/** What serverless-mesh-tenant asks a cluster at install, and what it refuses. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { serverlessMeshTenant } from '../../generator/model/serverless-mesh-tenant/index.ts';
import type { Values } from '../../generator/values/maps.ts';
import { caseNamed, goldenText, release, tenantCases } from '../chart/cases.ts';
import { renderedKinds } from '../chart/cluster.ts';
import { type Outcome, refusalOf, renderIn } from '../chart/render-in.ts';
import { inEachHelm, inTurn, withHelm } from '../chart/with-helm.ts';
import type { ClusterContent, ClusterObject } from '../support/cluster-answers.ts';
import type { Helm } from '../support/helm.ts';
import { parseManifests } from '../support/render.ts';
import { madeBy } from './operator-preflight-rows.ts';
import type { PreflightRow } from './preflight-rows.ts';

const test = suite('chart/tenant-preflight');
const testHelm = withHelm(test);
const apiVersion = 'security.istio.io/v1beta1';

/** Every cluster has it: by this the chart knows that it sees one. */
const system: ClusterObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system' } };
const policy = (namespace: string, name: string, meta: object = {}): ClusterObject => ({
  apiVersion,
  kind: 'AuthorizationPolicy',
  metadata: { name, namespace, ...meta },
});
const isolation = ['knative-serving', 'knative-eventing'].map(namespace => policy(namespace, 'deny-all-by-default'));
const [inServing, inEventing] = isolation as [ClusterObject, ClusterObject];
const values = { name: 'orders', namespaces: ['orders-dev', 'orders-prod'] };
const servingOnly = { ...values, eventing: { enabled: false } };
const eventingOnly = { ...values, serving: { enabled: false } };
const off = { ...values, preflight: { enabled: false } };

const open = (namespace: string) =>
  `namespaces: there is no isolation in this cluster, whose ${namespace} has no AuthorizationPolicy deny-all-by-default; upgrade the release of serverless-mesh with isolation.enabled true first, or set preflight.enabled to false`;
const taken = (by: string) => `name: the tenant orders is there already, of ${by}; give this one another name`;
const activator = (meta: object = {}, name = 'orders') =>
  policy('knative-serving', `allow-${name}-to-activator-1`, meta);
const dispatcher = (meta: object = {}) => policy('knative-eventing', 'allow-orders-to-imc-dispatcher-1', meta);
const mine = madeBy(release.name, release.namespace);

const rows: readonly PreflightRow[] = [
  { name: 'isolation is there', cluster: { objects: isolation } },
  { name: 'no isolation in knative-serving', cluster: { objects: [inEventing] }, refusal: open('knative-serving') },
  { name: 'no isolation in knative-eventing', cluster: { objects: [inServing] }, refusal: open('knative-eventing') },
  { name: 'no isolation, which is known', cluster: {}, values: off },
  { name: 'isolation where the tenant has anything: serving', cluster: { objects: [inServing] }, values: servingOnly },
  { name: 'isolation where the tenant has anything: events', cluster: { objects: [inEventing] }, values: eventingOnly },
  {
    name: 'another policy is no isolation',
    cluster: { objects: [policy('knative-serving', 'deny-all'), inEventing] },
    refusal: open('knative-serving'),
  },
  { name: 'the release itself, at an upgrade', cluster: { objects: [...isolation, activator(mine)] } },
  { name: 'another tenant', cluster: { objects: [...isolation, activator({}, 'billing')] } },
  {
    name: 'another release of the same name of a tenant',
    cluster: { objects: [...isolation, activator(madeBy('other', 'default'))] },
    refusal: taken('release other in namespace default'),
  },
  {
    name: 'a release of the same name in another namespace',
    cluster: { objects: [...isolation, activator(madeBy(release.name, 'default'))] },
    refusal: taken(`release ${release.name} in namespace default`),
  },
  {
    name: 'a policy that Helm did not make',
    cluster: { objects: [...isolation, activator()] },
    refusal: taken('somebody without Helm'),
  },
  {
    name: 'another release of the same tenant, without serving',
    cluster: { objects: [...isolation, dispatcher(madeBy('other', 'default'))] },
    values: eventingOnly,
    refusal: taken('release other in namespace default'),
  },
  {
    name: 'the name of the release is that of the tenant',
    cluster: { objects: [...isolation, activator(madeBy('other', 'default'), release.name)] },
    values: { namespaces: ['orders-dev'] },
    refusal: `name: the tenant ${release.name} is there already, of release other in namespace default; give this one another name`,
  },
];

const render = (helm: Helm, cluster: ClusterContent, given: Values = values) =>
  renderIn(
    helm,
    { kinds: renderedKinds, ...cluster, objects: [system, ...(cluster.objects ?? [])] },
    given,
    serverlessMeshTenant,
  );

let outcomes: Awaited<ReturnType<typeof inTurn<unknown, Outcome>>> = [];
test.before(async () => {
  outcomes = await inTurn(rows, (helm, r) => render(helm, r.cluster, r.values));
});
for (const [index, { name, refusal }] of rows.entries())
  testHelm(name, () => {
    const found = outcomes.filter(outcome => outcome.index === index);
    assert.ok(found.length > 0);
    for (const { helm, result } of found) {
      assert.is(refusalOf(result, serverlessMeshTenant), refusal ?? '', helm.version);
      assert.is(parseManifests(result.stdout).length > 0, refusal === undefined, helm.version);
    }
  });

testHelm('a cluster without Istio is told so', async () => {
  const kinds = renderedKinds.filter(kind => !kind.startsWith('security.istio.io/'));
  for (const [{ version }, [outcome]] of await inEachHelm([{ kinds }], (helm, cluster) => render(helm, cluster)))
    assert.is(
      refusalOf(outcome!, serverlessMeshTenant),
      'namespaces: this cluster does not know authorizationpolicies.security.istio.io; install the chart serverless-mesh first, or set preflight.enabled to false',
      version,
    );
});

const policiesIn = (namespace: string) =>
  `/apis/${apiVersion}/namespaces/${namespace}/authorizationpolicies/deny-all-by-default`;
for (const namespace of ['knative-serving', 'knative-eventing'])
  testHelm(`a user who may not read policies in ${namespace} is told so, and how to go on works`, async () => {
    const results = await inEachHelm([values, off], (helm, given) =>
      render(helm, { forbidden: [policiesIn(namespace)], objects: isolation }, given),
    );
    for (const [{ version }, [refused, passed]] of results) {
      assert.is(refused?.exitCode, 1, version);
      assert.match(refused!.stderr, `error calling lookup: ${policiesIn(namespace)}: Forbidden`);
      assert.is(passed?.stderr, '', version);
    }
  });

testHelm('without preflight, the chart asks for nothing: Helm itself asks for what it is about to make', async () => {
  for (const [{ version }, [outcome]] of await inEachHelm([off], (helm, given) => render(helm, {}, given)))
    assert.equal(
      outcome!.requests.filter(request => /deny-all-by-default|kube-system/.test(request)),
      [],
      version,
    );
});

testHelm('a good cluster gets what a render without a cluster gives', async () => {
  const c = caseNamed('list', tenantCases);
  for (const [{ version }, [outcome]] of await inEachHelm([c.values], (helm, given) =>
    render(helm, { objects: isolation }, given),
  ))
    assert.is(outcome!.stdout, goldenText(c), version);
});

test.run();
