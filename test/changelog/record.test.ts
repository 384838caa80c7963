import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildChart } from '../../generator/build.ts';
import { examplesOf } from '../../generator/changelog/examples.ts';
import { type ChartRecord, readRecord, recordOf, recordText } from '../../generator/changelog/record.ts';
import { newRecords } from '../../generator/changelog/release.ts';
import { historyOf, problemsOf, publishedOf } from '../../generator/changelog/releases.ts';
import { charts } from '../../generator/charts.ts';
import { GeneratorError } from '../../generator/errors.ts';
import { projectRoot, readFrames } from '../../generator/files.ts';
import type { Chart } from '../../generator/model/chart.ts';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { sha256 } from '../../generator/output/sums.ts';
import { packChart } from '../../generator/pack/archive.ts';
import { chartOf, gateway, record } from './charts.ts';

const test = suite('changelog: records');

/** Nothing is published in these tests, whatever the checkout says. */
const frames = new Map([...readFrames()].filter(([path]) => !path.startsWith('releases/')));
const built = new Map(charts.map(chart => [chart, buildChart(chart, frames)]));
const throws = (run: () => unknown, message: RegExp) =>
  assert.throws(run, (error: unknown) => error instanceof GeneratorError && message.test(error.message));

const filesOf = (chart: Chart) => built.get(chart)!;
const newOnes = (those: readonly Chart[], among: ReadonlyMap<string, string>, root = projectRoot) =>
  newRecords(those, among, root, filesOf);
const problems = (among: ReadonlyMap<string, string>) =>
  problemsOf(charts.map(chart => historyOf(chart, filesOf(chart), among)));

const records = newOnes(charts, frames);

test('a record for each chart, which reads back as it was', () => {
  assert.equal(
    [...records.keys()],
    charts.map(({ name, version }) => `releases/${name}/${version}.yaml`),
  );
  for (const [chart, files] of built) {
    const was = recordOf(chart, files, examplesOf(chart, projectRoot));
    assert.equal(readRecord(recordText(was), 'x'), was);
    assert.is(recordText(was), records.get(`releases/${chart.name}/${chart.version}.yaml`));
  }
});
test('the examples: default values, each environment, each tenant', () => {
  const names = charts.map(chart => examplesOf(chart, projectRoot).map(({ name }) => name));
  assert.equal(names, [
    ['default values', 'dev', 'prod', 'staging'],
    ['default values', 'tenant orders', 'tenant shipping', 'tenant storefront'],
    ['default values'],
  ]);
});
test('every example has objects, but for defaults that are refused', () => {
  for (const text of records.values())
    for (const { name, refused, objects } of readRecord(text, 'x').examples)
      assert.is(objects.size > 0, refused.length === 0, `${name}: ${refused}`);
});
test('a record is small: no object twice', () => {
  const bytes = [...records.values()].map(text => text.length);
  assert.ok(
    bytes.every(n => n > 1000 && n < 250_000),
    String(bytes),
  );
});

test('the digest: the content of the package alone, and all of it', () => {
  const digest = (change: (files: Map<string, string>) => void) => {
    const files = new Map(built.get(serverlessMesh));
    change(files);
    return recordOf(serverlessMesh, files).digest;
  };
  const now = digest(() => undefined);
  const package_ = (mtime: number) =>
    sha256(packChart('serverless-mesh', '0.1.0', built.get(serverlessMesh)!, { mtime }).data);
  assert.is.not(package_(1), package_(2), 'the date changes the package');
  assert.is(
    digest(files => files.set('docs/page.md', 'not packed')),
    now,
  );
  assert.is(
    digest(files => {
      for (const [path, text] of [...files].reverse()) {
        files.delete(path);
        files.set(path, text);
      }
    }),
    now,
  );
  for (const path of ['README.md', 'values.yaml', 'templates/NOTES.txt'])
    assert.is.not(
      digest(files => files.set(path, `${files.get(path)} `)),
      now,
      path,
    );
  assert.is.not(
    digest(files => files.delete('templates/NOTES.txt')),
    now,
  );
});

test('labels that repeat the version are no difference between versions', () => {
  const objects = ({ examples }: ChartRecord) => examples[0]!.objects;
  const next = chartOf({ version: '0.2.0' });
  assert.equal(objects(record(next)), objects(record(chartOf())));
  assert.is.not(record(next).digest, record(chartOf()).digest);
  assert.not.equal(objects(record(chartOf({ resources: { x: gateway(1) } }))), objects(record(chartOf())));
});

