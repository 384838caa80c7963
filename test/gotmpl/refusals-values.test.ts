import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { and, chartLabel, choose, either, eq, first, hasNumber, or, orElse } from '../../generator/gotmpl/functions.ts';
import { defineJoined, each, fail, fmt, joined, refs, when } from '../../generator/gotmpl/index.ts';
import { printDocuments, printHelper } from '../../generator/gotmpl/print.ts';
import { refusalsIn } from './refused.ts';
import { sampleRefs } from './sample.ts';

const test = suite('gotmpl: refusals of numbers and functions');
const { manifest, text, rule, refused } = refusalsIn(test);
const v = sampleRefs();
/** A reference whose schema the sample does not have. */
const odd = <T>(schema: object) => refs<T>(schema as never, '.Values', ['odd']);

const million = 'is an integer that Helm may print as 1e+06; give it a maximum below 1000000 in values-schema.';
manifest('an integer without a maximum', { a: v.big }, `a ${million}`);
manifest('an integer without a maximum, in fmt', { a: fmt`${v.big}` }, `a ${million}`);
manifest('an integer of at most 1000000', { a: odd<number>({ type: 'integer', maximum: 1e6 }) }, `a ${million}`);
manifest(
  'an integer without a maximum, in hasNumber',
  { a: 1, b: when(hasNumber(v.bigs, 1), 2) },
  `the document ${million}`,
);
text('an integer without a maximum, in text', [fmt`${v.big}`], `text ${million}`);
rule('an integer without a maximum, in a rule', fail`${v.big}`, `name ${million}`);
const big = defineJoined('x.big', 'Big.', v.servers, 's', s => s.big);
manifest('an integer without a maximum, joined', { a: joined(big) }, `a ${million}`);
refused('an integer without a maximum, in a helper', () => printHelper(big), `x.big: the document ${million}`);
const minus = 'is an integer that Helm may print as -1e+06; give it a minimum above -1000000 in values-schema.';
manifest('an integer without a minimum', { a: v.depth }, `a ${minus}`);
manifest('an integer of at least -1000000', { a: odd({ type: 'integer', minimum: -1e6, maximum: 0 }) }, `a ${minus}`);

const fraction = 'is a fraction, which Helm and JSON print differently; use an integer or text.';
manifest('a fraction', { a: v.ratio }, `a ${fraction}`);
manifest('a fraction in fmt', { a: fmt`${v.ratio}` }, `a ${fraction}`);
const noWhole = 'is no whole number; write it as text.';
manifest('a literal fraction', { a: 1.5 }, `a ${noWhole}`);
manifest('a literal beyond the safe integers', { a: [2 ** 53] }, `a[0] ${noWhole}`);
manifest('not a number', { a: Number.NaN }, `a ${noWhole}`);

const oneArgument = 'which gives one of its arguments in Go; use it in when().';
manifest('and of texts', { a: and(v.on, v.name) }, `a prints and, ${oneArgument}`);
manifest('and of or of texts', { a: and(v.on, or(v.off, v.name)) }, `a prints and, ${oneArgument}`);
manifest('or of lists, in fmt', { a: fmt`x${or(v.on, v.list)}` }, `a prints or, ${oneArgument}`);
text('and of texts, in text', [fmt`${and(v.on, v.name)}`], `text prints and, ${oneArgument}`);
rule('and of texts, in a rule', fail`${and(v.on, v.name)}`, `name prints and, ${oneArgument}`);

const mayBeEmpty = 'prints the first item of a list that may be empty; use orElse().';
manifest('the first of what may be empty', { a: first(v.names) }, `a ${mayBeEmpty}`);
manifest('the first of what may be empty, in fmt', { a: fmt`x${first(v.names)}` }, `a ${mayBeEmpty}`);

const ternary = 'chooses by something that is not true or false, which ternary refuses; compare it with eq().';
const chosen = either(and(v.on, v.name), 'x', '');
manifest('choose by a text', { a: chosen }, `a ${ternary}`);
manifest('choose by a text, in a function', { a: orElse(chosen, 'x') }, `a ${ternary}`);
manifest('choose by a text, in a condition', { a: 1, b: when(eq(chosen, 'x'), 2) }, `the document ${ternary}`);
manifest(
  'choose by a list, of lists',
  { a: [1, each(choose(or(v.on, v.list), ['x'], []), 'x', x => x)] },
  `a[1] ${ternary}`,
);
text('choose by a text, in text', [when(chosen, ['a'])], `text ${ternary}`);
rule('choose by a text, in a rule', when(chosen, fail`x`), `name ${ternary}`);

const cut = 'makes a label of any text, which Helm cuts by bytes; give its parts a pattern.';
manifest('a chart label of any text', { a: chartLabel(v.name, v.free) }, `a ${cut}`);

const prints = (name: string, given: object, want: string) =>
  test(`accepted: ${name}`, () => assert.is(printDocuments(given, 'x.yaml').join('\n'), want));
prints('the largest integer', { a: odd({ type: 'integer', minimum: 0, maximum: 999_999 }) }, 'a: {{ .Values.odd }}');
prints('the smallest integer', { a: odd({ type: 'integer', minimum: -999_999, maximum: 0 }) }, 'a: {{ .Values.odd }}');
prints('and of booleans', { a: and(v.on, or(v.off, v.on)) }, 'a: {{ and .Values.on (or .Values.off .Values.on) }}');
prints('the first of at least one', { a: first(v.full) }, 'a: {{ first .Values.full | quote }}');
prints('the first, or else', { a: orElse(first(v.names), 'x') }, 'a: {{ default "x" (first .Values.names) | quote }}');
prints(
  'choose by booleans',
  { a: either(and(v.on, v.off), 'x', 'y') },
  'a: {{ ternary "x" "y" (and .Values.on .Values.off) | quote }}',
);

test.run();
