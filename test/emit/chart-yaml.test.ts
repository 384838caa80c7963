import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { charts } from '../../generator/charts.ts';
import { chartYaml, type Packing } from '../../generator/emit/chart-yaml.ts';
import { imagesOf } from '../../generator/emit/images.ts';
import { readFrames } from '../../generator/files.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import type { Publisher } from '../../generator/publisher/publisher.ts';
import { readPublisher } from '../../generator/publisher/read.ts';
import { cases, goldenManifests } from '../chart/cases.ts';
import { parseAsHelm } from '../support/helm-yaml.ts';

const test = suite('emit/chart-yaml');
const frame = readFrames().get('Chart.yaml.hbs')!;
const nothing: Packing = { publisher: {}, changes: [], others: [] };
const fingerprint = '0123456789ABCDEF0123456789ABCDEF01234567';
const full: Packing = {
  publisher: readPublisher('publisher.example.yaml'),
  changes: [{ kind: 'fixed', description: 'A colon: and a # sign' }],
  others: charts.map(({ name }) => name),
  fingerprint,
};

type ChartYaml = Publisher & { annotations: Record<string, string> };
const parse = (packing: Packing, chart = serverlessMesh) => parseAsHelm(chartYaml(chart, frame, packing)) as ChartYaml;
/** Of Artifact Hub's annotation, which is YAML in a string. */
const inside = ({ annotations }: ChartYaml, key: string) => {
  const text = annotations[`artifacthub.io/${key}`];
  return text === undefined ? undefined : parseAsHelm(text);
};

for (const chart of charts) {
  test(`${chart.name}: without a publisher it is the committed one`, () => {
    assert.is(chartYaml(chart, frame, nothing), readFileSync(`charts/${chart.name}/Chart.yaml`, 'utf8'));
  });
  test(`${chart.name}: every annotation is a string, with and without a publisher`, () => {
    for (const packing of [nothing, full]) {
      const values = Object.values(parse(packing, chart).annotations);
      assert.ok(values.length > 2);
      for (const value of values) assert.type(value, 'string');
    }
  });
  // docs/helm_annotations.md of github.com/artifacthub/hub, "category".
  test(`${chart.name}: its category is one of Artifact Hub's`, () => {
    const known =
      /^(ai-machine-learning|database|integration-delivery|monitoring-logging|networking|security|storage|streaming-messaging)$/;
    assert.match(chart.annotations['artifacthub.io/category'] ?? '', known);
  });
}

test('what the publisher says', () => {
  const yaml = parse(full);
  const { home, icon, sources } = full.publisher;
  assert.equal([yaml.home, yaml.icon, yaml.sources], [home, icon, sources]);
  const [{ displayName, ...maintainer } = { name: '' }] = full.publisher.maintainers ?? [];
  assert.equal(yaml.maintainers, [maintainer]);
  assert.equal(inside(yaml, 'maintainers'), [{ name: displayName, email: maintainer.email }]);
  assert.is(yaml.annotations['charts.openshift.io/provider'], 'Example Inc.');
  assert.is(yaml.annotations['charts.openshift.io/supportURL'], full.publisher.support);
  assert.is(yaml.annotations['artifacthub.io/license'], 'Apache-2.0');
  assert.equal(inside(yaml, 'links'), [{ name: 'support', url: full.publisher.support }]);
  assert.equal(inside(yaml, 'screenshots'), full.publisher.screenshots);
  assert.equal(inside(yaml, 'changes'), full.changes);
  assert.equal(inside(yaml, 'signKey'), { fingerprint, url: full.publisher.signKey?.url });
  const packages = 'https://artifacthub.io/packages/helm/example-charts';
  assert.equal(
    inside(yaml, 'recommendations'),
    ['serverless-mesh-tenant', 'serverless-mesh-operators'].map(name => ({ url: `${packages}/${name}` })),
  );
});

const absent: readonly (readonly [string, Packing, string])[] = [
  ['a package that is not signed', { ...full, fingerprint: undefined }, 'signKey'],
  ['no address of the key', { ...full, publisher: {} }, 'signKey'],
  ['no change', { ...full, changes: [] }, 'changes'],
  ['a maintainer of one name', { ...full, publisher: { maintainers: [{ name: 'a' }] } }, 'maintainers'],
  ['no repository at Artifact Hub', { ...full, publisher: { home: 'https://example.com' } }, 'recommendations'],
  ['no support', { ...full, publisher: {} }, 'links'],
];
for (const [name, packing, key] of absent)
  test(`${name}: no ${key}`, () => assert.is(inside(parse(packing), key), undefined));

for (const text of ['Ex: "ample" #1', "it's", 'yes', '1.0', '{{ .Values }}', '*a', 'Größe', 'a\\b'])
  test(`a provider called ${text} comes out as it is`, () =>
    assert.is(parse({ ...nothing, publisher: { provider: text } }).annotations['charts.openshift.io/provider'], text));

for (const [version, want] of [
  ['0.9.1', 'true'],
  ['1.0.0-rc.1', 'true'],
  ['1.0.0', undefined],
  ['10.2.0', undefined],
] as const)
  test(`version ${version} is ${want ? 'a' : 'no'} pre-release`, () =>
    assert.is(parse(nothing, { ...serverlessMesh, version }).annotations['artifacthub.io/prerelease'], want));

test('the images are those that the values name by default, and what any case runs is one of them', () => {
  const images = new Set(imagesOf(serverlessMesh).map(({ image }) => image));
  assert.equal(
    inside(parse(nothing), 'images'),
    imagesOf(serverlessMesh).map(image => ({ ...image, whitelisted: false })),
  );
  const ran = cases.flatMap(c => {
    const own = `${readFileSync(c.file, 'utf8')} ${c.set ?? ''}`;
    const objects = goldenManifests(c).map(m => JSON.stringify(m.object));
    const used = objects.flatMap(text => [...text.matchAll(/"image":"([^"]+)"/g)].map(([, image]) => image!));
    return used.filter(image => !own.includes(image));
  });
  // Istio puts its own image in the place of auto.
  assert.equal([...new Set(ran.filter(image => image !== 'auto'))].sort(), [...images].sort());
});

test.run();
