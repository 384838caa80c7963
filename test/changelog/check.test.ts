import type { TSchema } from 'typebox';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { releaseProblems } from '../../generator/changelog/check.ts';
import { chartOf, type Groups, published, record } from './charts.ts';
import { about, changedTo, deprecated, rows, told, without } from './check-rows.ts';

const test = suite('changelog: check of a release');

const first = record(chartOf());

for (const [name, later, changes, want] of rows)
  test(name, () => {
    const current = record(chartOf(later));
    const start = `one ${current.version}: `;
    const got = releaseProblems(current, [first], changes);
    assert.equal(
      got,
      want.map(sentence => start + sentence),
    );
  });

test('the first version needs nothing but a word', () => {
  assert.equal(releaseProblems(first, [], [told]), []);
  assert.is(releaseProblems(first, [], []).length, 1);
});

/** Published versions, oldest first, in which kafka.partitions or a choice is deprecated, and whether it may go then. */
const gone = without('kafka.partitions');
const old = (version: string) =>
  record(chartOf({ version, groups: changedTo('kafka.partitions', deprecated('0.2.0')) }));
const oldChoice = (version: string) =>
  record(chartOf({ version, groups: changedTo('mesh.generation', deprecated('0.2.0', { members: ['v4'] })) }));
const lives: readonly [
  name: string,
  versions: readonly (typeof first)[],
  last: string,
  groups: Groups,
  want: RegExp | undefined,
][] = [
  ['after two minor versions', [old('0.2.0'), old('0.3.0')], '0.4.0', gone, undefined],
  [
    'after one',
    [old('0.2.0')],
    '0.3.0',
    gone,
    /is gone, but only 0\.2 told .*; keep it for 2 minor .* not before 0\.4\.0\.$/,
  ],
  ['after one and its patch', [old('0.2.0'), old('0.2.1')], '0.3.0', gone, /is gone, but only 0\.2 told/],
  ['in a patch', [old('0.2.0'), old('0.3.0')], '0.3.1', gone, /is gone; remove it in 0\.4\.0, not in 0\.3\.1\.$/],
  [
    'after two, from 1.0 on not in a minor version',
    [old('0.2.0'), old('0.3.0'), old('1.0.0')],
    '1.1.0',
    gone,
    /remove it in 2\.0\.0/,
  ],
  [
    'a choice after two minor versions',
    [oldChoice('0.2.0'), oldChoice('0.3.0')],
    '0.4.0',
    changedTo('mesh.generation', { enum: ['v2', 'v3'] }),
    undefined,
  ],
  [
    'a choice after one',
    [oldChoice('0.2.0')],
    '0.3.0',
    changedTo('mesh.generation', { enum: ['v2', 'v3'] }),
    /no longer takes v4; keep it/,
  ],
  [
    'another choice than the deprecated one',
    [oldChoice('0.2.0'), oldChoice('0.3.0')],
    '0.4.0',
    changedTo('mesh.generation', { enum: ['v2', 'v4'] }),
    /no longer takes v3; keep it/,
  ],
];
for (const [name, versions, last, groups, want] of lives)
  test(`removed ${name}`, () => {
    const all = [...versions].reverse();
    const got = releaseProblems(record(chartOf({ version: last, groups })), [...all, first], [about('kafka', 'mesh')]);
    if (want === undefined) assert.equal(got, []);
    else {
      assert.is(got.length, 1, got.join('\n'));
      assert.match(got[0]!, want);
    }
  });

test('what is deprecated as a whole group is deprecated in all its values', () => {
  const groups = { ...published, kafka: { ...published.kafka, ...deprecated('0.2.0') } as unknown as TSchema };
  const { values } = record(chartOf({ version: '0.2.0', groups }));
  assert.ok(Object.entries(values).every(([path, row]) => path.startsWith('kafka') === (row.deprecated !== undefined)));
});

test.run();
