import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildChart } from '../../generator/build.ts';
import { recordText } from '../../generator/changelog/record.ts';
import { versionNamed } from '../../generator/changelog/versions.ts';
import { runChangelog } from '../../generator/commands/changelog.ts';
import { readFrames } from '../../generator/files.ts';
import { serverlessMeshOperators } from '../../generator/model/serverless-mesh-operators/index.ts';
import { packChart } from '../../generator/pack/archive.ts';
import { inProcess } from '../cli/project.ts';
import { chartOf, record } from './charts.ts';

const test = suite('changelog: command');

const folder = mkdtempSync(join(tmpdir(), 'changelog-'));
test.after(() => rmSync(folder, { recursive: true }));

const name = serverlessMeshOperators.name;
const files = new Map(buildChart(serverlessMeshOperators, readFrames()));
const tgz = (version: string, change: (path: string, text: string) => string = (_, text) => text) => {
  const texts = [...files].map(([path, text]) => [path, change(path, text)] as const);
  const path = join(folder, `${name}-${version}.tgz`);
  const chart = files.get('Chart.yaml')!.replace(/^version: .*/m, `version: ${version}`);
  writeFileSync(path, packChart(name, version, new Map([...texts, ['Chart.yaml', chart]])).data);
  return path;
};
const next = tgz('0.2.0', (_, text) => text.replaceAll('stable-3.2', 'stable-3.3').replace('"Automatic"', '"Manual"'));
const same = tgz('0.1.1');

const run = (from: string, to?: string, output: 'text' | 'json' = 'text') =>
  inProcess(io => runChangelog({ from, to, output }, io));

test('two packages: values that differ, and what to do about objects', async () => {
  const { status, out, talk } = await run(same, next);
  assert.is(status, 0);
  assert.ok(
    out.startsWith(`# ${name}: from 0.1.1 to 0.2.0\n\n| Value | 0.1.1 | 0.2.0 |\n| --- | --- | --- |\n| \``),
    out,
  );
  assert.match(out, /"Manual"/);
  assert.match(talk, /^Objects are compared between published versions/);
});
test('a package and the chart as it is now, and the folder of a chart: the same', async () => {
  const chart = join(folder, 'chart');
  mkdirSync(chart);
  for (const path of ['Chart.yaml', 'values.yaml', 'values.schema.json'])
    writeFileSync(join(chart, path), files.get(path)!);
  for (const [from, to] of [[same], [same, chart], [chart, same]] as const)
    assert.match((await run(from, to)).out, /\n\nValues and objects are the same\.\n$/);
});
test('for a program', async () => {
  const { chart, from, to, values, objects } = JSON.parse((await run(same, next, 'json')).out);
  assert.equal([chart, from, to, objects], [name, '0.1.1', '0.2.0', []]);
  assert.ok(values.length > 0);
});
test('a published version by its number, without what only we know of values', async () => {
  const groups = { kafka: { ...chartOf().values, deprecated: { since: '0.1.0', instead: 'x' } } } as never;
  const frames = new Map([['releases/one/0.1.0.yaml', recordText(record(chartOf({ groups })))]]);
  const { version, values, examples } = await versionNamed('0.1.0', 'one', frames);
  assert.equal([version, examples.length], ['0.1.0', 2]);
  assert.ok(Object.values(values).every(row => row.deprecated === undefined));
});

const missing = join(folder, 'empty');
mkdirSync(missing);
const broken = join(folder, 'broken.tgz');
writeFileSync(broken, 'no package');
const refused: readonly [from: string, to: string | undefined, want: RegExp][] = [
  ['0.0.7', undefined, /^0\.0\.7: is no published version of serverless-mesh \(none is\); name a package/],
  ['nothing.tgz', undefined, /^nothing\.tgz: there is no such file or folder; name a package/],
  ['', undefined, /^"": there is no such file/],
  [missing, undefined, /empty: holds no Chart\.yaml; name a chart that has one\.$/],
  [broken, undefined, /broken\.tgz: is no \.tgz/],
  [
    same,
    'charts/serverless-mesh',
    /is of the chart serverless-mesh-operators, .* of serverless-mesh; compare versions of one chart\.$/,
  ],
];
for (const [from, to, want] of refused)
  test(`refused: ${from.replace(folder, '')}${to === undefined ? '' : ` and ${to}`}`, async () => {
    const { status, out, talk } = await run(from, to);
    assert.is(status, from === broken ? 1 : 2);
    assert.is(out, '');
    assert.match(talk.trimEnd(), want);
  });

test.run();
