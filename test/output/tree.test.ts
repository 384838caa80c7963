import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compareTree, type Found, isOurs, planWrite, recordPath, type Tree } from '../../generator/output/tree.ts';

const test = suite('output/tree');

const path = 'charts/x';
const file = (hash: string): Found => ({ kind: 'file', hash });
const link: Found = { kind: 'blocked', at: 'charts', by: 'symbolic link' };

/** One path: its hash among the wanted files, in the record, and what stands there. */
function tree(wanted: string | undefined, recorded: string | undefined, found: Found | undefined): Tree {
  const one = <T>(value: T | undefined) => new Map(value === undefined ? [] : [[path, value]]);
  return { wanted: one(wanted), recorded: one(recorded), found: one(found) };
}

type Does = 'write' | 'keep' | 'remove' | 'refuse' | 'nothing';
type List = 'stale' | 'edited' | 'missing' | 'unknown' | 'none';

// Every combination of wanted, recorded and found that differs in meaning.
const rows: [
  name: string,
  wanted: string | undefined,
  recorded: string | undefined,
  found: Found | undefined,
  does: Does,
  forced: Does,
  list: List,
][] = [
  ['new file', 'new', undefined, undefined, 'write', 'write', 'missing'],
  ['deleted by hand', 'new', 'old', undefined, 'write', 'write', 'missing'],
  ['as wanted and recorded', 'new', 'new', file('new'), 'keep', 'keep', 'none'],
  ['as wanted, record behind', 'new', 'old', file('new'), 'keep', 'keep', 'none'],
  ['as wanted, not recorded', 'new', undefined, file('new'), 'keep', 'keep', 'none'],
  ['as recorded', 'new', 'old', file('old'), 'write', 'write', 'stale'],
  ['edited by hand', 'new', 'old', file('hand'), 'refuse', 'write', 'edited'],
  ['edited by hand, model unchanged', 'new', 'new', file('hand'), 'refuse', 'write', 'edited'],
  ['somebody else’s', 'new', undefined, file('hand'), 'refuse', 'write', 'edited'],
  ['no longer wanted', undefined, 'old', file('old'), 'remove', 'remove', 'unknown'],
  ['no longer wanted, edited', undefined, 'old', file('hand'), 'refuse', 'remove', 'unknown'],
  ['no longer wanted, gone', undefined, 'old', undefined, 'nothing', 'nothing', 'none'],
  ['behind a link', 'new', 'new', link, 'refuse', 'refuse', 'edited'],
  ['no longer wanted, behind a link', undefined, 'old', link, 'refuse', 'refuse', 'none'],
];

function doesOf(given: Tree, force: boolean): Does {
  const { write, unchanged, remove, refused } = planWrite(given, force);
  if (refused.length > 0) return 'refuse';
  return write.length > 0 ? 'write' : remove.length > 0 ? 'remove' : unchanged > 0 ? 'keep' : 'nothing';
}

for (const [name, wanted, recorded, found, does, forced, list] of rows) {
  test(`${name}: ${does}, with force ${forced}, listed as ${list}`, () => {
    const given = tree(wanted, recorded, found);
    assert.is(doesOf(given, false), does);
    assert.is(doesOf(given, true), forced);
    const nothing = { stale: [], edited: [], missing: [], unknown: [] };
    assert.equal(compareTree(given, []), { ...nothing, ...(list === 'none' ? {} : { [list]: [path] }) });
  });
}

test('says what to do, once per obstacle', () => {
  const wanted = new Map([
    ['charts/x/a', '1'],
    ['charts/x/b', '1'],
    ['charts/y', '1'],
  ]);
  const behind: Found = { kind: 'blocked', at: 'charts/x', by: 'symbolic link' };
  const found = new Map<string, Found>([
    ['charts/x/a', behind],
    ['charts/x/b', behind],
    ['charts/y', { kind: 'blocked', at: 'charts/y', by: 'folder' }],
  ]);
  assert.equal(planWrite({ wanted, recorded: new Map(), found }, true).refused, [
    'charts/x: is a symbolic link where a folder of ours goes; move it away',
    'charts/y: is a folder where a file of ours goes; move it away',
  ]);
});

test('lists each unknown file once, sorted', () => {
  const given = tree(undefined, 'old', file('old'));
  assert.equal(compareTree(given, ['charts/z', path, 'charts/a']).unknown, ['charts/a', path, 'charts/z']);
});

const ownership: [path: string, want: boolean][] = [
  ['README.md', true],
  ['charts/a/Chart.yaml', true],
  [recordPath, false],
  ['charts', false],
  ['charts/', false],
  ['charts/../package.json', false],
  ['package.json', false],
  ['docs/releasing.md', true],
  ['docs/picture.png', false],
  ['docs/../package.md', false],
];

for (const [name, want] of ownership)
  test(`${name} ${want ? 'is' : 'is not'} ours`, () => assert.is(isOurs(name), want));

test.run();
