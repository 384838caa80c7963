import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packChart } from '../../generator/pack/archive.ts';
import { messageOf } from '../output/project.ts';

const test = suite('pack/refusals');

const good = { name: 'a', version: '1.0.0', path: 'values.yaml', mtime: 0 };
const refusals: [title: string, given: Partial<typeof good>, want: RegExp][] = [
  ['a name with a slash', { name: 'a/b' }, /^"a\/b": is no chart name; /],
  ['an upper-case name', { name: 'A' }, /is no chart name/],
  ['a version that is a path', { version: '1.0.0/..' }, /^a: "1.0.0\/.." is no version; /],
  ['a short version', { version: 'v1' }, /is no version/],
  ['a way out', { path: '../x' }, /^a: "..\/x" is no path in a chart; /],
  ['an absolute path', { path: '/x' }, /is no path in a chart/],
  ['a backslash', { path: 'a\\b' }, /is no path in a chart/],
  ['a path of 101 bytes', { path: `${'é'.repeat(49)}x` }, /: has 101 bytes, tar takes 100; use shorter names/],
  ['a date before 1970', { mtime: -1 }, /^a: -1 is no date; /],
  ['half a second', { mtime: 0.5 }, /is no date/],
  ['a date that gzip cannot hold', { mtime: 2 ** 32 }, /is no date/],
  ['no date at all', { mtime: Number.NaN }, /is no date/],
];

for (const [title, given, want] of refusals) {
  test(`refuses ${title}`, () => {
    const { name, version, path, mtime } = { ...good, ...given };
    const refused = messageOf(() =>
      packChart(
        name,
        version,
        new Map([
          ['Chart.yaml', ''],
          [path, ''],
        ]),
        { mtime },
      ),
    );
    assert.match(refused, want);
  });
}

test('refuses a chart without Chart.yaml', () => {
  assert.match(
    messageOf(() => packChart('a', '1.0.0', new Map())),
    /^a: has no Chart.yaml; /,
  );
});

test.run();
