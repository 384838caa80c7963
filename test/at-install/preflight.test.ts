import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { caseNamed, goldenText } from '../chart/cases.ts';
import { renderedKinds } from '../chart/cluster.ts';
import { type Outcome, refusalOf, renderIn } from '../chart/render-in.ts';
import { helmsFor, inEachHelm, inTurn, withHelm } from '../chart/with-helm.ts';
import { helms } from '../support/helm.ts';
import { parseManifests } from '../support/render.ts';
import { forbidden, namespaceRows, type PreflightRow, rows } from './preflight-rows.ts';

const test = suite('chart/preflight');
const testHelm = withHelm(test);
const olm = 'operators.coreos.com/v1alpha1/ClusterServiceVersion';

const crd = 'apiextensions.k8s.io/v1/CustomResourceDefinition';
const kindsOf = ({ cluster, lacks = [] }: PreflightRow): string[] =>
  [...renderedKinds, crd, ...(cluster.kinds ?? [])].filter(kind => !lacks.includes(kind.split('/')[0]!));

let outcomes: Awaited<ReturnType<typeof inTurn<unknown, Outcome>>> = [];
test.before(async () => {
  outcomes = await inTurn(rows, (helm, r) => renderIn(helm, { ...r.cluster, kinds: kindsOf(r) }, r.values));
});
const outcomesOf = (row: number) => outcomes.filter(({ index }) => index === row);
for (const [index, { name, refusal }] of rows.entries())
  testHelm(name, () => {
    for (const { helm, result } of outcomesOf(index)) {
      assert.is(refusalOf(result), refusal ?? '', helm.version);
      assert.is(parseManifests(result.stdout).length > 0, refusal === undefined, helm.version);
    }
  });

testHelm('preflight.enabled=false asks for nothing but the Namespace', () => {
  const index = rows.findIndex(r => r.name.startsWith('preflight.enabled=false'));
  for (const { result } of outcomesOf(index)) {
    assert.equal(
      result.requests.filter(r => /\/gateways(\?|$)|clusterserviceversions|services\/istio-ingressgateway/.test(r)),
      [],
    );
  }
});

testHelm('where OLM is not installed, its kinds are not looked up', async () => {
  for (const [{ version }, [outcome]] of await inEachHelm([{}], renderIn)) {
    assert.is(outcome?.stderr, '', version);
    assert.not.ok(outcome?.requests.some(r => r.includes('clusterserviceversions')));
  }
});

testHelm('where Gateways are not served, they are not looked up: Helm itself says what is missing', async () => {
  const kinds = renderedKinds.filter(kind => !kind.startsWith('networking.istio.io/'));
  for (const [, [outcome]] of await inEachHelm([{ kinds }], renderIn)) {
    const { stderr, requests } = outcome!;
    assert.match(stderr, 'no matches for kind "Gateway" in version "networking.istio.io/v1beta1"');
    assert.not.match(stderr, 'lookup');
    assert.not.ok(requests.some(r => r.includes('/gateways')));
  }
});

for (const [index, [path, values]] of forbidden.entries())
  testHelm(`a user who may not read ${path} is told so, and how to go on works`, async () => {
    const cluster = { kinds: [...renderedKinds, olm], forbidden: [path] };
    for (const helm of helmsFor(index)) {
      const refused = await renderIn(helm, cluster, {});
      assert.is(refused.exitCode, 1, helm.version);
      assert.match(refused.stderr, `error calling lookup: ${path}: Forbidden`);
      assert.is((await renderIn(helm, cluster, values)).stderr, '', helm.version);
    }
  });

testHelm('the Namespace of the control plane is part of the release where it is absent or ours', async () => {
  const results = await inTurn(namespaceRows, (helm, [, objects]) => renderIn(helm, { objects, kinds: renderedKinds }));
  for (const { helm, index, result } of results) {
    const [name, , want] = namespaceRows[index]!;
    assert.is(result.stderr, '', `${helm.version}: ${name}`);
    assert.is(result.stdout.includes('\nkind: Namespace\n'), want, `${helm.version}: ${name}`);
  }
});

testHelm('a cluster that is fine gets what a render without a cluster gives', async () => {
  const { values } = caseNamed('prod');
  for (const helm of helms())
    assert.is((await renderIn(helm, { kinds: [...renderedKinds, olm] }, values)).stdout, goldenText(caseNamed('prod')));
});

test.run();
