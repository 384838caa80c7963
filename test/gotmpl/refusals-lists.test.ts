import { suite } from 'uvu';
import { concat, inParts, pick, single, sizeOf } from '../../generator/gotmpl/functions.ts';
import {
  defineCondition,
  defineList,
  type Expr,
  each,
  fmt,
  listFrom,
  shared,
  when,
} from '../../generator/gotmpl/index.ts';
import { printHelper } from '../../generator/gotmpl/print.ts';
import { refusalsIn } from './refused.ts';
import { sampleRefs } from './sample.ts';

const test = suite('gotmpl: refusals of whole lists and of what is shared');
const { manifest, refused } = refusalsIn(test);
const v = sampleRefs();

const anyText = 'whose items may be any text; give them a pattern, or use each().';
const sources = (list: Expr<readonly string[]>) => defineList('x.list', 'A list.', list);
manifest('a list of any texts', { a: v.list }, `a prints the list .Values.list, ${anyText}`);
manifest(
  'lists of any texts',
  { a: concat(v.list, v.full) },
  `a prints the list concat .Values.list .Values.full, ${anyText}`,
);
manifest(
  'a list that may be of any texts',
  { a: pick(v.on, v.list, v.full) },
  `a prints the list ternary .Values.list .Values.full .Values.on, ${anyText}`,
);
manifest(
  'a list of a control character',
  { a: concat(['\u0085'], v.full) },
  `a prints the list concat (list "\u0085") .Values.full, ${anyText}`,
);
manifest(
  'a list of one text of any kind',
  { a: single(fmt`${v.free}`) },
  `a prints the list list (printf "%v" .Values.free), ${anyText}`,
);
manifest(
  'a part of any texts',
  { b: [1, each(inParts(v.list, 2), 'p', p => ({ a: p }))] },
  `b[1].a prints the list $p, ${anyText}`,
);
refused(
  'a helper of any texts',
  () => printHelper(sources(v.list)),
  `x.list: the document prints the list .Values.list, ${anyText}`,
);
manifest(
  'the answer of a helper of any texts',
  { a: listFrom(sources(v.list)) },
  `a prints the list include "x.list" ., ${anyText}`,
);
manifest(
  'a loop over the answer of a helper',
  { a: [1, each(listFrom(sources(v.full)), 'x', x => x)] },
  'a[1] reads the helper x.list, which is JSON text in Go; use the list that it prints.',
);
manifest(
  'the size of the answer of a helper',
  { a: sizeOf(listFrom(sources(v.full))) },
  'a reads the helper x.list, which is JSON text in Go; use the list that it prints.',
);
manifest(
  'a shared item',
  { a: [1, shared('n', false, 2)] },
  'a[1] is a shared() item; share the whole list, or a field of the item.',
);
manifest(
  'a shared condition',
  { a: 1, b: shared('n', false, when(v.on, 2)) },
  'b is a shared() around a condition; put the shared() inside.',
);
manifest(
  'a shared value that is secret',
  { a: shared('n', false, v.secret) },
  'a prints a private key as it is; use base64() in the data of a Secret.',
);

const always = defineCondition('x.is', 'Whether.', listFrom(sources(v.full)));
refused(
  'a condition that reads the answer of a helper',
  () => printHelper(always),
  'x.is: the document reads the helper x.list, which is JSON text in Go; use the list that it prints.',
);

test.run();
