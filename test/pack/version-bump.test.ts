import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildAll } from '../../generator/build.ts';
import { GeneratorError } from '../../generator/errors.ts';
import { readFrames } from '../../generator/files.ts';
import { serverlessMeshOperators as chart } from '../../generator/model/serverless-mesh-operators/index.ts';
import { sha256 } from '../../generator/output/sums.ts';
import { type PackOptions, pack } from '../../generator/pack/pack.ts';
import { readPublished } from '../../generator/pack/published.ts';
import { requireNewVersions } from '../../generator/pack/version-bump.ts';
import { messageOf } from '../output/project.ts';

const test = suite('pack/version-bump');
const folder = mkdtempSync(join(tmpdir(), 'published-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const frames = readFrames();
const files = buildAll(frames);
const publisher = { home: 'https://example.com', signKey: { url: 'https://example.com/key' } };
const options: PackOptions = {
  files,
  frames,
  packing: { publisher, changes: [], others: [], fingerprint: 'AB' },
  date: 1_700_000_000,
};
const packed = pack(chart, options);
const digestOf = (more: Partial<PackOptions>) => sha256(pack(chart, { ...options, ...more }).archive.data);
const digest = digestOf({});
const { name, version } = chart;
const raise = 'raise version in generator/model/serverless-mesh-operators/index.ts.';

const index = (text: string, entry = { version }, created = '2023-11-14T22:13:20Z') =>
  `apiVersion: v1\nentries:\n  ${name}:\n    - version: ${entry.version}\n      digest: ${text}\n      created: "${created}"\n  other: []\n`;
const manifest = (hash: string) =>
  JSON.stringify({ created: '2023-11-14T22:13:20Z', charts: [{ name, version, package: { sha256: hash } }] });

async function found(path: string): Promise<string> {
  try {
    await requireNewVersions([packed], readPublished(path), () => options);
    return '';
  } catch (error) {
    if (error instanceof GeneratorError) return error.message;
    throw error;
  }
}

const accepted: readonly (readonly [string, string, string])[] = [
  ['the same digest in an index', 'index.yaml', index(digest)],
  ['the same digest with its algorithm', 'index.yaml', index(`sha256:${digest}`)],
  ['the same digest in a manifest', 'release.json', manifest(digest)],
  ['another version', 'index.yaml', index('00', { version: '0.0.1' })],
  ['an empty repository', 'index.yaml', 'apiVersion: v1\nentries: {}\n'],
];
for (const [title, file, text] of accepted)
  test(`accepts ${title}`, async () => assert.is(await found(put(file, text)), ''));

test('other content names the version, and where to raise it', async () => {
  for (const path of [put('index.yaml', index('00')), put('release.json', manifest('00'))])
    assert.is(await found(path), `${name} ${version}: is published in ${path} with other content; ${raise}`);
});
test('an entry without a digest is not taken for the same', async () => {
  assert.match(await found(put('index.yaml', index('""'))), /with other content; raise version/);
});
test('a digest of digits alone is a text', async () => {
  const [one] = readPublished(put('index.yaml', index('1'.repeat(64))));
  assert.is(one?.digest, '1'.repeat(64));
});
test('says which files differ, where the published package is there', async () => {
  const path = put('index.yaml', index('00'));
  const changed = new Map([...files, [`charts/${name}/values.yaml`, 'a: 1\n'], [`charts/${name}/more.txt`, 'more']]);
  const tgz = put(`${name}-${version}.tgz`, pack(chart, { ...options, files: changed }).archive.data);
  assert.is(
    await found(path),
    `${name} ${version}: is published in ${path} with other content (more.txt, values.yaml); ${raise}`,
  );
  rmSync(tgz);
});

const variants: readonly (readonly [string, Partial<PackOptions>, string, string])[] = [
  [
    'another date',
    { date: 1_600_000_000 },
    '2020-09-13T12:26:40Z',
    'with files of another date; set SOURCE_DATE_EPOCH=1600000000, as it was',
  ],
  [
    'no date at all',
    { date: 315_532_800 },
    'yesterday',
    'with files of another date; set SOURCE_DATE_EPOCH=315532800, as it was',
  ],
  [
    'no signature',
    { packing: { ...options.packing, fingerprint: undefined } },
    'yesterday',
    'not signed; package it again as it was',
  ],
  [
    'no publisher.yaml, at another date',
    { packing: { ...options.packing, publisher: {} }, date: 315_532_800 },
    'yesterday',
    'without what publisher.yaml says; package it again as it was with SOURCE_DATE_EPOCH=315532800',
  ],
];
for (const [title, more, created, want] of variants)
  test(`recognises the same content with ${title}`, async () => {
    const path = put('index.yaml', index(digestOf(more), { version }, created));
    assert.is(await found(path), `${name} ${version}: is published in ${path} ${want}, or ${raise}`);
  });

test('a folder is known by its index and its manifest, both', async () => {
  put('index.yaml', index(digest));
  put('release.json', manifest('00'));
  assert.match(await found(folder), /release\.json with other content/);
});

test('in a folder without packages nothing is published yet', () => {
  assert.equal(readPublished(mkdtempSync(join(folder, 'new-'))), []);
});

const instead = 'name an index.yaml, a release.json, or a folder with one.';
for (const [title, path, want] of [
  ['nothing', () => '', `--published: is empty; ${instead}`],
  ['a missing file', () => join(folder, 'no.yaml'), `${folder}/no.yaml: there is no such file or folder; ${instead}`],
  [
    'a folder of packages without either',
    () => {
      const at = mkdtempSync(join(folder, 'a-'));
      writeFileSync(join(at, 'x-0.1.0.tgz'), '');
      return at;
    },
    /: holds packages, but neither index\.yaml nor release\.json; /,
  ],
  [
    'another YAML',
    () => put('a.yaml', 'a: 1\n'),
    `${folder}/a.yaml: is neither the index of a repository nor a release.json; ${instead}`,
  ],
  ['no YAML', () => put('b.yaml', 'a: [\n'), `${folder}/b.yaml: cannot be read as YAML; ${instead}`],
] as const)
  test(`refuses ${title}`, () => {
    const message = messageOf(() => readPublished(path()));
    if (typeof want === 'string') assert.is(message, want);
    else assert.match(message, want);
  });

test.run();
