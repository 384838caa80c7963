import { suite } from 'uvu';
import { and, eq, join, not, oneOf, or, orElse } from '../../generator/gotmpl/functions.ts';
import { answer, defineStatic, fmt, note, when } from '../../generator/gotmpl/index.ts';
import { printsIn } from './prints.ts';
import { sampleRefs } from './sample.ts';

const test = suite('gotmpl: print');
const prints = printsIn(test);
const v = sampleRefs();

prints('a field', { a: 'x' })`a: x`;
prints('fields, in their order', { b: 'x', a: 1, c: true })`
b: x
a: 1
c: true
`;
prints('a map', { a: { b: { c: 'x' } }, d: 'z' })`
a:
  b:
    c: x
d: z
`;
prints('an empty map', { a: {} })`a: {}`;
prints('an empty list', { a: [], b: [[], {}] })`
a: []
b:
  - []
  - {}
`;
prints('a negative number', { a: -1, b: 0 })`
a: -1
b: 0
`;
prints('a reference: text', { a: v.name })`a: {{ .Values.name | quote }}`;
prints('a reference: one of several texts', { a: v.word })`a: {{ .Values.word | quote }}`;
prints('a reference: a number', { a: v.port })`a: {{ .Values.port }}`;
prints('a reference: a boolean', { a: v.on })`a: {{ .Values.on }}`;
prints('a function of text', { a: orElse(v.name, 'x') })`a: {{ default "x" .Values.name | quote }}`;
prints('a function with a bar in it', { a: join(v.full, ' | ') })`a: {{ (join " | " .Values.full) | quote }}`;
prints('a function that yields a boolean', {
  a: oneOf(v.word, ['red', 'green']),
})`a: {{ has .Values.word (list "red" "green") }}`;
prints('the answer of a helper', { a: answer(defineStatic('x.y', '')) })`a: {{ include "x.y" . | quote }}`;
prints('fmt', {
  a: fmt`${v.name}.${v.other}:${v.port}`,
})`a: "{{ .Values.name }}.{{ .Values.other }}:{{ .Values.port }}"`;
prints('fmt with constants', { a: fmt`a-${'b'}-${v.name}-${'c'}` })`a: "a-b-{{ .Values.name }}-c"`;
prints('fmt without references', { a: fmt`a ${'b'}` })`a: "a b"`;
prints('fmt with a function', {
  a: fmt`x-${orElse(v.name, v.other)}`,
})`a: "x-{{ default .Values.other .Values.name }}"`;
prints('a note', { a: { b: note('Why.', 'x') } })`
a:
  # Why.
  b: x
`;
prints('a note on a map', { a: note('Why.', { b: 'x' }) })`
# Why.
a:
  b: x
`;
prints('a long note', { a: { b: note('word '.repeat(30).trim(), 1) } })`
a:
  # word word word word word word word word word word word word word word word word word word word word word
  # word word word word word word word word word
  b: 1
`;
prints('two notes', { a: note('One.', note('Two.', 1)) })`
# One.
# Two.
a: 1
`;
prints('when', { a: 1, b: when(v.on, 2) })`
a: 1
{{- if .Values.on }}
b: 2
{{- end }}
`;
prints('when on a map', { a: 1, b: { c: 2, d: when(v.on, { e: 'x' }) } })`
a: 1
b:
  c: 2
  {{- if .Values.on }}
  d:
    e: x
  {{- end }}
`;
prints('when in when', { a: 1, b: when(v.on, when(v.off, 2)) })`
a: 1
{{- if .Values.on }}
{{- if .Values.off }}
b: 2
{{- end }}
{{- end }}
`;
prints('a condition with a part twice', { a: 1, b: when(and(v.on, v.off, v.on), 2) })`
a: 1
{{- if and .Values.on .Values.off }}
b: 2
{{- end }}
`;
prints('parts of a condition that hold already', {
  a: 1,
  b: when(and(v.on, eq(v.word, 'red')), { c: 2, d: when(and(eq(v.word, 'red'), v.off), 3), e: when(v.on, 4) }),
  f: when(v.on, 5),
})`
a: 1
{{- if and .Values.on (eq .Values.word "red") }}
b:
  c: 2
  {{- if .Values.off }}
  d: 3
  {{- end }}
  e: 4
{{- end }}
{{- if .Values.on }}
f: 5
{{- end }}
`;
prints('an arm of a condition that holds already is not asked less', {
  a: 1,
  b: when(or(v.on, v.off), { c: 2, d: when(v.on, 3) }),
})`
a: 1
{{- if or .Values.on .Values.off }}
b:
  c: 2
  {{- if .Values.on }}
  d: 3
  {{- end }}
{{- end }}
`;
prints('a note under a condition, and on it', {
  a: 1,
  b: when(v.on, note('Why.', 2)),
  c: note('And.', when(v.off, 3)),
})`
a: 1
{{- if .Values.on }}
# Why.
b: 2
{{- end }}
{{- if .Values.off }}
# And.
c: 3
{{- end }}
`;
prints('neighbours under the same condition', {
  a: 1,
  b: when(v.on, 2),
  c: when(v.on, { d: 'x' }),
  e: when(v.off, 3),
  f: when(v.on, 4),
})`
a: 1
{{- if .Values.on }}
b: 2
c:
  d: x
{{- end }}
{{- if .Values.off }}
e: 3
{{- end }}
{{- if .Values.on }}
f: 4
{{- end }}
`;
prints('neighbours under an equal condition', { a: 1, b: when(eq(v.word, 'red'), 2), c: when(eq(v.word, 'red'), 3) })`
a: 1
{{- if eq .Values.word "red" }}
b: 2
c: 3
{{- end }}
`;
prints('no neighbours', { a: 1, b: when(v.on, 2), c: 3, d: when(v.on, 4) })`
a: 1
{{- if .Values.on }}
b: 2
{{- end }}
c: 3
{{- if .Values.on }}
d: 4
{{- end }}
`;
prints('conditions', {
  a: 1,
  b: when(and(v.on, or(v.name, v.list), not(v.off)), 2),
  c: when(not(eq(v.word, 'a"b' as never)), 3),
})`
a: 1
{{- if and .Values.on (or .Values.name .Values.list) (not .Values.off) }}
b: 2
{{- end }}
{{- if ne .Values.word "a\"b" }}
c: 3
{{- end }}
`;
prints('and in and', { a: 1, b: when(and(v.on, and(v.name, v.list)), 2) })`
a: 1
{{- if and .Values.on .Values.name .Values.list }}
b: 2
{{- end }}
`;

test.run();
