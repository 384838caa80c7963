import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { parseTar } from 'nanotar';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256 } from '../../generator/output/sums.ts';
import { packChart } from '../../generator/pack/archive.ts';

const test = suite('pack/archive');

const files = new Map<string, string | Uint8Array>([
  ['templates/b.yaml', 'b: é\n'],
  ['values.schema.json', '{}\n'],
  ['README.md', '# one\n'],
  ['.helmignore', ''],
  ['templates/B.yaml', new Uint8Array([0, 255])],
  ['values.yaml', 'a: 1\n'],
  ['Chart.yaml', 'apiVersion: v2\nname: one\nversion: 1.0.0\n'],
]);
const minimal = new Map([['Chart.yaml', 'name: a\n']]);

function tarOf(data: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gunzipSync(data));
}

function digest(given: ReadonlyMap<string, string | Uint8Array>, mtime?: number): string {
  return sha256(packChart('one', '1.0.0', given, { mtime }).data);
}

// A new digest means that every published chart changes its digest: raise a library only on purpose.
test('the bytes of a small chart are known', () => {
  const { fileName, data } = packChart('one', '1.0.0', files);
  assert.is(fileName, 'one-1.0.0.tgz');
  assert.is(sha256(data), '8b96934aee3d5d5442eb1348eac9dd76e7332d7b11d9a4b01f5515d5e00a140c');
});

test('order: Chart.yaml, values, schema, then the rest by code unit', () => {
  const names = parseTar(tarOf(packChart('one', '1.0.0', files).data)).map(({ name }) => name);
  const want = ['Chart.yaml', 'values.yaml', 'values.schema.json', '.helmignore', 'README.md'];
  assert.equal(
    names,
    [...want, 'templates/B.yaml', 'templates/b.yaml'].map(path => `one/${path}`),
  );
});

test('every entry is an ordinary file of nobody with its content and the given date', () => {
  for (const entry of parseTar(tarOf(packChart('one', '1.0.0', files, { mtime: 1_700_000_000 }).data))) {
    const { mode, uid, gid, user, group, mtime } = entry.attrs ?? {};
    assert.equal([entry.type, mode, uid, gid, user, group, mtime], ['file', '0000644', 0, 0, '', '', 1_700_000_000]);
    const want = files.get(entry.name.slice('one/'.length)) ?? assert.unreachable(entry.name);
    assert.equal(Buffer.from(entry.data ?? []), Buffer.from(want as string));
  }
});

const headers: [mtime: number | undefined, bytes: number[]][] = [
  [undefined, [0, 0xa6, 0xce, 0x12]],
  [0, [0, 0, 0, 0]],
  [1, [1, 0, 0, 0]],
  [0xff_ff_ff_ff, [255, 255, 255, 255]],
];

for (const [mtime, bytes] of headers) {
  test(`the gzip header of date ${mtime ?? '(default)'} holds no name and a fixed system`, () => {
    const { data } = packChart('one', '1.0.0', files, { mtime });
    assert.equal([...data.slice(0, 10)], [0x1f, 0x8b, 8, 0, ...bytes, 2, 3]);
  });
}

test('the order of insertion does not matter', () => {
  assert.is(digest(new Map([...files].reverse())), digest(files));
});

test('content, path and date do', () => {
  const others = [
    digest(new Map([...files, ['README.md', '# two\n']])),
    digest(new Map([...files, ['more', '']])),
    digest(files, 1),
    sha256(packChart('two', '1.0.0', files).data),
  ];
  assert.is(new Set([...others, digest(files)]).size, others.length + 1);
});

test('time zone, umask, locale and clock do not matter', () => {
  const script = `${bundle()}
    Date.now = () => 4e12 * Math.random();
    process.stdout.write(packChart('one', '1.0.0', new Map(${JSON.stringify([...minimal])})).data);`;
  const run = (umask: string, env: NodeJS.ProcessEnv) =>
    execFileSync('sh', ['-c', `umask ${umask}; exec "$0" "$@"`, process.execPath, '--input-type=module', '-'], {
      env: { ...process.env, ...env },
      input: script,
      timeout: 60_000,
    });
  const want = sha256(packChart('one', '1.0.0', minimal).data);
  assert.is(sha256(run('077', { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', SOURCE_DATE_EPOCH: '5' })), want);
  assert.is(sha256(run('000', { TZ: 'America/St_Johns', LC_ALL: 'C' })), want);
});

/** The archive module as plain JavaScript, so that a child process needs no loader. */
function bundle(): string {
  const entry = fileURLToPath(new URL('../../generator/pack/archive.ts', import.meta.url));
  const built = buildSync({ entryPoints: [entry], bundle: true, format: 'esm', platform: 'node', write: false });
  return built.outputFiles[0]!.text;
}

// nanotar pads to 10240 bytes and leaves no end of archive where the entries fill that exactly (or all but one block).
for (const size of [0, 511, 10240 - 1536, 10240 - 1024, 10240 - 512, 200_000]) {
  test(`an archive with a file of ${size} bytes ends as tar wants, and tar reads it`, () => {
    const tar = tarOf(packChart('a', '1.0.0', new Map([['Chart.yaml', 'x'.repeat(size)]])).data);
    assert.ok(tar.subarray(-1024).every(byte => byte === 0));
    const listed = execFileSync('tar', ['tf', '-'], { input: tar, stdio: 'pipe' }).toString();
    assert.is(listed, 'a/Chart.yaml\n');
  });
}

test('a path that fills the name field works', () => {
  const path = 'é'.repeat(49);
  const { data } = packChart('a', '1.0.0', new Map([...minimal, [path, 'content']]));
  const entry = parseTar(tarOf(data)).at(-1);
  assert.is(Buffer.byteLength(`a/${path}`), 100);
  assert.equal([entry?.name, entry?.text], [`a/${path}`, 'content']);
});

test.run();