const published = new Map([...frames, ...records]);
const broken: readonly [name: string, path: string, text: string, want: RegExp][] = [
  [
    'no YAML',
    'releases/serverless-mesh/0.1.0.yaml',
    'a: 1\n<<<<<<< ours\nb: 2\n',
    /^releases\/serverless-mesh\/0\.1\.0\.yaml: cannot be read as YAML; restore/,
  ],
  ['another text', 'releases/serverless-mesh/0.1.0.yaml', 'a: 1\n', /is no record of a version; restore/],
  [
    'another version',
    'releases/serverless-mesh/0.3.0.yaml',
    records.get('releases/serverless-mesh/0.1.0.yaml')!,
    /0\.3\.0\.yaml: is the record of serverless-mesh 0\.1\.0; move it to releases\/serverless-mesh\/0\.1\.0\.yaml\.$/,
  ],
];
for (const [name, path, text, want] of broken)
  test(`refused: a file of ${name}`, () =>
    throws(() => publishedOf('serverless-mesh', new Map([...published, [path, text]])), want));

test('newest first, by the numbers of the version; other charts and texts are left out', () => {
  const files = ['0.9.0', '0.10.0', '0.10.0-rc.1', '0.2.0'].map(
    version => [`releases/one/${version}.yaml`, recordText(record(chartOf({ version })))] as const,
  );
  const found = publishedOf(
    'one',
    new Map([...files, ['releases/README.md', 'x'], ['releases/one-two/0.1.0.yaml', 'x']]),
  );
  assert.equal(
    found.map(({ version }) => version),
    ['0.10.0', '0.10.0-rc.1', '0.9.0', '0.2.0'],
  );
});

test('what is recorded is not recorded again; other content under its version is refused', () => {
  assert.equal([...newOnes(charts, published).keys()], []);
  const other = [...published].map(([path, text]): [string, string] =>
    path.startsWith('releases/serverless-mesh/') ? [path, text.replace(/^digest: ../m, 'digest: 00')] : [path, text],
  );
  const want =
    'serverless-mesh 0.1.0: is published with other content; raise the version of serverless-mesh in generator/model/serverless-mesh/index.ts.';
  throws(() => newOnes(charts, new Map(other)), new RegExp(`^${want}$`));
  assert.equal(problems(new Map(other)), [want]);
  assert.equal(problems(published), []);
});

test('a value of the real chart that is gone, and an example that is refused, keep a release back', () => {
  const path = 'releases/serverless-mesh/0.1.0.yaml';
  const was = readRecord(records.get(path)!, path);
  const more = { ...was, version: '0.0.9', values: { ...was.values, 'mesh.old': { type: 'string', default: '' } } };
  const examples = [...was.examples, { name: 'old', values: { mesh: { old: 'x' } }, refused: [], objects: new Map() }];
  const text = recordText({ ...more, examples });
  const found = problems(new Map([...frames, ['releases/serverless-mesh/0.0.9.yaml', text]]));
  assert.equal(found.length, 2, found.join('\n'));
  assert.match(found[0]!, /^serverless-mesh 0\.1\.0: mesh\.old: was in 0\.0\.9 and is gone[;,]/);
  assert.match(found[1]!, /example old: values that 0\.0\.9 took are refused: mesh\.old: is no value of this chart/);
});

test('an example that is another one now is recorded with its former values, too; a private key never is', () => {
  const root = mkdtempSync(join(tmpdir(), 'changelog-'));
  try {
    mkdirSync(join(root, 'environments/tenants'), { recursive: true });
    cpSync(join(projectRoot, 'environments/tenants'), join(root, 'environments/tenants'), { recursive: true });
    writeFileSync(join(root, 'environments/prod.yaml'), 'mesh: {members: [a]}\n');
    const path = 'releases/serverless-mesh/0.1.0.yaml';
    const names = examplesOf(serverlessMesh, root, readRecord(records.get(path)!, path)).map(({ name }) => name);
    assert.equal(names, ['default values', 'prod', 'dev of 0.1.0', 'prod of 0.1.0', 'staging of 0.1.0']);
    cpSync(join(projectRoot, 'test/cases/inline-certificate.yaml'), join(root, 'environments/prod.yaml'));
    throws(
      () => newOnes([serverlessMesh], frames, root),
      /^example prod: gateway\.tls\.inline\.privateKey: is a secret, which a record would publish; leave it out\.$/,
    );
    writeFileSync(join(root, 'environments/prod.yaml'), 'mesh: {member: [a]}\n');
    throws(() => newOnes([serverlessMesh], frames, root), /prod\.yaml:1: mesh\.member: is no value of this chart/);
  } finally {
    rmSync(root, { recursive: true });
  }
});

test.run();
