import { appendFileSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readIfThere } from '../../generator/output/published.ts';
import { sha256, sumsText } from '../../generator/output/sums.ts';
import { readRelease } from '../../generator/publish/release.ts';
import { newPath, writeRelease } from './release.ts';

const test = suite('publish: the folder of a release');

const read = (folder: string) => readRelease(folder, name => readIfThere(join(folder, name)));
const refusal = (folder: string) =>
  read(folder).then(
    () => 'accepted',
    (error: Error) => error.message.replaceAll(folder, 'dist'),
  );

/** Signs the right package, or another one. */
const provenance = (sum?: string) => (archive: { fileName: string; data: Uint8Array }, chart: string) =>
  new TextEncoder().encode(`${chart}\n...\nfiles:\n  ${archive.fileName}: sha256:${sum ?? sha256(archive.data)}\n`);

/** Changes a file, and makes SHA256SUMS agree with it again. */
function rewrite(folder: string, name: string, change: (text: string) => string): void {
  writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')));
  const sums = join(folder, 'SHA256SUMS');
  const names = [...readFileSync(sums, 'utf8').matchAll(/ {2}(.+)$/gm)].map(([, file = '']) => file);
  writeFileSync(sums, sumsText(new Map(names.map(file => [file, sha256(readFileSync(join(folder, file)))]))));
}

test('is read with what it holds', async () => {
  const { created, charts } = await read(writeRelease({ sign: provenance() }, { name: 'butter' }));
  assert.is(created, '2026-01-02T03:04:05Z');
  assert.equal(
    charts.map(c => [c.metadata.name, c.package.name, c.provenance?.name, c.sbom.name]),
    [
      ['bread', 'bread-1.2.3.tgz', 'bread-1.2.3.tgz.prov', 'bread-1.2.3.cdx.json'],
      ['butter', 'butter-1.2.3.tgz', undefined, 'butter-1.2.3.cdx.json'],
    ],
  );
});

const again = 'pack the charts again with serverless-mesh package.';
const rows: readonly (readonly [string, (folder: string) => void, string])[] = [
  ['no sums', f => rmSync(join(f, 'SHA256SUMS')), `dist/SHA256SUMS: is missing; ${again}`],
  ['no package', f => rmSync(join(f, 'bread-1.2.3.tgz')), `dist/bread-1.2.3.tgz: is missing; ${again}`],
  ['no SBOM', f => rmSync(join(f, 'bread-1.2.3.cdx.json')), `dist/bread-1.2.3.cdx.json: is missing; ${again}`],
  [
    'a package with another byte',
    f => appendFileSync(join(f, 'bread-1.2.3.tgz'), 'x'),
    `dist/bread-1.2.3.tgz: is not the file that SHA256SUMS lists, for its sum differs; ${again}`,
  ],
  [
    'a manifest that was changed',
    f => appendFileSync(join(f, 'release.json'), ' '),
    `dist/release.json: is not the file that SHA256SUMS lists, for its sum differs; ${again}`,
  ],
  [
    'sums that are none',
    f => writeFileSync(join(f, 'SHA256SUMS'), 'x\n'),
    `dist/SHA256SUMS:1: is not a line of sha256sum, or repeats a path; ${again.slice(0, -1)}`,
  ],
  [
    'another package than the manifest lists',
    f => rewrite(f, 'release.json', text => text.replace(/"sha256": "./, '"sha256": "z')),
    'dist/release.json: has another sum for bread-1.2.3.tgz than SHA256SUMS; pack the charts again.',
  ],
  [
    'another version than the manifest says',
    f => rewrite(f, 'release.json', text => text.replace('"version": "1.2.3"', '"version": "1.2.4"')),
    'dist/bread-1.2.3.tgz: holds bread-1.2.3.tgz; pack the charts again.',
  ],
  [
    'a manifest of another shape',
    f => rewrite(f, 'release.json', text => text.replace('"schemaVersion": 1', '"schemaVersion": 2')),
    'dist/release.json: is no manifest of a release; pack the charts with this version of the tool.',
  ],
  [
    'a manifest that names a file elsewhere',
    f => rewrite(f, 'release.json', text => text.replace('"bread-1.2.3.cdx.json"', '"../bread-1.2.3.cdx.json"')),
    'dist/release.json: is no manifest of a release; pack the charts with this version of the tool.',
  ],
  [
    'a manifest that is no JSON',
    f => rewrite(f, 'release.json', () => '{'),
    'dist/release.json: is no manifest of a release; pack the charts with this version of the tool.',
  ],
  [
    'a package that is none',
    f => {
      rewrite(f, 'bread-1.2.3.tgz', () => 'text');
      const sum = sha256('text');
      rewrite(f, 'release.json', text => text.replace(/"sha256": "[0-9a-f]{64}"/, `"sha256": "${sum}"`));
    },
    'dist/bread-1.2.3.tgz: is no .tgz; pack the chart again with serverless-mesh package.',
  ],
  [
    'a link in place of a package',
    f => {
      rmSync(join(f, 'bread-1.2.3.tgz'));
      symlinkSync('release.json', join(f, 'bread-1.2.3.tgz'));
    },
    'dist/bread-1.2.3.tgz: is not an ordinary file; replace it by a file, or move it away.',
  ],
];
for (const [name, spoil, want] of rows)
  test(`refuses ${name}`, async () => {
    const folder = writeRelease();
    spoil(folder);
    assert.is(await refusal(folder), want);
  });

test('refuses a provenance file that signs another package', async () => {
  assert.is(
    await refusal(writeRelease({ sign: provenance('0'.repeat(64)) })),
    'dist/bread-1.2.3.tgz.prov: does not sign the package bread-1.2.3.tgz beside it; pack and sign the charts again.',
  );
});

test('refuses a folder that is not there', async () => {
  assert.is(await refusal(newPath()), `dist/SHA256SUMS: is missing; ${again}`);
});

test.run();
