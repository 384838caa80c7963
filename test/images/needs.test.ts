import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { at } from '../../generator/cluster/fields.ts';
import { imagesOf } from '../../generator/emit/images.ts';
import { mirrorValues } from '../../generator/images/mirror.ts';
import { clashing, imagesOfAll, needsOf, unmirrored } from '../../generator/images/needs.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import { manifestsYaml } from '../../generator/render/manifests.ts';
import { checkValues } from '../../generator/values/environments.ts';
import type { Values } from '../../generator/values/maps.ts';
import { mergeValues } from '../../generator/values/merge.ts';
import { caseNamed, cases, goldenText, operatorCases, release, tenantCases, twins } from '../chart/cases.ts';

const test = suite('images: needs');

/** In YAML as Helm printed it. */
const inText = (text: string) =>
  [...new Set([...text.matchAll(/^[ -]*image: *"?([^"\n]+)"?$/gm)].map(([, image]) => image!))].sort();
const mirror = 'registry.example.com:5000/mirror';

for (const c of [...cases, ...twins])
  test(`${c.name}: the list is what Helm prints, each with the value that names it; the mirror has it all`, () => {
    const needs = needsOf(c, {});
    const helm = inText(goldenText(c));
    const listed = [...imagesOfAll([needs]), ...needs.injected.map(i => i.image)].sort();
    // The other charts have the image of the Jobs, also where this one runs none.
    assert.equal(listed, [...new Set([...helm, at(c.values, 'jobs', 'image')])].sort());
    for (const { image, values, usedBy } of needs.images) assert.ok(values.length > 0 && usedBy.length > 0, image);
    assert.equal(
      unmirrored(needs, () => ({})),
      [],
    );

    const there = mergeValues(c.values, mirrorValues(needs, mirror));
    assert.equal(checkValues(serverlessMesh, there), []);
    const after = inText(manifestsYaml(evaluateChart(serverlessMesh, there, release)));
    assert.equal(after, helm.map(image => (image === 'auto' ? image : image.replace(/^[^/]+/, mirror))).sort());
    assert.equal(mirrorValues(needsOf({ name: c.name, values: there }, {}), mirror), {});
  });

test('some of these cases have images, and some an injected one', () => {
  const all = [...cases, ...twins].map(c => needsOf(c, {}));
  assert.ok(imagesOfAll(all).length >= 3, imagesOfAll(all).join(' '));
  assert.ok(all.some(n => n.injected.length > 0) && all.some(n => n.injected.length === 0));
});

test('helm test of the other charts has the image of the Jobs, and the list says so', () => {
  const [image] = imagesOf(serverlessMesh).filter(({ name }) => name === 'jobs-image');
  for (const c of [...operatorCases, ...tenantCases])
    assert.equal(inText(goldenText(c)), [at(c.values, 'jobs', 'image')]);
  const usual = needsOf(caseNamed('defaults'), {}).images.filter(i => i.image === image?.image);
  assert.equal(
    usual.map(({ chart, values }) => [chart, ...values]),
    [[serverlessMesh.name, 'jobs.image']],
  );
  assert.equal(usual[0]!.usedBy.slice(-2), [
    'Job default/serverless-mesh-operators-test, container kubectl (helm test) of serverless-mesh-operators',
    'Job default/serverless-mesh-tenant-test, container kubectl (helm test) of serverless-mesh-tenant',
  ]);
});

test('helm test of the operators has an image of its own, if their values say so', () => {
  const jobs = { image: 'quay.io/me/oc:1' };
  const needs = needsOf(caseNamed('defaults'), { jobs });
  const [own, ...more] = needs.images.filter(({ image }) => image === jobs.image);
  assert.equal([own?.chart, own?.values, more], ['serverless-mesh-operators', ['jobs.image'], []]);
  assert.not.match(JSON.stringify(mirrorValues(needs, mirror)), 'me/oc');
  const place = (file: string) => () => ({ file, line: 1 });
  const short = needsOf(caseNamed('defaults'), { jobs: { image: 'oc:1' } });
  assert.equal(
    unmirrored(short, place('prod.yaml'), place('operators.yaml')).map(({ file, path }) => `${file} ${path}`),
    ['operators.yaml jobs.image'],
  );
});

/** Values on the case base-document, values of the operators -> package, channel, first version. */
const v3 = { mesh: { generation: 'v3' } };
const operatorRows: readonly [string, Values, Values, readonly string[]][] = [
  ['Service Mesh 2', {}, {}, ['servicemeshoperator stable', 'serverless-operator stable-1.37', 'kiali-ossm stable']],
  ['Service Mesh 3', v3, {}, ['servicemeshoperator3 stable', 'serverless-operator stable-1.37']],
  [
    'an older release',
    { serverless: { release: 'v1.33' } },
    {},
    ['servicemeshoperator stable', 'serverless-operator stable-1.33', 'kiali-ossm stable'],
  ],
  [
    'an existing control plane',
    { mesh: { controlPlane: { create: false, name: 'basic' } } },
    {},
    ['servicemeshoperator stable', 'serverless-operator stable-1.37'],
  ],
  [
    'cert-manager',
    { ...v3, cluster: { appsDomain: 'apps.example.com' }, gateway: { tls: { source: 'certManager' } } },
    {},
    ['servicemeshoperator3 stable', 'serverless-operator stable-1.37', 'openshift-cert-manager-operator stable-v1'],
  ],
  [
    "the operators' own values",
    v3,
    { mesh: { channel: 'stable-3.1' }, serverless: { startingCSV: 'serverless-operator.v1.37.1' } },
    ['servicemeshoperator3 stable-3.1', 'serverless-operator stable-1.37 1.37.1'],
  ],
  ['an operator that is there', v3, { serverless: { enabled: false } }, ['servicemeshoperator3 stable']],
];
for (const [name, values, own, want] of operatorRows)
  test(`operators: ${name}`, () => {
    const merged = mergeValues(caseNamed('defaults').values, values);
    assert.equal(checkValues(serverlessMesh, merged), []);
    const { operators } = needsOf({ name, values: merged }, own);
    assert.equal(
      operators.map(o => [o.name, o.channel, o.minVersion].filter(Boolean).join(' ')),
      want,
    );
  });

test('an image that cannot be mirrored is said with its value and place', () => {
  const values = mergeValues(caseNamed('base-document').values, { jobs: { image: 'oc:1' } });
  assert.equal(
    unmirrored(needsOf({ name: 'a', values }, {}), path => ({ file: 'a.yaml', line: path.length })),
    [
      {
        file: 'a.yaml',
        line: 2,
        path: 'jobs.image',
        message:
          'is "oc:1", which names no registry, so that each node looks for it as it is configured; write the registry in front, for example registry.redhat.io/ubi9/httpd-24:9.7',
      },
    ],
  );
});

test('two images for one place on the mirror', () => {
  const needs = ['quay.io/a/oc:1', 'docker.io/a/oc:1', 'quay.io/a/oc:2'].map(image =>
    needsOf({ name: 'a', values: mergeValues(caseNamed('defaults').values, { jobs: { image } }) }, {}),
  );
  assert.equal(clashing(needs, mirror), [
    'docker.io/a/oc:1: a mirror has it where it has quay.io/a/oc:1, for registries do not count there; use one of the two in all environments.',
  ]);
});

test.run();
