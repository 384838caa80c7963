import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { and, base64, join, orElse } from '../../generator/gotmpl/functions.ts';
import { defineJoined, each, entries, fail, fmt, note, refs, when } from '../../generator/gotmpl/index.ts';
import { printDocuments, printHelper } from '../../generator/gotmpl/print.ts';
import { refusalsIn } from './refused.ts';
import { sampleRefs } from './sample.ts';

const test = suite('gotmpl: refusals of text and numbers');
const { manifest, text, rule, refused } = refusalsIn(test);
const v = sampleRefs();
/** A reference whose schema the sample does not have. */
const odd = <T>(schema: object) => refs<T>(schema as never, '.Values', ['odd']);

const braces = 'holds {{ or }} as text, which Helm would execute; say it without braces.';
manifest('{{', { a: 'x {{ .Values.on }}' }, `a ${braces}`);
manifest('}}', { a: ['x }}'] }, `a[0] ${braces}`);
manifest('{{ in a block scalar', { a: 'x\n{{ y\n' }, `a ${braces}`);
manifest('{{ in fmt', { a: fmt`{{ ${v.name}` }, `a ${braces}`);
manifest('{{ from a constant in fmt', { a: fmt`${'{{'} ${v.name}` }, `a ${braces}`);
manifest('{{ in a note', { a: note('{{ x', 1) }, `a ${braces}`);
manifest('{{ in a key', { a: { '{{b': 1 } }, `a.{{b ${braces}`);
text('{{ in text', ['{{ x'], `text ${braces}`);
text('}} in fmt in text', [fmt`}} ${v.name}`], `text ${braces}`);
rule('{{ in a rule', fail`{{ x`, `name ${braces}`);

const beside = 'has a brace beside an action, which Helm would take for one of its own; say it without braces.';
manifest('{ before a reference', { a: fmt`x{${v.name}` }, `a ${beside}`);
manifest('} behind a reference', { a: fmt`${v.name}}x` }, `a ${beside}`);
manifest('{ between references', { a: fmt`${v.name}{${v.name}` }, `a ${beside}`);
text('{ before a reference in text', [fmt`{${v.name}}`], `text ${beside}`);
rule('{ before a reference in a rule', fail`{${v.name}}`, `name ${beside}`);

const deleted = 'holds <no value>, which Helm deletes; say it otherwise.';
manifest('<no value>', { a: ['x <no value>'] }, `a[0] ${deleted}`);
manifest('<no value> in fmt', { a: fmt`<no value>${v.name}` }, `a ${deleted}`);
text('<no value> in text', ['<no value>'], `text ${deleted}`);

const control = 'holds a control character; remove it.';
const controls = [...'\u0000\u0007\u000b\r\u001b\u007f\u0085\u009f\u2028\u2029\ufeff'];
for (const char of controls) manifest(`control character ${JSON.stringify(char)}`, { a: `x${char}` }, `a ${control}`);
manifest('a control character in fmt', { a: fmt`\u0000${v.name}` }, `a ${control}`);
manifest('a control character in a note', { a: note('\u0000', 1) }, `a ${control}`);
manifest('a control character in a key', { 'a\u0007': 1 }, `a\u0007 ${control}`);
text('a control character in text', [when(v.on, ['\u001b[31m'])], `text ${control}`);
rule(
  'a control character in a rule',
  each(v.full, 'x', () => fail`\u0000`),
  `name[] ${control}`,
);

const block = 'must end with a newline and not start with a space, to be a block scalar.';
manifest('lines without a newline at the end', { a: 'x\ny' }, `a ${block}`);
manifest('lines that begin with a space', { a: ' x\ny\n' }, `a ${block}`);

const trims = 'begins or ends with an empty line or with spaces, which Helm trims; remove them.';
for (const lines of ['\nx\n', '\tx\ny\n', 'x\n\n', 'x\ny \n', 'x\n\t\n', '\n'])
  manifest(`lines with nothing at an end: ${JSON.stringify(lines)}`, { a: lines }, `a ${trims}`);

