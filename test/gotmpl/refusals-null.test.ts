import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { and, choose, concat, eq, not, or } from '../../generator/gotmpl/functions.ts';
import { defineMap, each, entries, include, note, when } from '../../generator/gotmpl/index.ts';
import { printDocuments, printHelper } from '../../generator/gotmpl/print.ts';
import { refusalsIn } from './refused.ts';
import { sampleRefs } from './sample.ts';

const test = suite('gotmpl: refusals of null maps and lists');
const { manifest, refused } = refusalsIn(test);
const v = sampleRefs();
const red = eq(v.word, 'red');

const map = 'may render as a null map, because all its parts are conditional; put the when() around the whole field.';
const list =
  'may render as a null list, because all its parts are conditional; ' +
  'give the list minItems in values-schema, or put a when() on it around the whole field.';

/** Fields of a map, or items of a list, that may all be left out, whatever stands around them. */
const refusedParts: readonly [name: string, parts: object | unknown[]][] = [
  ['one field', { b: when(v.on, 1) }],
  ['two fields', { b: when(v.on, 1), c: when(v.off, 1) }],
  ['a note on a condition', { b: note('n', when(v.on, 1)) }],
  ['entries', { ...entries(v.map) }],
  ['a field and entries', { b: when(v.on, 1), ...entries(v.map) }],
  ['one item', [when(v.on, 1)]],
  ['several items under a condition', [when(v.on, [1, 2])]],
  ['each', [each(v.list, 'x', () => 1)]],
  ['each of concat', [each(concat(v.list, v.names), 'x', () => 1)]],
  ['each of choose', [each(choose(v.on, ['x'], []), 'x', () => 1)]],
  ['an item and each', [when(v.on, 1), each(v.list, 'x', () => 1)]],
  [
    'a note on each',
    [
      note(
        'n',
        each(v.list, 'x', () => 1),
      ),
    ],
  ],
];
for (const [name, parts] of refusedParts) {
  const message = Array.isArray(parts) ? list : map;
  manifest(name, { a: { z: parts } }, `a.z ${message}`);
  manifest(`${name}, under another condition`, { a: 1, b: when(and(v.name, v.port), { z: parts }) }, `b.z ${message}`);
}
manifest('a document', { a: when(v.on, 1) }, `the document ${map}`);
manifest(
  'a document for each',
  each(v.full, 'x', () => ({ a: when(v.on, 1) })),
  `the document ${map}`,
);
refused('a helper', () => printHelper(defineMap('x.y', 'Y.', { a: when(v.on, 1) })), `x.y: the document ${map}`);
manifest('under one of two', { a: 1, b: when(or(v.on, v.off), { c: when(v.on, 1) }) }, `b ${map}`);
manifest(
  'under one of three',
  { a: 1, b: when(or(v.on, v.off, v.name), { c: when(v.on, 1), d: when(v.off, 1) }) },
  `b ${map}`,
);
manifest('under the opposite', { a: 1, b: when(not(v.on), { c: when(v.on, 1) }) }, `b ${map}`);
manifest('under less', { a: 1, b: when(v.on, { c: when(and(v.on, v.off), 1) }) }, `b ${map}`);
manifest(
  'branches that are not opposite',
  { a: 1, b: when(v.on, { c: when(and(v.on, v.off), 1), d: when(and(v.on, not(v.name)), 1) }) },
  `b ${map}`,
);
manifest(
  'branches of another condition',
  { a: 1, b: when(v.name, { c: when(and(v.on, v.off), 1), d: when(and(v.on, not(v.off)), 1) }) },
  `b ${map}`,
);
manifest('equal to different texts', { a: { b: when(eq(v.name, 'a'), 1), c: when(eq(v.name, 'b'), 1) } }, `a ${map}`);
manifest('one side of a choice, twice', { a: { b: when(red, 1), c: when(eq(v.word, 'red'), 1) } }, `a ${map}`);
manifest('when in each', { a: [each(v.full, 'x', x => when(v.on, x))] }, `a ${list}`);
manifest('when in when', { a: 1, b: when(v.on, { c: when(v.on, when(v.off, 1)) }) }, `b ${map}`);
manifest('when in several items', { a: 1, b: when(v.on, [when(v.on, [when(v.off, 1)])]) }, `b ${list}`);

/** The same, where some part is always there. */
const accepted: readonly [name: string, given: object][] = [
  ['one field without a condition', { a: { b: when(v.on, 1), c: note('n', 2) } }],
  ['both sides of a choice', { a: { b: when(red, 1), c: when(eq(v.word, 'green'), 1) } }],
  ['each of constants and a list', { a: [each(concat(['x'], v.list), 'x', x => x)] }],
  ['one item without a condition', { a: [when(v.on, 1), 2] }],
  ['include', { a: { ...include(defineMap('x.y', 'Y.', { b: 1 })), c: when(v.on, 1) } }],
  ['each of at least one', { a: [each(v.full, 'x', x => x)] }],
  ['each of concat with at least one', { a: [each(concat(v.list, v.full), 'x', x => x)] }],
  ['a condition and its opposite', { a: { b: when(v.on, 1), c: when(not(v.on), 1) } }],
  ['eq and its opposite', { a: [when(not(red), 1), when(red, 2)] }],
  ['a condition of two, and the opposite of one', { a: { b: when(or(v.on, v.off), 1), c: when(not(v.on), 1) } }],
  ['under the same condition', { a: 1, b: when(v.on, { c: when(v.on, 1) }) }],
  ['under the same list', { a: 1, b: when(v.list, [each(v.list, 'x', x => x)]) }],
  [
    'under one of two, a list under each',
    { a: 1, b: when(or(v.on, v.list), { c: when(v.on, 1), d: when(v.list, [each(v.list, 'x', x => x)]) }) },
  ],
  ['under the same map', { a: 1, b: when(v.map, { ...entries(v.map) }) }],
  ['under the same condition, further out', { a: 1, b: when(v.on, { c: 1, d: { e: when(v.on, 1) } }) }],
  ['under one of two, both are there', { a: 1, b: when(or(v.on, v.list), [when(v.on, 1), each(v.list, 'x', x => x)]) }],
  [
    'under one of two, a part for either',
    { a: 1, b: when(or(v.on, v.off), { c: when(or(v.on, v.name), 1), d: when(v.off, 1) }) },
  ],
  [
    'under one of two, a part for both',
    { a: 1, b: when(or(v.on, v.off), { c: when(or(v.off, v.on), 1), d: when(or(v.on, v.off), 1) }) },
  ],
  ['under two, one of them is there', { a: 1, b: when(and(v.on, v.off), { c: when(v.off, 1) }) }],
  [
    'under two, one of which is one of two',
    { a: 1, b: when(and(v.on, or(v.name, v.list)), { c: when(v.name, 1), d: when(v.list, 1) }) },
  ],
  ['branches', { a: 1, b: when(v.on, { c: when(and(v.on, red), 1), d: when(and(v.on, not(red)), 1) }) }],
  [
    'branches, the other way round',
    { a: 1, b: when(v.on, { c: when(and(not(red), v.on), 1), d: when(and(red, v.on), 1) }) },
  ],
  [
    'branches under two',
    {
      a: 1,
      b: when(and(v.on, v.name), { c: when(and(v.on, v.name, red), 1), d: when(and(v.on, v.name, not(red)), 1) }),
    },
  ],
];
for (const [name, given] of accepted)
  test(`accepted: ${name}`, () => assert.ok(printDocuments(given, 'x.yaml').length > 0));

test.run();
