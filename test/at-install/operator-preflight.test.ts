/** What serverless-mesh-operators asks a cluster at install, and what it refuses. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { serverlessMeshOperators } from '../../generator/model/serverless-mesh-operators/index.ts';
import type { Values } from '../../generator/values/maps.ts';
import { caseNamed, goldenText, operatorCases } from '../chart/cases.ts';
import { renderedKinds } from '../chart/cluster.ts';
import { type Outcome, refusalOf, renderIn } from '../chart/render-in.ts';
import { inEachHelm, inTurn, withHelm } from '../chart/with-helm.ts';
import type { ClusterContent, ClusterObject } from '../support/cluster-answers.ts';
import { type Helm, helms } from '../support/helm.ts';
import { parseManifests } from '../support/render.ts';
import { forbidden, groupRows, madeBy, rows } from './operator-preflight-rows.ts';

const test = suite('chart/operator-preflight');
const testHelm = withHelm(test);
const kinds = [...renderedKinds, 'operators.coreos.com/v1alpha1/ClusterServiceVersion'];
const render = (helm: Helm, cluster: ClusterContent, values: Values = {}) =>
  renderIn(helm, { kinds, ...cluster }, values, serverlessMeshOperators);

let outcomes: Awaited<ReturnType<typeof inTurn<unknown, Outcome>>> = [];
test.before(async () => {
  outcomes = await inTurn(rows, (helm, r) => render(helm, r.cluster, r.values));
});
const outcomesOf = (row: number) => outcomes.filter(({ index }) => index === row);
for (const [index, { name, refusal }] of rows.entries())
  testHelm(name, () => {
    for (const { helm, result } of outcomesOf(index)) {
      assert.is(refusalOf(result, serverlessMeshOperators), refusal ?? '', helm.version);
      assert.is(parseManifests(result.stdout).length > 0, refusal === undefined, helm.version);
    }
  });

const kindsIn = ({ stdout }: Outcome) => parseManifests(stdout).map(({ object }) => object.kind);

testHelm('there is never a second OperatorGroup', async () => {
  const results = await inEachHelm(groupRows, (helm, [, objects]) => render(helm, { objects }));
  for (const [{ version }, found] of results)
    for (const [index, [name, , want]] of groupRows.entries()) {
      assert.is(found[index]?.stderr, '', `${version}: ${name}`);
      assert.is(kindsIn(found[index]!).includes('OperatorGroup'), want, `${version}: ${name}`);
    }
});

testHelm('operatorGroup.create=false asks for no OperatorGroup to make one', async () => {
  const values = { operatorGroup: { create: false }, preflight: { enabled: false } };
  for (const [{ version }, [outcome]] of await inEachHelm([values], (helm, given) => render(helm, {}, given))) {
    assert.not.ok(kindsIn(outcome!).includes('OperatorGroup'), version);
    assert.equal(
      outcome!.requests.filter(r => /\/(operatorgroups|subscriptions|clusterserviceversions)(\?|$)/.test(r)),
      [],
    );
  }
});

const namespace = (meta: object): ClusterObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'openshift-serverless', ...meta },
});
const namespaceRows: readonly (readonly [name: string, objects: readonly ClusterObject[], want: boolean])[] = [
  ['absent', [], true],
  ['somebody else made it', [namespace({})], false],
  ['this release made it', [namespace(madeBy('knative-mesh', 'platform'))], true],
  ['another release made it', [namespace(madeBy('knative-mesh', 'default'))], false],
];
testHelm('the Namespace is part of the release where it is absent or ours', async () => {
  const results = await inEachHelm(namespaceRows, (helm, [, objects]) => render(helm, { objects }));
  for (const [{ version }, found] of results)
    assert.equal(
      found.map(outcome => [outcome.stderr, kindsIn(outcome).includes('Namespace')]),
      namespaceRows.map(([, , want]) => ['', want]),
      version,
    );
});

for (const [path, values] of forbidden)
  testHelm(`a user who may not read ${path} is told so, and how to go on works`, async () => {
    const results = await inEachHelm([{}, values], (helm, given) => render(helm, { forbidden: [path] }, given));
    for (const [{ version }, [refused, passed]] of results) {
      assert.is(refused?.exitCode, 1, version);
      assert.match(refused!.stderr, `error calling lookup: ${path}: Forbidden`);
      assert.is(passed?.stderr, '', version);
    }
  });

testHelm('where OLM is not there, nothing of it is looked up: Helm itself says what is missing', async () => {
  const others = renderedKinds.filter(kind => !kind.startsWith('operators.coreos.com/'));
  for (const [{ version }, [outcome]] of await inEachHelm([{ kinds: others }], render)) {
    assert.match(outcome!.stderr, /no matches for kind "(OperatorGroup|Subscription)" in version/, version);
    assert.not.match(outcome!.stderr, 'lookup');
  }
});

testHelm('a cluster that has neither operator gets what a render without a cluster gives', async () => {
  const c = caseNamed('defaults', operatorCases);
  for (const helm of helms()) assert.is((await render(helm, {}, c.values)).stdout, goldenText(c), helm.version);
});

test.run();
