import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stages } from '../../generator/model/chart.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import type { Manifest } from '../support/render.ts';
import { allCases, caseNamed, goldenManifests, goldenObjects, operatorCases, tenantCases } from './cases.ts';

const test = suite('chart/sync-waves');
const annotation = 'argocd.argoproj.io/sync-wave';
const waveOf = (object: Readonly<Record<string, unknown>>) =>
  (object.metadata as { annotations?: Record<string, string> }).annotations?.[annotation];

test('with argocd.syncWaves, every object has the place of its stage', () => {
  const manifests = goldenManifests(caseNamed('argocd'));
  for (const { source, object } of manifests) {
    const path = source.replace(/^serverless-mesh\/templates\/(.*)\.yaml$/, '$1');
    const { stage } = serverlessMesh.resources[path]!;
    assert.is(waveOf(object), String(stages.indexOf(stage)), source);
  }
  const waves = new Set(manifests.map(({ object }) => Number(waveOf(object))));
  assert.equal(
    [...waves].sort((a, b) => a - b),
    // Stage 1 has the Secret of an inline certificate only, 8 and 9 the isolation.
    [0, 2, 3, 4, 5, 6, 7, 10],
  );
});

test('what an object needs is in no later wave', () => {
  const wave = (kind: string, name: string) => {
    const found = goldenManifests(caseNamed('argocd')).find(
      ({ object }) => object.kind === kind && (object.metadata as { name: string }).name === name,
    );
    return Number(waveOf(found!.object));
  };
  const order = [
    wave('Namespace', 'istio-system'),
    wave('ServiceMeshControlPlane', 'basic'),
    wave('ServiceMeshMemberRoll', 'default'),
    wave('Gateway', 'knative-ingress-gateway'),
    wave('KnativeServing', 'knative-serving'),
    wave('KnativeEventing', 'knative-eventing'),
    wave('KnativeKafka', 'knative-kafka'),
    wave('Job', 'serverless-mesh-wait'),
  ];
  assert.equal(
    order,
    order.toSorted((a, b) => a - b),
  );
  assert.is(wave('ServiceAccount', 'serverless-mesh-jobs'), 0);
});

test('what isolation allows comes after Knative and before the denial of the rest, and both before the Job', () => {
  const waves = (kind: string, name: RegExp) =>
    goldenManifests(caseNamed('isolation-service-mesh-3')).flatMap(({ object }) =>
      object.kind === kind && name.test((object.metadata as { name: string }).name) ? [Number(waveOf(object))] : [],
    );
  assert.equal(waves('KnativeKafka', /./), [7]);
  assert.equal([...new Set(waves('AuthorizationPolicy', /^allow-/))], [8]);
  assert.equal(waves('AuthorizationPolicy', /^deny-/), [9, 9]);
  assert.equal(waves('Job', /^serverless-mesh-wait$/), [10]);
});

const isTest = ({ source }: { readonly source: string }) => source.includes('/tests/');
/** Of what helm test makes, with Helm: Argo CD leaves hooks out that it does not know. */
const testWaves = (manifests: readonly Manifest[]) => [
  ...new Set(manifests.filter(isTest).map(({ object }) => waveOf(object))),
];

test('the operators: namespace, then OperatorGroup, then Subscriptions', () => {
  const manifests = goldenManifests(caseNamed('common-metadata', operatorCases));
  const waves = manifests.filter(m => !isTest(m)).map(({ object }) => [object.kind, waveOf(object)]);
  assert.equal(waves, [
    ['Namespace', '0'],
    ['OperatorGroup', '1'],
    ['Subscription', '2'],
    ['Subscription', '2'],
  ]);
  assert.equal(testWaves(manifests), ['3']);
});

test('a tenant: policies of Knative first, so that nothing is called before it is allowed', () => {
  const objects = goldenObjects(caseNamed('argocd', tenantCases));
  const waves = objects
    .filter(m => !isTest(m))
    .map(({ object }) => {
      const { namespace } = object.metadata as { namespace: string };
      return `${namespace.startsWith('knative-') ? 'Knative' : 'tenant'}: ${waveOf(object)}`;
    });
  assert.equal([...new Set(waves)].sort(), ['Knative: 0', 'tenant: 1']);
  assert.equal(testWaves(objects), ['2']);
});

test('without it, no object has one, and none ever has a hook of Argo CD', () => {
  for (const c of allCases)
    for (const { source, object } of goldenObjects(c)) {
      if (!(c.values as { argocd: { syncWaves: boolean } }).argocd.syncWaves)
        assert.is(waveOf(object), undefined, `${c.name}: ${source}`);
      assert.not.match(JSON.stringify(object), 'argocd.argoproj.io/hook');
    }
});

test.run();
