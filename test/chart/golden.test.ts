import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findingText } from '../../generator/findings.ts';
import { evaluateChart, ruleFindings } from '../../generator/render/evaluate-chart.ts';
import type { Values as MeshValues } from '../../values-schema/index.ts';
import { helms, runHelm } from '../support/helm.ts';
import { type Manifest, parseManifests, renderMany } from '../support/render.ts';
import {
  allCases,
  type Case,
  caseArgs,
  caseNamed,
  cases,
  chartFolder,
  goldenManifests,
  goldenText,
  release,
  strayGoldens,
  titleOf,
  twins,
} from './cases.ts';
import { inEachHelm, inTurn, withHelm } from './with-helm.ts';

const test = suite('chart/golden');
const testHelm = withHelm(test);
const stale = 'run node --import tsx scripts/render-cases.ts, and read what changes';
let texts: Awaited<ReturnType<typeof inTurn<Case, string>>> = [];

test.before(async () => {
  texts = await inTurn(allCases, async (helm, c) => (await runHelm(helm, caseArgs('template', c))).stdout);
});

test('every golden file has its case', () => assert.equal(strayGoldens(), [], stale));

for (const [index, c] of allCases.entries()) {
  const title = titleOf(c);
  test(`${title}: the values are valid`, () => assert.equal(c.findings.map(findingText), []));
  test(`${title}: evaluate gives the golden objects`, () =>
    assert.equal(evaluateChart(c.chart, c.values, release), goldenManifests(c)));
  testHelm(`${title}: Helm gives the golden text, byte for byte`, () => {
    const found = texts.filter(text => text.index === index);
    assert.ok(found.length > 0);
    for (const { helm, result } of found) assert.is(result, goldenText(c), `${helm.version}; ${stale}`);
  });
}

for (const c of twins) {
  test(`${c.name}: no rule refuses the values`, () => assert.equal(ruleFindings(c.chart, c.values), []));
  test(`${c.name}: evaluate gives the golden objects`, () =>
    assert.equal(evaluateChart(c.chart, c.values, release), goldenManifests(c)));
}
testHelm('the other generation of every case: each Helm gives the golden objects', async () => {
  const args = [release.name, '--namespace', release.namespace];
  for (const helm of helms()) {
    const objects = await renderMany(
      helm,
      chartFolder,
      twins.map(c => c.values),
      args,
    );
    for (const [index, c] of twins.entries())
      assert.equal(objects[index], goldenManifests(c), `${helm.version}: ${c.name}; ${stale}`);
  }
});

test('where NetworkPolicies are yours, the chart makes none unasked: one for all pods would isolate their namespace', () => {
  const own = cases.filter(c => {
    const { mesh, networkPolicies } = c.values as unknown as MeshValues;
    return !mesh.controlPlane.manageNetworkPolicy && !networkPolicies.ingress.create;
  });
  assert.ok(own.length > 0);
  const made = own.flatMap(c => goldenManifests(c).map(m => ({ name: c.name, kind: m.object.kind, source: m.source })));
  assert.equal(
    made.filter(m => m.kind === 'NetworkPolicy'),
    [],
  );
});

// maistra/istio-operator resources/helm/v2.5/mesh-config/templates/enable-mesh-mtls.yaml: *.{{ global.proxy.clusterDomain }}.
test('the control plane knows a cluster domain that is not the default, as all addresses of ours end in it', () => {
  const plane = goldenManifests(caseNamed('other-mesh')).find(m => m.object.kind === 'ServiceMeshControlPlane');
  const { spec } = plane!.object as { spec: { proxy: { networking: { clusterDomain?: string } } } };
  assert.is(spec.proxy.networking.clusterDomain, 'dc1.corp.example');
});

/** Text that a printer of YAML may change: at the end of an object, at the end of a line, as another type. */
const hostile = ['\n', 'a\n', 'a\n\n', '\na', ' \n ', 'a \n', '\ta\n', '- a\n- b\n', '', '~', '0b1', '1:30', '=', '<<'];
const kourier = { serving: { ingress: 'kourier' }, mesh: { members: ['a'] } };
const { kafka } = caseNamed('base-document').values;
type Object = Manifest['object'];
/** Where a user's text stands: the values that put it there, and where it must come out. */
const places: readonly (readonly [name: string, values: (text: string) => object, kinds: RegExp, ...keys: string[]])[] =
  [
    ['annotations', text => ({ kafka, commonAnnotations: { last: text } }), /./, 'metadata', 'annotations', 'last'],
    [
      'annotations, with Kourier',
      text => ({ ...kourier, kafka, commonAnnotations: { last: text } }),
      /./,
      ...['metadata', 'annotations', 'last'],
    ],
    [
      'serving.config',
      text => ({ serving: { config: { a: { b: text } } } }),
      /KnativeServing/,
      'spec',
      'config',
      'a',
      'b',
    ],
    [
      'eventing.config, with Kourier',
      text => ({ ...kourier, eventing: { config: { features: { b: text } } } }),
      /KnativeEventing/,
      ...['spec', 'config', 'features', 'b'],
    ],
  ];
for (const [name, values, kinds, ...keys] of places)
  testHelm(`a text comes out letter by letter: ${name}`, async () => {
    const sets = hostile.map(values);
    const found = (o: Object) => keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], o);
    for (const [{ version }, [rendered]] of await inEachHelm([sets], (helm, all) =>
      renderMany(helm, chartFolder, all),
    )) {
      const wrong = rendered!.flatMap((objects, index) =>
        objects
          .filter(({ object }) => kinds.test(String(object.kind)) && found(object) !== hostile[index])
          .map(
            ({ source, object }) => `${source}: ${JSON.stringify(hostile[index])} is ${JSON.stringify(found(object))}`,
          ),
      );
      assert.equal(wrong, [], version);
    }
  });

testHelm('hostile labels and annotations stay strings, for the parser of Helm itself', () => {
  const { commonLabels, commonAnnotations } = caseNamed('common-metadata').values;
  const objects = parseManifests(goldenText(caseNamed('common-metadata')));
  for (const { source, object } of objects) {
    const { labels, annotations } = object.metadata as Record<string, Record<string, string>>;
    for (const [own, given] of [
      [labels, commonLabels],
      [annotations, commonAnnotations],
    ])
      for (const [key, text] of Object.entries(given as object))
        assert.is((own as object)[key as never], text, `${source} ${key}`);
  }
});

test.run();
