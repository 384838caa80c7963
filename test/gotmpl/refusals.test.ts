import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  defineCondition,
  defineMap,
  each,
  eachNumbered,
  entries,
  fail,
  fmt,
  include,
  note,
  refs,
  when,
  whenAny,
} from '../../generator/gotmpl/index.ts';
import { printHelper } from '../../generator/gotmpl/print.ts';
import { refusalsIn } from './refused.ts';
import { sampleRefs } from './sample.ts';

const test = suite('gotmpl: refusals');
const { manifest, text, rule, refused } = refusalsIn(test);
const v = sampleRefs();

const dash = 'begins with a conditional key, so the dash would stand alone; put an unconditional key first.';
manifest('first field of an item: when', { a: { b: [{ c: when(v.on, 1), d: 2 }] } }, `a.b[0] ${dash}`);
manifest('first field of an item: a note on when', { a: [1, { c: note('n', when(v.on, 1)), d: 2 }] }, `a[1] ${dash}`);
manifest('first item of an item: each', { a: [[each(v.full, 'x', x => x)]] }, `a[0] ${dash}`);

const reorders = 'which JavaScript reorders; use another structure.';
manifest('a key like an integer', { a: { b: 1, 8080: 2 } }, `a has the integer-like key 8080, ${reorders}`);
manifest('a key like 0', { 0: 1 }, `the document has the integer-like key 0, ${reorders}`);

const open = defineMap('x.labels', 'Labels.', { app: 'x', ...entries(v.map, ['reserved']) });
manifest('first field of an item: include', { a: [{ ...include(open) }] }, `a[0] ${dash}`);
manifest(
  'our own key beside a helper with a map of the user',
  { a: { ...include(open), b: 1 } },
  "a sets b beside the helper x.labels, which prints a user's map; reserve the key in its entries().",
);
manifest(
  'a key that the helper sets too',
  { a: { ...include(open), app: 1 } },
  'a sets app, which the helper x.labels sets too; remove one.',
);
manifest(
  "two user's maps",
  { a: { ...include(open), ...entries(v.map) } },
  "a has two user's maps, its own and that of x.labels; keep one.",
);

const outer = defineMap('x.outer', 'Outer.', { ...include(open), reserved: 1 });
manifest(
  'our own key beside a helper in a helper with a map of the user',
  { a: { ...include(outer), b: 1 } },
  "a sets b beside the helper x.outer, which prints a user's map; reserve the key in its entries().",
);
manifest(
  'a key that a helper in the helper sets too',
  { a: { ...include(outer), app: 1 } },
  'a sets app, which the helper x.outer sets too; remove one.',
);
const anyMap = refs<Record<string, string>>({ type: 'object' } as never, '.Values', ['any']);
const emptyMaps = refs<Record<string, object>>({ type: 'object', additionalProperties: { type: 'object' } } as never);
const noMap = 'which is no map of texts or of maps with minProperties 1; declare it as one.';
manifest('entries of any map', { a: { b: 1, ...entries(anyMap) } }, `a prints .Values.any, ${noMap}`);
manifest('entries that may be empty maps', { a: { b: 1, ...entries(emptyMaps) } }, `a prints .Values, ${noMap}`);

const comment = 'the document has words with */, which would end their comment; say it otherwise.';
refused('words of a helper', () => printHelper(defineMap('x.y', 'a */ b', { a: 1 })), `x.y: ${comment}`);
refused('words of a condition', () => printHelper(defineCondition('x.y', 'a */ b', v.on)), `x.y: ${comment}`);

const hides = 'has a loop x in a loop x, which hides the outer one; give it another name.';
const loop = each(v.full, 'x', x => x);
manifest('a loop in a loop', { a: [1, each(v.full, 'x', () => loop)] }, `a[1] ${hides}`);
manifest('a loop in a loop, further in', { a: [each(v.full, 'x', () => ({ b: [loop] }))] }, `a[0].b[0] ${hides}`);
const document = each(v.full, 'x', x => ({ x }));
manifest(
  'a loop in a loop of documents',
  each(v.full, 'x', () => document),
  `the document ${hides}`,
);

