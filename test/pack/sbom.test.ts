import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { charts } from '../../generator/charts.ts';
import { imagesOf } from '../../generator/emit/images.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { sha256 } from '../../generator/output/sums.ts';
import { sbom } from '../../generator/pack/sbom.ts';
import { readPublisher } from '../../generator/publisher/read.ts';

const test = suite('pack/sbom');
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
const publisher = readPublisher('publisher.example.yaml');
const created = '2024-02-03T04:05:06Z';
const archive = (name: string, data = 'data') => ({ fileName: `${name}.tgz`, data: Buffer.from(data) });
const ofMesh = (data?: string, more = {}) =>
  sbom(serverlessMesh, archive('serverless-mesh', data), { publisher, created, ...more });

interface Bom {
  readonly serialNumber: string;
  readonly metadata: { readonly timestamp: string; readonly component: Record<string, unknown> };
  readonly components: readonly { readonly type: string; readonly name: string; version?: string; purl?: string }[];
}
const parsed = (text: string) => JSON.parse(text) as Bom;

for (const chart of charts)
  for (const [who, by] of [
    ['a publisher', publisher],
    ['no publisher', {}],
  ] as const)
    test(`${chart.name} of ${who}: valid by the official schema, in its strict form`, async () => {
      assert.is(await validator.validate(sbom(chart, archive(chart.name), { publisher: by, created })), null);
    });
test('the validator sees a field that there is not', async () => {
  assert.is.not(await validator.validate(ofMesh().replace('"components"', '"parts"')), null);
});
test('the chart with its hash, date and license', () => {
  const { metadata } = parsed(ofMesh());
  assert.is(metadata.timestamp, created);
  assert.is(metadata.component.version, serverlessMesh.version);
  assert.equal(metadata.component.hashes, [{ alg: 'SHA-256', content: sha256('data') }]);
  assert.equal(metadata.component.licenses, [{ expression: 'Apache-2.0' }]);
});
test('without a publisher neither license nor supplier', () => {
  const { component } = parsed(ofMesh('data', { publisher: {} })).metadata;
  for (const key of ['licenses', 'supplier', 'externalReferences']) assert.not(key in component, key);
});
test('the images of the chart, and its operators', () => {
  const { components } = parsed(ofMesh());
  const containers = components.filter(({ type }) => type === 'container');
  assert.equal(
    containers.map(({ name, version }) => `${name}:${version}`),
    imagesOf(serverlessMesh).map(({ image }) => image),
  );
  assert.is(containers[0]?.purl, 'pkg:docker/openshift4/ose-cli-rhel9@v4.18?repository_url=registry.redhat.io');
  assert.equal(
    components.filter(({ type }) => type === 'application').map(({ name, version }) => [name, version]),
    [
      ['serverless-operator', serverlessMesh.appVersion],
      ['servicemeshoperator', undefined],
    ],
  );
});
test('same package, same bytes; the serial number is that of the content', () => {
  assert.is(ofMesh(), ofMesh());
  const numbers = [ofMesh(), ofMesh('other'), ofMesh('data', { created: '2024-02-03T04:05:07Z' })].map(
    text => parsed(text).serialNumber,
  );
  assert.is(new Set(numbers).size, 3);
});

test.run();