const inside = 'holds a quote, a backslash or a line break between its quotes; write it without.';
manifest('fmt: a quote', { a: fmt`"${v.name}"` }, `a ${inside}`);
manifest('fmt: a quote from a constant', { a: fmt`${v.name}${'"'}` }, `a ${inside}`);
manifest('fmt: a backslash', { a: fmt`\\d${v.name}` }, `a ${inside}`);
manifest('fmt: a line break', { a: fmt`x\n${v.name}` }, `a ${inside}`);
manifest('fmt: a tab', { a: fmt`x\t${v.name}` }, `a ${inside}`);

const quotes = 'between quotes, which it could break out of; give it a pattern in values-schema.';
manifest('fmt: no pattern', { a: fmt`x${v.free}` }, `a puts .Values.free ${quotes}`);
manifest('fmt: a function of it', { a: fmt`x${orElse(v.free, 'x')}` }, `a puts default "x" .Values.free ${quotes}`);
manifest('fmt: a joined list', { a: fmt`x${join(v.full, ',')}` }, `a puts join "," .Values.full ${quotes}`);
manifest('fmt: an item', { a: [each(v.list, 'x', x => fmt`x${x}`), 1] }, `a[0] puts $x ${quotes}`);
const anything = ['', '[a-z]', '^.*$', '^a?"', '^[^"]*$', '^[^\\\\]+$', '^[^\\n"\\\\]+$'];
const somewhere = ['^[a-z"]+$', '^[a-z\\\\]+$', '^[a-z]+(\\n[a-z]+)*$', '^[a-z]+"[a-z]+$', '^a.*b$'];
for (const pattern of [...anything, ...somewhere]) {
  const given = { a: fmt`x${odd<string>({ type: 'string', pattern })}` };
  manifest(`fmt: a text of the pattern ${pattern}`, given, `a puts .Values.odd ${quotes}`);
}
const otherwise = orElse(v.name, v.free);
manifest(
  'fmt: what stands for nothing',
  { a: fmt`x${otherwise}` },
  `a puts default .Values.free .Values.name ${quotes}`,
);
const quote = orElse(v.name, '"');
manifest(
  'fmt: a constant that stands for nothing',
  { a: fmt`x${quote}` },
  `a puts default "\\"" .Values.name ${quotes}`,
);
const oneOf = odd<string>({ type: 'string', enum: ['a', 'b"'] });
manifest('fmt: one of several texts, one with a quote', { a: fmt`x${oneOf}` }, `a puts .Values.odd ${quotes}`);

const secret = 'prints a private key as it is; use base64() in the data of a Secret.';
manifest('a private key', { data: { key: v.secret } }, `data.key ${secret}`);
manifest('a private key in a list', { a: [v.secret] }, `a[0] ${secret}`);
manifest('a private key in a function', { a: orElse(v.secret, 'x') }, `a ${secret}`);
manifest('a private key in a condition that is printed', { a: and(v.on, v.secret) }, `a ${secret}`);
manifest('a private key in fmt', { a: fmt`x${v.secret}` }, `a ${secret}`);
manifest('a private key among entries', { a: 1, b: when(v, { ...entries(v as never) }) }, `b ${secret}`);
text('a private key in text', [fmt`x ${v.secret}`], `text ${secret}`);
text('a private key in a function in text', [fmt`x ${orElse(v.secret, 'x')}`], `text ${secret}`);
rule('a private key in a rule', when(v.on, fail`is ${v.secret}`), `name ${secret}`);
rule(
  'a private key in a rule for each',
  each(v.full, 'x', () => fail`is ${v.secret}`),
  `name[] ${secret}`,
);
const keys = defineJoined('x.keys', 'Keys.', v.full, 'x', () => v.secret);
refused('a private key in a joined helper', () => printHelper(keys), `x.keys: the document ${secret}`);

const prints = (name: string, given: object, want: string) =>
  test(`accepted: ${name}`, () => assert.is(printDocuments(given, 'x.yaml').join('\n'), want));
prints('base64 of a private key', { a: base64(v.secret) }, 'a: {{ b64enc .Values.secret | quote }}');
prints(
  'a private key as a condition',
  { a: 1, b: when(v.secret, 2) },
  'a: 1\n{{- if .Values.secret }}\nb: 2\n{{- end }}',
);

test.run();