const numbered = eachNumbered(v.full, 'i', 'y', y => y);
manifest(
  'an index of the same name',
  { a: [1, eachNumbered(v.full, 'i', 'x', () => numbered)] },
  'a[1] has a loop i in a loop i, which hides the outer one; give it another name.',
);
manifest('an item of the name of an index', { a: [eachNumbered(v.full, 'x', 'y', () => loop)] }, `a[0] ${hides}`);

const leaveOut = 'leave the field out, or use when().';
manifest('undefined', { a: { b: undefined } }, `a.b is undefined; ${leaveOut}`);
manifest('null', { a: [null] }, `a[0] is null; ${leaveOut}`);
manifest('undefined under a condition', { a: 1, b: when(v.on, undefined) }, `b is undefined; ${leaveOut}`);
const outside = 'is an each() outside a list; put it between [ and ].';
manifest('each in a field', { a: each(v.full, 'x', x => x) }, `a ${outside}`);
manifest(
  'each in a field, under a condition',
  {
    a: 1,
    b: when(
      v.on,
      each(v.full, 'x', x => x),
    ),
  },
  `b ${outside}`,
);
manifest(
  'each in a field, under a note',
  {
    a: note(
      'n',
      each(v.full, 'x', x => x),
    ),
  },
  `a ${outside}`,
);
manifest('fail in a field', { a: fail`x` }, 'a is a fail, which cannot stand in a manifest.');
const noScalar = 'which is no scalar; use each() or entries().';
manifest('a map as a scalar', { a: v.map }, `a prints .Values.map, ${noScalar}`);
const noDocument = 'which cannot be a whole document; use when() and each() around a manifest.';
manifest('a document that is text', fmt`x`, `the document is a format, ${noDocument}`);
manifest('a document that is a note', note('n', { a: 1 }), `the document is a note, ${noDocument}`);
manifest('a document that is a reference', when(v.on, v.map), `the document is a path, ${noDocument}`);

const vanish = 'an empty line before a condition would vanish; put it inside the condition.';
text('an empty line before a condition', ['a', '', when(v.on, ['b'])], vanish);
text('an empty line before a loop', ['', each(v.full, 'x', () => ['b'])], vanish);
text('an empty line before a condition, inside one', [when(v.on, ['', when(v.off, ['b'])])], vanish);
text('an empty line at the end of a condition', [when(v.on, ['b', '']), 'c'], vanish);
text('an empty line at the end of a loop', [each(v.full, 'x', () => ['b', ''])], vanish);
const spaces = 'text has a line that ends with spaces, which Helm may trim; remove them.';
text('spaces at the end of a line', ['a '], spaces);
text('a line of tabs in a condition', [when(v.on, ['\t'])], spaces);
text('a number in text', [1], 'a line of text is number; use a string, fmt, when or each.');
text('a reference in text', [v.name], 'a path cannot stand in text; use a string, fmt, when or each.');
text('a note in text', [note('n', ['a'])], 'a note cannot stand in text; use a string, fmt, when or each.');
rule('text in a rule', 'x', 'a rule is made of when, each and fail.');
rule('text in a rule, under a condition', when(v.on, ['x']), 'a rule is made of when, each and fail.');
rule(
  'fmt in a rule',
  each(v.full, 'x', () => fmt`x`),
  'a format cannot stand in a rule; use when, each and fail.',
);

rule(
  'a loop in a loop in a rule',
  each(v.servers, 's', s => each(s.tags, 't', () => fail`x`)),
  'name[] has a rule with a loop in a loop, which would hide its index; use one loop.',
);

refused(
  'whenAny of what cannot be told',
  () => whenAny({ a: each(v.full, 'x', x => when(v.on, x)) }),
  'whenAny: cannot tell when a part of the map is there; write the when() around it.',
);
test('each over what has no items', () => {
  const message = 'each: the list has no schema for its items';
  assert.throws(
    () => each(v.map as never, 'x', x => x),
    (error: Error) => error.message === message,
  );
});

test.run();
